import { useCallback } from 'react'
import { taskAt } from '../../engine/decode/task.ts'
import type { Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { functionNamesOf } from '../session/function-names.ts'
import { useLoaded } from '../shell/use-loaded.ts'
import { useApp } from '../state/store.ts'
import { useSight } from './use-sight.ts'

interface FunctionNameProps {
  readonly trace: Trace
  readonly pid: number
  readonly seq: Seq
  /** The function's index in its module. */
  readonly index: number
}

const NOTHING = new Uint8Array(0)

/** A function by the name that its module has for it; without one, or without the module, by its index. */
export function FunctionName({ trace, pid, seq, index }: FunctionNameProps) {
  const recipe = useApp((state) => state.recipe)
  const name = taskAt(trace, pid, seq)?.name
  const program = name === undefined ? recipe?.programs[0] : recipe?.programs.find((one) => one.name === name)
  const load = useCallback(async () => (program === undefined ? undefined : functionNamesOf(program)), [program])
  const { value } = useLoaded(load)
  if (recipe !== undefined && program === undefined) return <NameByMachine seq={seq} index={index} />
  return <>{value?.get(index) ?? `func[${index}]`}</>
}

/** Of a program that is no part of the recipe, a file that was written and executed, the machine alone has the module. */
function NameByMachine({ seq, index }: Pick<FunctionNameProps, 'seq' | 'index'>) {
  const looked = useSight({ seq, addr: 0, length: 0, find: NOTHING })
  const frames = looked.state === 'seen' && 'frames' in looked.sight ? looked.sight.frames : []
  return <>{frames.find(({ func }) => func === index)?.name ?? `func[${index}]`}</>
}
