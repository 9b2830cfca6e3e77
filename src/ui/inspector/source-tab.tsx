import { EmptyPane } from '../widgets/pane.tsx'
import styles from './inspector.module.css'

/** The guest's source text, if the page has it. */
export interface GuestSource {
  /** `hello.c` */
  readonly name: string
  readonly text: string
}

export function SourceTab({ source }: { readonly source: GuestSource | undefined }) {
  if (source === undefined) {
    return <EmptyPane>The source of this guest is not here: only its module was loaded. Guests of the gallery come with theirs.</EmptyPane>
  }
  return (
    <div className={styles.source}>
      <h3 className={styles.sourceName}>{source.name}</h3>
      <pre tabIndex={0} aria-label={source.name} dir="auto">
        {source.text.split('\n').map((line, i) => <span key={i} className={styles.sourceLine}>{line}{'\n'}</span>)}
      </pre>
    </div>
  )
}
