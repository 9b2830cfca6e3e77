import type { Seq } from '../../engine/trace/format.ts'
import type { Local } from '../../engine/script/local.ts'
import { hexText } from '../../engine/decode/text.ts'
import styles from './inspector.module.css'
import { useSight } from './use-sight.ts'

const NOTHING = new Uint8Array(0)

/** An i32 as C would see it, signed, and as the address that it may be; a vector lane by lane would need its shape. */
const valueText = ({ type, value }: Local): string => {
  if (type === 'v128') return hexText(BigInt(value))
  if (type === 'funcref' || type === 'externref' || type === 'exnref') return value === 0 ? 'null' : 'not null'
  if (type === 'i32' && typeof value === 'number' && (value < 0 || value > 0xffff)) return `${value} = ${hexText(value >>> 0)}`
  return Object.is(value, -0) ? '-0' : String(value)
}

/** The locals of the function that a task steps through: no trace has them, the guest is made again up to this step. */
export function LocalTable({ seq }: { readonly seq: Seq }) {
  const looked = useSight({ seq, addr: 0, length: 0, find: NOTHING })
  if (looked.state === 'absent') return <p className={styles.quiet}>Locals can be seen when the guest waits or has ended.</p>
  if (looked.state === 'looking') return <p className={styles.quiet}>Making the guest again, to see its locals…</p>
  if ('sentence' in looked.sight) return <p className={styles.quiet}>{looked.sight.sentence}</p>
  const { locals, frames } = looked.sight
  if (locals === undefined || looked.sight.seq !== seq) return null
  const [innermost] = frames
  const where = innermost?.name ?? (innermost === undefined ? 'this function' : `func[${innermost.func}]`)
  if (locals.length === 0) return <p className={styles.quiet}>{where} has no locals.</p>
  return (
    <table className={styles.registers}>
      <caption className={styles.hidden}>Locals of {where} at {seq}</caption>
      <thead>
        <tr><th scope="col"><span className={styles.heading}>Locals</span></th><th scope="col">type</th><th scope="col">of {where}</th></tr>
      </thead>
      <tbody>
        {locals.map((local) => (
          <tr key={local.index}>
            <th scope="row">{local.index}</th>
            <td>{local.type}</td>
            <td title={valueText(local)}>{valueText(local)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
