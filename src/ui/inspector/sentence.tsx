import { describe } from '../../engine/decode/describe.ts'
import type { Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import styles from './inspector.module.css'

/** An event in a sentence or two: the same words as the timeline's slider says to a screen reader. */
export function Sentence({ trace, seq }: { readonly trace: Trace; readonly seq: Seq }) {
  return <p className={styles.sentence} dir="auto">{describe(trace, seq)}</p>
}
