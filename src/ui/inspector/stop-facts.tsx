import { useState } from 'react'
import { explainStatus, whyStopped, type StatusByte } from '../../engine/decode/status.ts'
import { EventKind, type Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { classNames } from '../widgets/class-names.ts'
import styles from './inspector.module.css'
import { SeqLink } from './seq-link.tsx'

/** The wait status of a stop or an end, byte by byte, and which request led to it. */
export function StopFacts({ trace, seq }: { readonly trace: Trace; readonly seq: Seq }) {
  const event = trace.event(seq)
  const why = whyStopped(trace, seq)
  const ended = event?.kind === EventKind.death
  const status = why ?? (ended ? explainStatus(event.status) : undefined)
  if (status === undefined) return null
  return (
    <section className={styles.half} aria-label={ended ? 'How it ended' : 'Why stopped'}>
      <Status heading={ended ? 'How it ended' : 'Why stopped'} bytes={status.bytes} word={status.word}>
        {why?.op !== undefined && <><dt>op</dt><dd>{coded(why.op)}</dd></>}
        {why !== undefined && (
          <>
            <dt>{why.request > 0 ? <SeqLink seq={why.request} /> : '–'}</dt>
            <dd>{coded(why.led)}</dd>
          </>
        )}
      </Status>
    </section>
  )
}

interface StatusProps {
  readonly heading: string
  readonly word: string
  readonly bytes: readonly StatusByte[]
  readonly children: React.ReactNode
}

/** The bytes as they stand in the word, highest first, and each with its meaning; pointing at one marks the other. */
function Status({ heading, word, bytes, children }: StatusProps) {
  const [shown, setShown] = useState(-1)
  const point = (i: number) => ({ onPointerEnter: () => setShown(i), onPointerLeave: () => setShown(-1) })
  return (
    <>
      <div className={styles.line}>
        <h3 className={styles.heading}>{heading}</h3>
        <span className={styles.word} aria-label={`wait status ${word}`} role="img">
          <span className={styles.zero}>0x</span>
          {bytes.map((byte, i) => ({ byte, i })).reverse().map(({ byte, i }) => (
            <b key={i} className={classNames(styles.byte, byte.hex !== '00' && styles.set, shown === i && styles.pointed)} {...point(i)}>{byte.hex}</b>
          ))}
        </span>
      </div>
      <dl className={styles.facts}>
        {bytes.map((byte, i) => (
          <div key={i} className={classNames(styles.statusLine, shown === i && styles.pointed)} {...point(i)}>
            <dt>{byte.hex}</dt>
            <dd>{coded(byte.text)}</dd>
          </div>
        ))}
        {children}
      </dl>
    </>
  )
}

/** Words that a manual page would print in a fixed pitch: constants and hexadecimal numbers. */
export const coded = (text: string): React.ReactNode =>
  text.split(/(\b[A-Z][A-Z0-9_]{3,}(?: \| 0x[0-9a-f]+)?\b|\b0x[0-9a-f]+\b)/).map((part, i) => (i % 2 === 1 ? <code key={i}>{part}</code> : part))
