import { SquareArrowOutUpRight } from 'lucide-react'
import styles from './inspector.module.css'

/** Where a call or request is documented: the name of the page, and its address. */
export interface Doc {
  readonly name: string
  readonly url: string
}

/** preview1's own documentation, at the tag that it was frozen at. */
export const wasiDoc = (call: string): Doc => ({
  name: `${call} in WASI preview1`,
  url: `https://github.com/WebAssembly/WASI/blob/snapshot-01/phases/snapshot/docs.md#${call}`,
})

export const manPage = (name: string, section: 2 | 7 = 2): Doc => ({
  name: `${name}(${section})`,
  url: `https://man7.org/linux/man-pages/man${section}/${name}.${section}.html`,
})

/** Opens in a new tab; offline, its name still says where to look. */
export function DocLink({ doc }: { readonly doc: Doc }) {
  return (
    <a className={styles.doc} href={doc.url} target="_blank" rel="noopener noreferrer" title={doc.url}>
      {doc.name}
      <SquareArrowOutUpRight size={11} aria-label="opens in a new tab" />
    </a>
  )
}
