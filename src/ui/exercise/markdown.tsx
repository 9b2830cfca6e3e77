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
}

/** A text in Markdown, of whoever wrote it: HTML in it is shown as text, and nothing is fetched. */
export function Markdown({ text }: { readonly text: string }) {
  return <div className={styles.text}><ReactMarkdown components={COMPONENTS}>{text}</ReactMarkdown></div>
}
