import { useEffect, useState } from 'react'
import { useLoaded } from '../shell/use-loaded.ts'
import { app, useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { classNames } from '../widgets/class-names.ts'
import { Dialog, DialogSection } from '../widgets/dialog.tsx'
import { Icon } from '../widgets/icon.tsx'
import { recallStandings } from './draft.ts'
import styles from './exercise.module.css'
import { loadCourse } from './load.ts'
import { leaveExercise, openById } from './open-exercise.ts'
import type { Standing } from './state.ts'

const WORDS: Readonly<Record<Standing, string>> = { begun: 'begun', passed: 'done' }

/** The course: its parts, its exercises, and how far one is. */
export function CourseDialog({ onClose }: { readonly onClose: () => void }) {
  const { value: parts, problem } = useLoaded(loadCourse)
  const current = useApp((state) => state.exercise?.id)
  const standings = useStandings()
  const all = (parts ?? []).flatMap(({ exercises }) => exercises)
  const done = all.filter(({ id }) => standings[id] === 'passed').length
  const open = (id: string): void => {
    onClose()
    void openById(id)
  }
  return (
    <Dialog title="Exercises" onClose={onClose} wide>
      <DialogSection>
        <p className={styles.intro}>
          From your first look at a system call to a virtual machine of your own. What you write is checked on inputs that you have not
          seen, and kept in this browser; nothing is sent anywhere.
        </p>
        {problem !== undefined && <p className={styles.found} role="alert">{problem}</p>}
        {all.length > 0 && (
          <div className={styles.actions}>
            <progress className={styles.progress} value={done} max={all.length} aria-label="Exercises that are done" />
            <span className={styles.small}>{done} of {all.length} done</span>
            <span className={styles.grow} />
            {current !== undefined && <Button label="Leave the exercises" look="edge" onClick={() => { onClose(); void leaveExercise() }} />}
          </div>
        )}
      </DialogSection>
      {(parts ?? []).map((part) => (
        <DialogSection key={part.title}>
          <h3 className={styles.heading}>{part.title}</h3>
          <ol className={styles.course}>
            {part.exercises.map(({ id, title, summary }) => (
              <li key={id}>
                <button type="button" className={classNames(styles.entry, id === current && styles.current)} aria-current={id === current ? 'true' : undefined} onClick={() => open(id)}>
                  <span className={classNames(styles.mark, standings[id] === 'passed' && styles.done)}>
                    {standings[id] === 'passed' ? <Icon name="ok" /> : <i className={classNames(styles.dot, standings[id] === 'begun' && styles.half)} />}
                  </span>
                  <span className={styles.words}>
                    <b>{all.findIndex((one) => one.id === id) + 1}. {title}</b>
                    {standings[id] !== undefined && <span className={styles.standing}>{WORDS[standings[id]]}</span>}
                    <span className={styles.summary}>{summary}</span>
                  </span>
                </button>
              </li>
            ))}
          </ol>
        </DialogSection>
      ))}
      <DialogSection>
        <div className={styles.actions}>
          <span className={styles.small}>Do you teach? Make your own, and give it away as a link.</span>
          <span className={styles.grow} />
          <Button label="Write an exercise" look="edge" onClick={() => app.getState().show({ dialog: 'author' })} />
        </div>
      </DialogSection>
    </Dialog>
  )
}

/** How far one is, also before the first exercise of this visit. */
const useStandings = (): Readonly<Record<string, Standing>> => {
  const now = useApp((state) => state.standings)
  const [kept, setKept] = useState<Readonly<Record<string, Standing>>>({})
  useEffect(() => void recallStandings().then(setKept), [])
  return { ...kept, ...now }
}
