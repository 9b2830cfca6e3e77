import { useEffect, useState, type ReactNode } from 'react'
import type { Trace } from '../../engine/trace/trace.ts'
import { SeqLink } from '../inspector/seq-link.tsx'
import { whoWrote } from '../session/past.ts'
import { Button } from '../widgets/button.tsx'
import { followBack, type OriginStep } from './origin.ts'
import styles from './origin-panel.module.css'
import type { Picked } from './pick.ts'

interface OriginPanelProps {
  readonly trace: Trace
  readonly picked: Picked
  readonly onClose: () => void
}

const ask = (seq: number, addr: number, length: number) => whoWrote(seq, addr, length, 'last')

/** Through which calls a stretch of the terminal’s output came, the last one first, as far as it can be followed back. */
export function OriginPanel({ trace, picked, onClose }: OriginPanelProps) {
  const [steps, setSteps] = useState<readonly OriginStep[]>([])
  const [following, setFollowing] = useState(true)
  useEffect(() => {
    let wanted = true
    setSteps([])
    setFollowing(true)
    void followBack(trace, picked.moved, ask, (now) => wanted && setSteps(now)).finally(() => wanted && setFollowing(false))
    return () => {
      wanted = false
    }
  }, [trace, picked])
  return (
    <section className={styles.panel} aria-label="Where this came from">
      <header className={styles.head}>
        <p className={styles.title}>Where <q dir="auto">{picked.text}</q> came from</p>
        <Button label="Close" icon="close" bare small onClick={onClose} />
      </header>
      <ol className={styles.steps} aria-live="polite">
        {steps.map((step, i) => <li key={i}>{said(step)}</li>)}
        {following && <li className={styles.quiet}>looking further back …</li>}
      </ol>
    </section>
  )
}

const said = (step: OriginStep): ReactNode => {
  switch (step.kind) {
    case 'call':
      return <>{step.guess === true && 'the same bytes came with '}<SeqLink seq={step.call}><code>{step.name}</code> #{step.call.toLocaleString('en')}</SeqLink> {step.what}</>
    case 'tracer':
      return <>the tracer put them there, <SeqLink seq={step.seq}>#{step.seq.toLocaleString('en')}</SeqLink></>
    case 'guest': {
      const name = step.frames[0]?.name
      return (
        <>
          the guest’s own code{name !== undefined && <>, in <code>{name}</code></>}
          {step.after > 0 && <>, after <SeqLink seq={step.after}>#{step.after.toLocaleString('en')}</SeqLink></>}
        </>
      )
    }
    case 'program':
      return 'they are part of the program: nobody has written them since it began'
    case 'unknown':
      return <span className={styles.quiet}>{step.sentence}</span>
  }
}
