import { command, runCommand } from '../commands/commands.ts'
import { DEFAULT_BUDGET } from '../../engine/recipe.ts'
import { useApp } from '../state/store.ts'
import { Kbd } from '../widgets/kbd.tsx'
import styles from './status-bar.module.css'

const short = (hex: string): string => `${hex.slice(0, 4)}…${hex.slice(-4)}`

/** JSPI. Without it the machine makes a guest again wherever it waited (wasm/vcpu-rebuild.ts). */
const canSuspend = 'Suspending' in WebAssembly

/** What the run is a function of, what it cost, and the keys that one needs first. */
export function StatusBar() {
  const recipe = useApp((state) => state.recipe)
  const length = useApp((state) => state.traceLength)
  const digest = useApp((state) => state.digest)
  const seed = useApp((state) => state.recipe?.seed ?? state.seed)
  const singleKeys = useApp((state) => state.singleKeys)
  const counts = useApp((state) => state.counts)
  const program = recipe?.programs[0]
  const budget = recipe?.budget.events ?? DEFAULT_BUDGET.events
  return (
    <footer className={canSuspend ? styles.bar : `${styles.bar} ${styles.two}`}>
      {program !== undefined && <Fact name="guest" title={`SHA-256 ${program.hash}`}>{program.name} sha-256 {short(program.hash)}</Fact>}
      <Fact name="seed">{seed}</Fact>
      <Fact name="budget">{length.toLocaleString('en')} of {budget.toLocaleString('en')} events</Fact>
      {counts !== undefined && (
        <button type="button" className={styles.cost} title={command('cost').title} onClick={() => runCommand('cost')}>
          <b className={styles.name}>cost</b> {counts.stops.toLocaleString('en')} stops, {counts.requests.toLocaleString('en')} requests
        </button>
      )}
      {digest !== undefined && <Fact name="digest" title={digest}>{short(digest)}</Fact>}
      <span className={styles.grow} />
      {singleKeys && (
        <span className={styles.keys}>
          <Hint id="next" word="next" /><Hint id="previous" word="previous" />
          <span><Kbd keys="[" /> <Kbd keys="]" /> entry, exit</span>
          <Hint id="filter" word="filter" /><Hint id="help" word="all keys" />
        </span>
      )}
      {!canSuspend && (
        <span className={styles.limit}>This browser cannot suspend WebAssembly: each stop makes the guest again from its log. Slower; no threads.</span>
      )}
    </footer>
  )
}

function Fact({ name, title, children }: { readonly name: string; readonly title?: string | undefined; readonly children: React.ReactNode }) {
  return <span title={title}><b className={styles.name}>{name}</b> {children}</span>
}

function Hint({ id, word }: { readonly id: string; readonly word: string }) {
  return <span><Kbd keys={command(id).keys[0] ?? ''} /> {word}</span>
}
