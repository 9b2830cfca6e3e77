import { CommandButton } from '../commands/command-button.tsx'
import { undoableAt } from '../hand/decide.ts'
import { useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { classNames } from '../widgets/class-names.ts'
import { Icon } from '../widgets/icon.tsx'
import styles from './banner.module.css'

/** What the page has to say across its full width: first what a person should know, then where they are. */
export function Banner() {
  return <><NoticeBanner /><PastBanner /></>
}

function NoticeBanner() {
  const notice = useApp((state) => state.notice)
  const arrange = useApp((state) => state.arrange)
  if (notice === undefined) return null
  const { tone, cause, cure, action } = notice
  return (
    <div className={classNames(styles.banner, styles[tone])} role={tone === 'danger' ? 'alert' : 'status'}>
      <Icon name={tone === 'plain' ? 'share' : 'warn'} />
      <p className={styles.text}><b>{cause}</b> {cure}</p>
      {action !== undefined && <Button label={action.title} look="edge" small onClick={action.run} />}
      <Button label="Dismiss" icon="close" bare small onClick={() => arrange({ notice: undefined })} />
    </div>
  )
}

/** While the guest is still somewhere else, looking back is said in a sentence. */
function PastBanner() {
  const phase = useApp((state) => state.phase)
  const cursor = useApp((state) => state.cursor)
  const length = useApp((state) => state.traceLength)
  const moveTo = useApp((state) => state.moveTo)
  const again = useApp((state) => undoableAt(state) !== undefined)
  const present = useApp((state) => state.decisionAt?.seq) ?? length
  if ((phase !== 'running' && phase !== 'waiting') || cursor >= present || length === 0) return null
  return (
    <div className={classNames(styles.banner, styles.warn)} role="status">
      <Icon name="past" />
      <p className={styles.text}>
        Looking at {cursor.toLocaleString('en')} of {length.toLocaleString('en')}: the guest {phase === 'waiting' ? 'waits' : 'is'} at {present.toLocaleString('en')}.
      </p>
      <Button label="Return" look="edge" small onClick={() => moveTo(present)} />
      {again && <CommandButton id="decide-again" word="Decide again from here" look="edge" small />}
    </div>
  )
}
