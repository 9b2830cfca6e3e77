import { useState } from 'react'
import { loadCourse } from '../exercise/load.ts'
import { chooseFiles } from '../session/choose-file.ts'
import { useLoaded } from '../shell/use-loaded.ts'
import { useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { Dialog, DialogSection } from '../widgets/dialog.tsx'
import styles from './author.module.css'
import { blankDraft, put, textAt, type Draft } from './draft.ts'
import { forgetDraft, freeSlot, keepDraft, recallDrafts, titleOf, type KeptDraft } from './kept-drafts.ts'
import { readDraft } from './open-file.ts'
import { Workbench } from './workbench.tsx'

/** Exercises that a person writes: which one, and then the one. */
export function AuthorDialog({ onClose }: { readonly onClose: () => void }) {
  const [open, setOpen] = useState<KeptDraft>()
  return (
    <Dialog title={open === undefined ? 'Write an exercise' : 'Your exercise'} onClose={onClose} full>
      {open === undefined ? <Shelf onOpen={setOpen} /> : <Workbench key={open.slot} begun={open} onBack={() => setOpen(undefined)} onClose={onClose} />}
    </Dialog>
  )
}

/** What has been begun, and ways to begin. */
function Shelf({ onOpen }: { readonly onOpen: (kept: KeptDraft) => void }) {
  const { value } = useLoaded(recallDrafts)
  const [gone, setGone] = useState<readonly number[]>([])
  const [asked, setAsked] = useState<number>()
  const [problem, setProblem] = useState('')
  const exercise = useApp((state) => state.exercise)
  const { value: course = [] } = useLoaded(loadCourse)
  const kept = (value ?? []).filter(({ slot }) => !gone.includes(slot))
  const begin = async (draft: Draft): Promise<void> => {
    const made = { slot: freeSlot(value ?? []), draft }
    await keepDraft(made)
    onOpen(made)
  }
  const beginWithFile = async (): Promise<void> => {
    const [file] = await chooseFiles({ accept: '.json,application/json' })
    if (file === undefined) return
    try {
      await begin(await readDraft(file))
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
  }
  const beginWithOpen = (): void => {
    if (exercise === undefined) return
    const ofCourse = course.some(({ exercises }) => exercises.some(({ id }) => id === exercise.id))
    const draft = JSON.parse(JSON.stringify(exercise)) as Draft
    void begin(ofCourse ? put(draft, ['id'], `${textAt(draft, ['id']).slice(0, 55)}-mine`) as Draft : draft)
  }
  const forget = async (slot: number): Promise<void> => {
    await forgetDraft(slot)
    setGone([...gone, slot])
  }
  return (
    <>
      <DialogSection>
        <p className={styles.text}>
          A page of text, a guest, a script to begin with, and checks that say what an answer must do. You try it here and give it away as a
          link or a file; students need nothing else. What you write is kept in this browser.
        </p>
        <div className={styles.actions}>
          <Button label="Begin a new one" look="primary" disabled={value === undefined} onClick={() => void begin(blankDraft())} />
          {exercise !== undefined && <Button label={`Begin with “${exercise.title}”`} look="edge" disabled={value === undefined} onClick={beginWithOpen} />}
          <Button label="Open a file …" look="edge" disabled={value === undefined} onClick={() => void beginWithFile()} />
        </div>
        {problem !== '' && <p className={styles.problem} role="alert">{problem}</p>}
        <p className={styles.small}>To work on one from a link, open the link, and come here again.</p>
      </DialogSection>
      {kept.length > 0 && (
        <DialogSection>
          <h3 className={styles.heading}>Begun</h3>
          <ul className={styles.list}>
            {kept.map((one) => (
              <li key={one.slot} className={styles.row}>
                <Button label={titleOf(one.draft)} look="edge" onClick={() => onOpen(one)} />
                <span className={styles.grow} />
                {asked === one.slot
                  ? <><span>Gone for good?</span><Button label="Yes, forget it" look="danger" small onClick={() => void forget(one.slot)} /><Button label="Keep it" small onClick={() => setAsked(undefined)} /></>
                  : <Button label="Forget" aria-label={`Forget ${titleOf(one.draft)}`} look="danger" small onClick={() => setAsked(one.slot)} />}
              </li>
            ))}
          </ul>
        </DialogSection>
      )}
    </>
  )
}
