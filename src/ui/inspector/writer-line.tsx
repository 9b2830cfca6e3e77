import type { Writer } from '../../engine/protocol.ts'
import type { Seq } from '../../engine/trace/format.ts'
import { whoWrote } from '../session/past.ts'
import { Button } from '../widgets/button.tsx'
import { useAsked } from './asked.ts'
import styles from './inspector.module.css'
import { SeqLink } from './seq-link.tsx'
import { Frames } from './stack.tsx'

interface WriterLineProps {
  readonly seq: Seq
  /** The byte. */
  readonly addr: number
}

type Question = 'last' | 'next'
interface Told {
  readonly which: Question
  readonly writer: Writer
}

/** Who wrote a byte last, and who writes it next: calls, tracers, and the guest's own stores, for which it is made again and watched. */
export function WriterLine({ seq, addr }: WriterLineProps) {
  const { answer, asking, absent, ask } = useAsked<Told>(seq, `writer ${addr}`)
  const find = (which: Question) =>
    ask(async () => {
      const writer = await whoWrote(seq, addr, 1, which)
      return writer === undefined ? undefined : { which, writer }
    })
  return (
    <div className={styles.writer}>
      <span className={styles.tools}>
        <Button label="Who wrote it last?" look="edge" small disabled={asking} onClick={() => find('last')} />
        <Button label="Who writes it next?" look="edge" small disabled={asking} onClick={() => find('next')} />
      </span>
      <div role="status">
        {asking && <p className={styles.quiet}>Running the guest again under watch…</p>}
        {absent && <p className={styles.quiet}>It can be told when the run waits or has ended.</p>}
        {answer !== undefined && <Answer {...answer} />}
      </div>
    </div>
  )
}

function Answer({ which, writer }: Told) {
  if ('sentence' in writer) return <p className={styles.quiet}>{writer.sentence}</p>
  switch (writer.by) {
    case 'nobody':
      return <p>{which === 'last' ? 'Nobody has written it: it is as the program began.' : 'Nobody writes it any more.'}</p>
    case 'kernel':
      return writer.seq === 0 ? <p>A call or a tracer, with no event of its own.</p> : <p>{which === 'last' ? 'Written' : 'It will be written'} from outside at <SeqLink seq={writer.seq} />.</p>
    case 'guest':
      return (
        <>
          <p>
            {which === 'last' ? 'The guest’s own code wrote it' : 'The guest’s own code will write it'}
            {writer.after > 0 && <>, after <SeqLink seq={writer.after} /></>}
            {writer.seq > 0 && <>, before <SeqLink seq={writer.seq} /></>}, in:
          </p>
          <Frames frames={writer.frames} />
        </>
      )
  }
}
