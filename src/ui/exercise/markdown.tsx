import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmTable } from 'micromark-extension-gfm-table'
import ReactMarkdown, { type Components } from 'react-markdown'
import styles from './markdown.module.css'

/** A page of text has one title, which is not its own: its headings begin below. */
const COMPONENTS: Components = {
  h1: 'h3',
  h2: 'h3',
  h3: 'h4',
  h4: 'h5',
  // A stranger's text must not make the page ask another server for anything.
  img: ({ alt }) => <span>{alt}</span>,
  a: ({ href, children }) => <a href={href} target="_blank" rel="noreferrer noopener nofollow">{children}</a>,
  pre: ({ children }) => <pre tabIndex={0}>{children}</pre>,
  // A row of nothing but empty heads is how Markdown spells a table without one.
  thead: ({ node, children }) => (isBlank(node) ? null : <thead>{children}</thead>),
}

/** A piece of the text's tree, as far as it is looked at here. */
interface Piece {
  readonly type: string
  readonly value?: string
  readonly children?: readonly Piece[]
}

const isBlank = (piece: Piece | undefined): boolean =>
  piece === undefined || (piece.type === 'text' ? piece.value?.trim() === '' : piece.children?.every(isBlank) ?? true)

/** Lets the parser read tables, and nothing else of GitHub's Markdown. */
function tables(this: { data(): object }) {
  Object.assign(this.data(), { micromarkExtensions: [gfmTable()], fromMarkdownExtensions: [gfmTableFromMarkdown()] })
}

const PLUGINS = [tables]

/** A text in Markdown, of whoever wrote it: HTML in it is shown as text, and nothing is fetched. */
export function Markdown({ text }: { readonly text: string }) {
  return <div className={styles.text}><ReactMarkdown components={COMPONENTS} remarkPlugins={PLUGINS}>{text}</ReactMarkdown></div>
}
