import { Fragment } from 'react'
import type { Span } from '../../engine/decode/span.ts'
import styles from './spans.module.css'

/** A decoded line, its pieces styled by what they are. */
export function Spans({ spans }: { readonly spans: readonly Span[] }) {
  return spans.map(({ text, kind }, i) =>
    kind === 'arg' || kind === 'text'
      ? <Fragment key={i}>{text}</Fragment>
      : <span key={i} className={styles[kind]} data-span={kind}>{text}</span>)
}
