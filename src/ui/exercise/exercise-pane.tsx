import { lazy, Suspense } from 'react'
import { CommandButton } from '../commands/command-button.tsx'
import { useLoaded } from '../shell/use-loaded.ts'
import { useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { EmptyPane, Pane, PaneHead } from '../widgets/pane.tsx'
import { Checks } from './checks.tsx'
import styles from './exercise.module.css'
import { Help } from './help.tsx'
import { loadCourse, neighboursOf } from './load.ts'
import { leaveExercise, openById, putWorldBack } from './open-exercise.ts'

/** What reads Markdown comes behind the first picture of the page. */
const Markdown = lazy(async () => ({ default: (await import('./markdown.tsx')).Markdown }))

/** The exercise that is open: its text, what is wanted, and the way on. */
export function ExercisePane() {
  const exercise = useApp((state) => state.exercise)
  const passed = useApp((state) => exercise !== undefined && state.standings[exercise.id] === 'passed')
  const astray = useApp((state) => state.astray)
  if (exercise === undefined) return <Pane label="Exercise"><PaneHead title="Exercise" /><EmptyPane>No exercise is open.</EmptyPane></Pane>
  return (
    <Pane label="Exercise">
      <PaneHead title="Exercise" note={passed ? 'done' : undefined}>
        <CommandButton id="exercises" word="Course" small />
        <Button label="Leave the exercise" icon="close" bare small onClick={() => void leaveExercise()} />
      </PaneHead>
      {/* Scrolled with the keyboard, too. */}
      <div className={styles.body} tabIndex={0} role="group" aria-label="Text and checks of the exercise" key={exercise.id}>
        <h3 className={styles.title}>{exercise.title}</h3>
        <Suspense fallback={<p className={styles.text}>{exercise.summary}</p>}><Markdown text={exercise.text} /></Suspense>
        {astray && (
          <div className={styles.astray} role="status">
            <p>The run on the screen is not the exercise’s own: another case, guest, argument or file. The checks wait.</p>
            <Button label="Run the exercise’s own" look="edge" small onClick={() => void putWorldBack()} />
          </div>
        )}
        <Checks exercise={exercise} />
        <Help exercise={exercise} renderText={(text) => <Suspense fallback={text}><Markdown text={text} /></Suspense>} />
        <Neighbours id={exercise.id} />
      </div>
    </Pane>
  )
}

/** The way to the exercises beside this one. */
function Neighbours({ id }: { readonly id: string }) {
  const { value: parts = [] } = useLoaded(loadCourse)
  const { before, after } = neighboursOf(parts, id)
  const passed = useApp((state) => state.standings[id] === 'passed')
  if (before === undefined && after === undefined) return null
  return (
    <nav className={styles.neighbours} aria-label="Other exercises">
      {before !== undefined && <Button icon="back" label={before.title} title={`The one before: ${before.title}`} onClick={() => void openById(before.id)} />}
      <span className={styles.grow} />
      {after !== undefined && <Button look={passed ? 'primary' : 'edge'} label={`Next: ${after.title}`} onClick={() => void openById(after.id)} />}
    </nav>
  )
}
