import { timesOf } from '../../engine/cost/saving.ts'
import { SECONDS_2006, WAYS, type Measurement, type Way } from '../../engine/cost/way.ts'
import { virtualTime } from '../shell/time.ts'
import styles from './cost.module.css'

export type Table = Readonly<Partial<Record<Way, Measurement>>>

/** What each way is called, and what the tracer does. */
const TITLES: Readonly<Record<Way, readonly [title: string, sentence: string]>> = {
  native: ['native', 'nobody traces it'],
  syscall: ['SYSCALL', 'two stops a call, memory word by word'],
  multi: ['SYSCALL, MULTI', 'the same in fewer requests'],
  skipexit: ['MULTI, SKIPEXIT', 'no exit stops: tag 2'],
  sysemu: ['SYSEMU', 'no call runs, the tracer answers'],
  skipcall: ['SKIPCALL', 'likewise, decided in the stop: tag 6'],
}

const NATIVE_2006 = SECONDS_2006.native ?? 1

interface CostTableProps {
  readonly table: Table
  /** What is being measured. */
  readonly running: Way | undefined
}

/** The ways side by side: what was counted, and bars whose length is the logarithm of the slowdown. */
export function CostTable({ table, running }: CostTableProps) {
  const native = table.native?.kind === 'measured' ? table.native.measured.time : 0
  return (
    <div className={styles.scroll} role="region" aria-label="The guest under each way of tracing it" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Traced with</th>
            <th scope="col">Stops</th>
            <th scope="col">Requests</th>
            <th scope="col">Calls</th>
            <th scope="col">Bytes peeked</th>
            <th scope="col">Suspensions</th>
            <th scope="col" className={styles.wide}>Virtual time</th>
            <th scope="col" className={styles.wide}>2006, a cp under umview</th>
          </tr>
        </thead>
        <tbody>
          {WAYS.map((way) => <Row key={way} way={way} measurement={table[way]} native={native} running={running === way} />)}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  readonly way: Way
  readonly measurement: Measurement | undefined
  readonly native: number
  readonly running: boolean
}

function Row({ way, measurement, native, running }: RowProps) {
  const [title, sentence] = TITLES[way]
  const then = SECONDS_2006[way]
  return (
    <tr aria-busy={running || undefined}>
      <th scope="row"><span className={styles.way}>{title}</span><small>{sentence}</small></th>
      {measurement?.kind === 'measured' ? <Figures measured={measurement.measured} native={native} /> : (
        <td colSpan={6} className={styles.none}>{measurement?.why ?? (running ? 'running …' : '–')}</td>
      )}
      <td>{then === undefined ? <span className={styles.none}>–</span> : <Bar value={then} base={NATIVE_2006} text={`${then} s`} muted />}</td>
    </tr>
  )
}

function Figures({ measured: { counts, time }, native }: { readonly measured: Extract<Measurement, { kind: 'measured' }>['measured']; readonly native: number }) {
  return (
    <>
      {[counts.stops, counts.requests, counts.calls, counts.bytesPeeked, counts.suspensions].map((value, i) => (
        <td key={i} className={styles.number}>{value.toLocaleString('en')}</td>
      ))}
      <td><Bar value={time} base={native} text={virtualTime(time)} /></td>
    </>
  )
}

/** Three tenfolds are the whole length. */
const DECADES = 3

function Bar({ value, base, text, muted = false }: { readonly value: number; readonly base: number; readonly text: string; readonly muted?: boolean }) {
  const part = base > 0 && value > 0 ? Math.min(1, Math.max(0.02, Math.log10(value / base) / DECADES)) : 0.02
  return (
    <div className={styles.bar}>
      <span className={styles.figure}>{text} <b>{timesOf(value, base)}</b></span>
      <span className={styles.track} aria-hidden="true"><i className={muted ? styles.muted : undefined} style={{ width: `${100 * part}%` }} /></span>
    </div>
  )
}
