import type { ReactNode } from 'react'
import type { Span, SpanKind } from '../../engine/decode/span.ts'
import styles from './spans.module.css'

/** What looks otherwise than the line around it. */
const MARKED: ReadonlySet<SpanKind> = new Set(['name', 'tag', 'error'])

/** A decoded line, its pieces styled by what they are: those that look alike are one text. */
export function Spans({ spans }: { readonly spans: readonly Span[] }) {
  const pieces: ReactNode[] = []
  let plain = ''
  for (const { text, kind } of spans) {
    if (!MARKED.has(kind)) {
      plain += text
      continue
    }
    pieces.push(plain, <span key={pieces.length} className={styles[kind]}>{text}</span>)
    plain = ''
  }
  pieces.push(plain)
  return pieces
}
