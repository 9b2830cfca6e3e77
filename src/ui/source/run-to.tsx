import { useEffect, useRef, useState } from 'react'
import type { Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { app, useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { findNext, placeIn, programAt } from './line-events.ts'
import type { ProgramSource } from './program-source.ts'
import { findWhere } from './where.ts'

interface RunToProps {
  readonly known: ProgramSource
  readonly path: string
  /** 0 for none. */
  readonly line: number
  readonly trace: Trace
  readonly seq: Seq
  readonly length: number
}

/** To the next event that stands at a line: where nobody knows yet, guests are made again to see. */
export function RunTo({ known, path, line, trace, seq, length }: RunToProps) {
  const recipe = useApp((state) => state.recipe)
  const phase = useApp((state) => state.phase)
  const [search, setSearch] = useState<{ readonly at: Seq }>()
  const [missed, setMissed] = useState('')
  const abort = useRef<AbortController>(undefined)
  useEffect(() => () => abort.current?.abort(), [trace])

  const runTo = (lines: ReadonlySet<number>, what: string): void => {
    abort.current?.abort()
    const controller = new AbortController()
    abort.current = controller
    setMissed('')
    setSearch({ at: seq })
    let told = 0
    const wanted = findNext({
      trace, length, from: seq, signal: controller.signal,
      find: async (in_, each) => (programAt(in_, recipe, each)?.hash === known.program.hash ? findWhere(in_, each) : { known: false, sentence: '' }),
      wants: (where, each) => {
        if (!where.known || programAt(trace, recipe, each)?.hash !== known.program.hash) return false
        const place = placeIn(where.frames, known.source, path)
        return place !== undefined && lines.has(place.line)
      },
      onProgress: (at) => {
        if (++told % 16 === 0 && !controller.signal.aborted) setSearch({ at })
      },
    })
    void wanted.then((found) => {
      if (controller.signal.aborted) return
      setSearch(undefined)
      if (found > 0) app.getState().moveTo(found)
      else setMissed(`No later event stands at ${what}.`)
    })
  }

  if (search !== undefined) {
    return (
      <>
        <span role="status">Looking: event {search.at.toLocaleString('en')} of {length.toLocaleString('en')}</span>
        <Button label="Cancel" look="edge" small onClick={() => { abort.current?.abort(); setSearch(undefined) }} />
      </>
    )
  }
  const live = phase === 'running' || phase === 'loading'
  return (
    <>
      <Button label={line > 0 ? `To line ${line}` : 'To a line'} title="Go to the next event that stands at this line" icon="step" look="edge" small disabled={line === 0 || live} onClick={() => runTo(new Set([line]), `line ${line}`)} />
      <span role="status">{missed}</span>
    </>
  )
}
