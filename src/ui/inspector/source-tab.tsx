import { useCallback, useMemo } from 'react'
import type { Program } from '../../engine/recipe.ts'
import type { Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { loadManifest } from '../session/manifest.ts'
import { useLoaded } from '../shell/use-loaded.ts'
import { programAt } from '../source/line-events.ts'
import { sourceOf } from '../source/program-source.ts'
import { SourcePane } from '../source/source-pane.tsx'
import { useApp } from '../state/store.ts'
import { EmptyPane } from '../widgets/pane.tsx'

interface SourceTabProps {
  readonly trace: Trace
  readonly seq: Seq
  readonly length: number
}

/** Where the guest of the event stands in its source. Before the first run: the guest that is chosen. */
export function SourceTab({ trace, seq, length }: SourceTabProps) {
  const recipe = useApp((state) => state.recipe)
  const guest = useApp((state) => state.guest)
  const own = useApp((state) => state.module)
  const running = useMemo(() => programAt(trace, recipe, seq), [trace, recipe, seq])
  const load = useCallback(async () => {
    const hash = own ?? (await loadManifest()).guests[guest]?.hash
    const program: Program | undefined = running ?? (hash === undefined ? undefined : { name: guest, hash, argv: [guest] })
    return program === undefined ? undefined : sourceOf(program)
  }, [running, guest, own])
  const { value, problem } = useLoaded(load)
  if (problem !== undefined) return <EmptyPane>{problem}</EmptyPane>
  // One program's source stays until that of the other is here.
  if (value === undefined) return <EmptyPane>Reading the module…</EmptyPane>
  return <SourcePane key={value.program.hash} known={value} trace={trace} seq={seq} length={length} />
}
