import { Markdown } from '../exercise/markdown.tsx'
import { Button } from '../widgets/button.tsx'
import { useApp } from '../state/store.ts'
import { useAuthoring, useField } from './authoring.ts'
import styles from './author.module.css'
import { listAt, moved, nameFrom, textAt } from './draft.ts'
import { AreaField, LineField } from './fields.tsx'

/** Title, page of text, and what students will see of it. */
export function TextTab() {
  const { draft, change } = useAuthoring()
  const id = useField(['id'])
  const text = textAt(draft, ['text'])
  const title = (next: string): void => {
    // The name follows the title until somebody gives it one.
    if (id.text === nameFrom(textAt(draft, ['title']))) change(['id'], nameFrom(next))
    change(['title'], next)
  }
  return (
    <>
      <div className={styles.grid}>
        <LineField path={['title']} label="Title" onText={title} />
        <LineField path={['id']} label="Name" mono hint="Small letters, digits, hyphens. Answers are kept under it." />
      </div>
      <LineField path={['summary']} label="What one learns, in a sentence" />
      <div className={styles.halves}>
        <AreaField path={['text']} label="The page of text, in Markdown" rows={18} hint="## makes a heading, backticks make code. HTML is shown as text, and pictures are not loaded." />
        <div className={styles.preview} role="region" aria-label="Preview of the text" tabIndex={0}>
          {text.trim() === '' ? <p className={styles.small}>Here it will be seen as a student sees it.</p> : <Markdown text={text} />}
        </div>
      </div>
    </>
  )
}

/** What the editor holds at first, and an answer that passes. */
export function CodeTab() {
  return (
    <>
      <p className={styles.text}>
        Write and run them in the page’s own editor, if you like, and take them from there: what you write here is kept while you do.
      </p>
      <div className={styles.halves}>
        <ScriptField name="starter" label="Starter: it runs, and does not pass" />
        <ScriptField name="solution" label="Model solution: it passes" />
      </div>
      <p className={styles.small}>An exercise that asks questions: the solution’s answers stand in it as comments, <code>{'// reply NAME: ANSWER'}</code>.</p>
    </>
  )
}

function ScriptField({ name, label }: { readonly name: 'starter' | 'solution'; readonly label: string }) {
  const { change } = useAuthoring()
  const script = useApp((state) => state.script)
  return (
    <div className={styles.stack}>
      <AreaField path={[name]} label={label} rows={18} mono />
      <div className={styles.actions}><Button label="Take what is in the editor" aria-label={`Take what is in the editor as the ${name}`} look="edge" small onClick={() => change([name], script)} /></div>
    </div>
  )
}

/** From a nudge to nearly the answer. */
export function HintsTab() {
  const { draft, change } = useAuthoring()
  const hints = listAt(draft, ['hints'])
  return (
    <>
      <p className={styles.text}>Students ask for them one at a time; when they have all, they may see the solution. Markdown.</p>
      <ol className={styles.list}>
        {hints.map((_, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- a hint that is being typed must not move away
          <li key={i} className={styles.card}>
            <div className={styles.halves}>
              <AreaField path={['hints', i]} label={`Hint ${i + 1}`} rows={4} />
              <div className={styles.preview} role="region" aria-label={`Preview of hint ${i + 1}`} tabIndex={0}><Markdown text={textAt(draft, ['hints', i])} /></div>
            </div>
            <div className={styles.actions}>
              <Button label="Up" aria-label={`Move hint ${i + 1} up`} look="edge" small disabled={i === 0} onClick={() => change(['hints'], moved(hints, i, -1))} />
              <Button label="Down" aria-label={`Move hint ${i + 1} down`} look="edge" small disabled={i === hints.length - 1} onClick={() => change(['hints'], moved(hints, i, 1))} />
              <Button label="Remove" aria-label={`Remove hint ${i + 1}`} look="danger" small onClick={() => change(['hints', i], undefined)} />
            </div>
          </li>
        ))}
      </ol>
      <div className={styles.actions}><Button label="Add a hint" look="edge" onClick={() => change(['hints', hints.length], '')} /></div>
    </>
  )
}
