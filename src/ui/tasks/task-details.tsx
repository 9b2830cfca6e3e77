import { signalName } from '../../engine/abi/signal.ts'
import { signalsText, stateText, taskAt, type TaskView } from '../../engine/decode/task.ts'
import type { Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { Facts, type Fact } from '../inspector/facts.tsx'
import { SeqLink } from '../inspector/seq-link.tsx'
import { plural } from '../../engine/decode/text.ts'
import { Descriptors } from './descriptors.tsx'
import { seccompOf } from './seccomp.ts'
import styles from './tasks.module.css'

/** All that the trace tells of one task at an event. */
export function TaskDetails({ trace, pid, seq }: { readonly trace: Trace; readonly pid: number; readonly seq: Seq }) {
  const task = taskAt(trace, pid, seq)
  if (task === undefined) return null
  const isGone = task.state.kind === 'zombie' || task.state.kind === 'dead'
  return (
    <>
      <section className={styles.section} aria-label={`Task ${pid}`}>
        <h3 className={styles.heading}>Task {pid}, {task.name}</h3>
        <Facts facts={[...familyFacts(trace, task, seq), ...(isGone ? [] : heldFacts(trace, task, seq))]} />
      </section>
      {!isGone && <Descriptors trace={trace} task={task} />}
    </>
  )
}

const nameOf = (trace: Trace, pid: number, seq: Seq): string | undefined =>
  pid === 0 ? undefined : taskAt(trace, pid, seq)?.name

const familyFacts = (trace: Trace, task: TaskView, seq: Seq): readonly Fact[] => {
  const { state, argv, parent, process, pid, tracer, born, image, isOrphan } = task
  const stop = state.kind === 'stopped' ? state.stop : state.kind === 'running' ? state.call : state.since
  const line = argv.map((arg) => JSON.stringify(arg)).join(' ')
  return [
    { name: 'state', value: stateText(trace, state), note: stop > 0 ? <>since <SeqLink seq={stop} /></> : undefined },
    ...(argv.length === 0 ? [] : [{ name: 'argv', value: line, title: line }]),
    process === pid
      ? { name: 'parent', value: parent === 0 ? '–' : `${parent}`, note: isOrphan ? 'init, since its own has ended' : nameOf(trace, parent, seq) }
      : { name: 'process', value: `${process}`, note: 'it is a thread of that' },
    { name: 'tracer', value: tracer === 0 ? '–' : `${tracer}`, note: tracer === 0 ? 'nobody' : nameOf(trace, tracer, seq) },
    { name: 'born', value: <SeqLink seq={born} />, note: image === born ? undefined : <>runs this program since <SeqLink seq={image} /></> },
  ]
}

const heldFacts = (trace: Trace, { pid, mask, pending }: TaskView, seq: Seq): readonly Fact[] => {
  const filters = seccompOf(trace).at(pid, seq)
  return [
    { name: 'blocked', value: mask.length === 0 ? '–' : signalsText(mask), note: mask.length === 0 ? 'no signal' : undefined },
    {
      name: 'pending',
      value: pending.length === 0 ? '–' : pending.map(({ signo, sent, by }, i) => (
        <span key={i} className={styles.item}>{signalName(signo)}<span className={styles.how}>at <SeqLink seq={sent} />{by > 0 && ` by ${by}`}</span></span>
      )),
      note: pending.length === 0 ? 'no signal' : undefined,
    },
    {
      name: 'seccomp',
      value: filters.length === 0 ? '–' : filters.map(({ call, pid: by, length }) => (
        <span key={call} className={styles.item}>
          filter<span className={styles.how}>
            at <SeqLink seq={call} />{by === pid ? '' : `, inherited from ${by}`}{length === undefined ? '' : `, ${plural(length, 'instruction')}`}
          </span>
        </span>
      )),
      note: filters.length === 0 ? 'no filter' : undefined,
    },
  ]
}
