import { useCallback } from 'react'
import { taskAt } from '../../engine/decode/task.ts'
import type { Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { functionNamesOf } from '../session/function-names.ts'
import { useLoaded } from '../shell/use-loaded.ts'
import { useApp } from '../state/store.ts'

interface FunctionNameProps {
  readonly trace: Trace
  readonly pid: number
  readonly seq: Seq
  /** The function's index in its module. */
  readonly index: number
}

/** A function by the name that its module has for it; without one, or without the module, by its index. */
export function FunctionName({ trace, pid, seq, index }: FunctionNameProps) {
  const recipe = useApp((state) => state.recipe)
  const name = taskAt(trace, pid, seq)?.name
  const program = recipe?.programs.find((one) => one.name === name) ?? recipe?.programs[0]
  const load = useCallback(async () => (program === undefined ? undefined : functionNamesOf(program)), [program])
  const { value } = useLoaded(load)
  return <>{value?.get(index) ?? `func[${index}]`}</>
}
