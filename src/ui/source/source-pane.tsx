import { useMemo, useState } from 'react'
import { disassemblyOf, type Source } from '../../engine/source/source.ts'
import type { Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { app, useApp } from '../state/store.ts'
import { classNames } from '../widgets/class-names.ts'
import { EmptyPane } from '../widgets/pane.tsx'
import { Segments } from '../widgets/segments.tsx'
import { toggleBreakpoint, useBreakpoints } from './breakpoint.ts'
import { CListing } from './c-listing.tsx'
import { eventsByLine, nextOf, placeIn } from './line-events.ts'
import type { ProgramSource } from './program-source.ts'
import { RunTo } from './run-to.tsx'
import { StepBar } from './step-bar.tsx'
import styles from './source.module.css'
import { useValues } from './use-values.ts'
import { useWhere } from './use-where.ts'
import { VariableTree } from './variable-tree.tsx'
import { WasmListing } from './wasm-listing.tsx'
import { useSpot } from './spot.ts'
import type { StackFrame } from './where.ts'
import { useWithin } from './within.ts'

interface SourcePaneProps {
  readonly known: ProgramSource
  readonly trace: Trace
  readonly seq: Seq
  readonly length: number
}

/** The source of the program at an event: in C where it is here, and as instructions; where it stands, and its stack. */
export function SourcePane({ known, trace, seq, length }: SourcePaneProps) {
  const { program, source, text } = known
  const steps = useWithin(trace, seq)
  const stands = useWhere(trace, seq, steps)
  const spot = useSpot(trace, seq)
  const where = steps === 0 ? spot ?? stands : stands
  const recipe = useApp((state) => state.recipe)
  const [view, setView] = useState<'c' | 'wasm'>(text === undefined ? 'wasm' : 'c')
  const [asked, setAsked] = useState<{ readonly seq: Seq; readonly frame: number }>()
  const [line, setLine] = useState(0)
  const frames = where?.known === true ? where.frames : NO_FRAMES
  // In C the frame of interest is the innermost one that has a line there; as instructions the innermost of all.
  const ours = text === undefined ? -1 : frames.findIndex((frame) => placeIn([frame], source, text.path) !== undefined)
  const chosen = asked?.seq === seq ? Math.min(asked.frame, frames.length - 1) : view === 'c' && ours >= 0 ? ours : 0
  const frame = frames[chosen]
  const offset = frame?.codeOffset
  const at = text === undefined || frame === undefined ? undefined : placeIn([frame], source, text.path)
  const withCode = useMemo(() => new Set(text === undefined ? [] : source.linesOf(text.path).keys()), [source, text])
  const breakpoints = useBreakpoints(program.hash, text?.path ?? '')
  const events = useMemo(
    () => (text === undefined ? new Map<number, readonly Seq[]>() : eventsByLine(trace, length, known, text.path, recipe)),
    // What a look finds comes with `where`.
    [known, text, trace, length, recipe, where],
  )
  const values = useValues(trace, seq, steps, source, where === spot ? undefined : offset, chosen === 0)
  const inC = view === 'c' && text !== undefined
  const target = line > 0 ? line : at?.line ?? 0
  return (
    <div className={styles.view}>
      <div className={styles.head}>
        {text !== undefined && <Segments label="Shown as" value={view} onChange={setView} options={[{ id: 'c', title: text.name }, { id: 'wasm', title: 'Instructions' }]} />}
        {inC && <RunTo key={program.hash} known={known} path={text.path} line={target} trace={trace} seq={seq} length={length} />}
        <StepBar known={known} trace={trace} seq={seq} breakpoints={breakpoints} byLine={inC} />
        <p className={styles.says} role="status">{spot !== undefined && steps === 0 ? 'Here it was when it was ended, after this event. ' : ''}{said(where === undefined, where?.known === false ? where.sentence : '', inC, at?.line, frame !== undefined && text !== undefined && ours < 0)}</p>
        {frames.length > 0 && <Frames frames={frames} source={source} chosen={chosen} onChoose={(next) => setAsked({ seq, frame: next })} />}
      </div>
      {inC ? (
        <CListing
          label={`Source of ${program.name}: ${text.name}`} code={text.code} withCode={withCode} at={at?.line ?? 0} events={events} cursor={seq}
          breakpoints={breakpoints} onToggle={(on) => toggleBreakpoint({ hash: program.hash, file: text.path, line: on })}
          onEvents={(on) => app.getState().moveTo(nextOf(events.get(on) ?? [], seq))} chosen={line} onChoose={setLine}
        />
      ) : <Instructions source={source} frame={frame} />}
      {values.locals.length + values.globals.length > 0 && (
        <div className={styles.variables} role="group" aria-label="Variables" tabIndex={0}>
          {values.locals.length > 0 && <VariableTree label="Variables of this function" values={values.locals} />}
          {values.globals.length > 0 && <VariableTree label="Variables outside of functions" values={values.globals} />}
        </div>
      )}
    </div>
  )
}

const NO_FRAMES: readonly StackFrame[] = []

const said = (looking: boolean, why: string, inC: boolean, line: number | undefined, elsewhere: boolean): string => {
  if (looking) return 'Looking for the place where the guest stands…'
  if (why !== '') return why
  if (!inC) return ''
  if (line !== undefined) return `The guest stands at line ${line.toLocaleString('en')}.`
  return elsewhere ? 'The guest stands in code that is not of this file: choose Instructions to see it.' : 'This function is not of this file: choose Instructions to see it.'
}

interface FramesProps {
  readonly frames: readonly StackFrame[]
  readonly source: Source
  readonly chosen: number
  readonly onChoose: (frame: number) => void
}

/** More callers than fit are counted. */
const SHOWN_FRAMES = 12

/** Who called whom, the innermost function first; a click shows where it stands. Inlined functions stand with the one that has them. */
function Frames({ frames, source, chosen, onChoose }: FramesProps) {
  const shown = useMemo(
    () => frames.slice(0, SHOWN_FRAMES).flatMap(({ func, codeOffset }, index) => {
      const found = codeOffset === undefined ? [] : source.framesAt(codeOffset)
      return (found.length === 0 ? [{ name: source.functionName(func), inlined: false, place: undefined }] : found).map((each) => ({ ...each, index }))
    }),
    [frames, source],
  )
  return (
    <ol className={styles.frames} aria-label="Stack, innermost first">
      {shown.map(({ name, inlined, place, index }, i) => (
        <li key={i}>
          <button
            type="button" className={classNames(styles.frame, inlined && styles.inlined)} aria-pressed={index === chosen} onClick={() => onChoose(index)}
            title={`${inlined ? 'Inlined. ' : ''}${place === undefined ? '' : `${place.file}, line ${place.line}`}`}
          >
            {name}{place !== undefined && `:${place.line}`}
          </button>
        </li>
      ))}
      {frames.length > SHOWN_FRAMES && <li>{frames.length - SHOWN_FRAMES} more</li>}
    </ol>
  )
}

/** The instructions of the function that stands there; of no function, those of the program's first. */
function Instructions({ source, frame }: { readonly source: Source; readonly frame: StackFrame | undefined }) {
  const func = frame?.func ?? startOf(source)
  const disassembly = useMemo(() => disassemblyOf(source, func), [source, func])
  if (disassembly === undefined) return <EmptyPane>The code of this function is not in the module.</EmptyPane>
  return <WasmListing disassembly={disassembly} at={frame?.codeOffset ?? -1} />
}

const startOf = ({ layout }: Source): number => {
  for (const [index, name] of layout.exported) if (name === '_start') return index
  return layout.imported.length
}
