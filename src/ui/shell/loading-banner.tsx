import { useEffect, useState } from 'react'
import { giveUpRebuilding, stopRun } from '../session/run.ts'
import { sizeText } from '../share/size-text.ts'
import { useApp } from '../state/store.ts'
import type { AddingStep } from '../state/yours.ts'
import { Button } from '../widgets/button.tsx'
import styles from './banner.module.css'

/** What takes less than this is not worth a word, in milliseconds. */
const PATIENCE = 400

const STEPS: readonly (readonly [AddingStep, string])[] = [
  ['reading', 'Reading'], ['inspecting', 'Looking into'], ['hashing', 'Hashing'], ['keeping', 'Keeping'],
]

/** How far a run's loading has come, by the word that its progress begins with. */
const PARTS = ['Starting', 'loading', 'rewriting', 'compiling']

const REBUILDING = 'rebuilding '

/** A guest that is on its way: what is being done with it, how far it is, and the way to give up. */
export function LoadingBanner() {
  const adding = useApp((state) => state.adding)
  const phase = useApp((state) => state.phase)
  const progress = useApp((state) => state.progress)
  const size = useApp((state) => state.yours.find(({ hash }) => hash === state.recipe?.programs[0]?.hash)?.size)
  const rebuilding = phase === 'running' && progress.startsWith(REBUILDING)
  const loading = phase === 'loading' || rebuilding
  const [late, setLate] = useState(false)
  useEffect(() => {
    setLate(false)
    if (!loading) return
    const timer = setTimeout(() => setLate(true), PATIENCE)
    return () => clearTimeout(timer)
  }, [loading])
  if (adding !== undefined) {
    const step = STEPS.findIndex(([name]) => name === adding.step)
    return <Line words={`${STEPS[step]?.[1] ?? ''} ${adding.name}, ${sizeText(adding.size)} …`} value={step + 1} most={STEPS.length} onCancel={adding.cancel} />
  }
  if (!loading || !late) return null
  if (rebuilding) return <Line words={`Making ${progress.slice(REBUILDING.length)} again, from all that it has done …`} onCancel={giveUpRebuilding} />
  const part = PARTS.findIndex((word) => progress.startsWith(word))
  const words = progress.charAt(0).toUpperCase() + progress.slice(1)
  return <Line words={`${words}${size === undefined ? '' : `, ${sizeText(size)}`} …`} value={part + 1} most={PARTS.length} onCancel={stopRun} />
}

interface LineProps {
  readonly words: string
  /** Of `most`; without them nobody knows how far it is. */
  readonly value?: number
  readonly most?: number
  readonly onCancel: () => void
}

function Line({ words, value, most, onCancel }: LineProps) {
  return (
    <div className={styles.banner}>
      <progress className={styles.progress} value={value} max={most} aria-label="Progress of loading" />
      <p className={styles.text} role="status">{words}</p>
      <Button label="Cancel" look="edge" small onClick={onCancel} />
    </div>
  )
}
