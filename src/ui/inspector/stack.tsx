import type { Seq } from '../../engine/trace/format.ts'
import type { Frame } from '../../engine/protocol.ts'
import { lookAt } from '../session/past.ts'
import { Button } from '../widgets/button.tsx'
import { useAsked } from './asked.ts'
import styles from './inspector.module.css'

/** The functions that the guest was in, innermost first, as `strace -k` prints them: asked for, since the guest is made again for them. */
export function Stack({ seq }: { readonly seq: Seq }) {
  const { answer, asking, absent, ask } = useAsked<Awaited<ReturnType<typeof lookAt>>>(seq, 'stack')
  if (answer === undefined) {
    return (
      <section className={styles.section} aria-label="Stack">
        <div className={styles.line}>
          <h3 className={styles.heading}>Stack</h3>
          <Button label="Show the stack" look="edge" small disabled={asking} onClick={() => ask(() => lookAt({ seq, ranges: [] }))} />
        </div>
        {asking && <p className={styles.quiet}>Making the guest again…</p>}
        {absent && <p className={styles.quiet}>It can be seen when the run waits or has ended.</p>}
      </section>
    )
  }
  return (
    <section className={styles.section} aria-label="Stack">
      <h3 className={styles.heading}>Stack</h3>
      {'sentence' in answer ? <p className={styles.quiet}>{answer.sentence}</p>
      : answer.frames.length === 0 ? <p className={styles.quiet}>The guest is in none of its functions here.</p>
      : <Frames frames={answer.frames} />}
    </section>
  )
}

/** Functions, innermost first. */
export function Frames({ frames }: { readonly frames: readonly Frame[] }) {
  return (
    <ol className={styles.frames}>
      {frames.map((frame, i) => (
        <li key={i}><code dir="ltr">{frameText(frame)}</code></li>
      ))}
    </ol>
  )
}

/** `main+0x1a3`: the function by its name or index, and the offset in the code section. */
const frameText = ({ func, name, codeOffset }: Frame): string =>
  `${name ?? `func[${func}]`}${codeOffset === undefined ? '' : ` @ 0x${codeOffset.toString(16)}`}`
