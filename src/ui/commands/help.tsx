import { useApp } from '../state/store.ts'
import { Dialog, DialogSection } from '../widgets/dialog.tsx'
import { Kbd } from '../widgets/kbd.tsx'
import type { Command } from './command.ts'
import { COMMANDS } from './commands.ts'
import styles from './help.module.css'

const GROUPS: readonly Command['group'][] = ['Move', 'Look', 'Run', 'By hand', 'Page']

/** What the picture means and which key does what: made from commands.ts. */
export function Help({ onClose }: { readonly onClose: () => void }) {
  const singleKeys = useApp((state) => state.singleKeys)
  const arrange = useApp((state) => state.arrange)
  const show = useApp((state) => state.show)
  return (
    <Dialog title="Help and keys" onClose={onClose} wide>
      <DialogSection>
        <p className={styles.text}>
          A WASI program runs on the right, stopped at its system calls; the script on the left traces it with ptrace and decides what
          becomes of each call. Every event is kept: step through them in either direction, and nothing you press can break the run.
        </p>
        <ul className={styles.rules}>
          <li><b>A cap is a stop.</b> The left half of a capsule is a call’s entry, the right half its exit.</li>
          <li><b>A body is the call.</b> Without a right cap nobody was told of the exit: PTRACE_VM_SKIPEXIT.</li>
          <li><b>A hatch never ran.</b> The tracer skipped the call: PTRACE_VM_SKIPCALL.</li>
        </ul>
        <p className={styles.text}>
          <a className={styles.link} href="./api.html" target="_blank" rel="noreferrer">Every request, option, event and call</a>, and where it differs from Linux.
        </p>
      </DialogSection>
      <DialogSection>
        <p className={styles.text}>
          What you write and run stays in this browser: <button type="button" className={styles.link} onClick={() => show({ dialog: 'yours' })}>see what is kept, take it along, or forget it</button>.
        </p>
        <label className={styles.option}>
          <input type="checkbox" checked={singleKeys} onChange={(event) => arrange({ singleKeys: event.target.checked })} />
          Single keys act outside text fields
        </label>
        <div className={styles.groups}>
          {GROUPS.map((group) => (
            <section key={group} aria-label={group}>
              <h3 className={styles.head}>{group}</h3>
              <dl className={styles.keys}>
                {COMMANDS.filter((one) => one.group === group && one.keys.length > 0).map(({ id, title, keys }) => (
                  <div key={id} className={styles.row}>
                    <dt>{keys.map((one) => <Kbd key={one} keys={one} />)}</dt>
                    <dd>{title}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
        <p className={styles.text}>
          Commands without a key are in the <button type="button" className={styles.link} onClick={() => show({ dialog: 'palette' })}>palette</button>.
          In the editor Tab leaves it; <kbd>Ctrl</kbd> <kbd>M</kbd> makes it indent instead.
        </p>
      </DialogSection>
    </Dialog>
  )
}
