import type { BranchChange } from '../../engine/branch.ts'
import type { ErrnoName } from '../../engine/abi/errno.ts'
import { callOf, tracedCall, type TracedCall } from '../../engine/decode/call.ts'
import { standingAt } from '../../engine/decision/effect.ts'
import { errnosOf } from '../../engine/fault/errno.ts'
import { forcedAt, resultOf } from '../../engine/fault/plan.ts'
import type { Forced, Recipe } from '../../engine/recipe.ts'
import type { Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { parseRegister, parseResult } from '../hand/choice.ts'

/** What can be otherwise at an event. */
export type WhatIf = 'fail' | 'skip' | 'answer' | 'arguments' | 'run' | 'hand' | 'script'

/** The call that a branch would decide about, and the ways to do so. */
export interface Subject {
  /** First event of the call, or the stop. */
  readonly at: Seq
  readonly call: TracedCall | undefined
  readonly arch: number
  readonly place: Pick<Forced, 'at' | 'untraced'> | undefined
  readonly errnos: readonly ErrnoName[]
  readonly choices: readonly WhatIf[]
}

/** What could have been otherwise at an event. */
export const subjectAt = (trace: Trace, seq: Seq, recipe: Recipe, script: string): Subject => {
  const begun = callOf(trace, seq)
  const place = begun === 0 ? undefined : forcedAt(trace, begun)
  const call = place === undefined ? undefined : tracedCall(trace, begun, 'after')
  const event = trace.event(begun === 0 ? seq : begun)
  const errnos = event === undefined || place === undefined ? [] : errnosOf(event.arch, event.nr)
  const isTraced = recipe.script !== undefined || recipe.hand !== undefined
  const choices: WhatIf[] = []
  if (errnos.length > 0) choices.push('fail')
  if (place !== undefined) choices.push('skip', 'answer')
  if (call !== undefined && call.args.length > 0) choices.push('arguments')
  if (call?.skipped === true) choices.push('run')
  if (isTraced && standingAt(trace, seq) !== undefined) choices.push('hand')
  if (recipe.script !== undefined && script !== recipe.script && script.trim() !== '') choices.push('script')
  return { at: place === undefined ? seq : begun, call, arch: event?.arch ?? 0, place, errnos, choices }
}

/** What was filled in. */
export interface Filled {
  readonly choice: WhatIf
  readonly errno: ErrnoName | undefined
  readonly onwards: boolean
  /** As typed. */
  readonly result: string
  readonly args: Readonly<Record<number, string>>
}

export interface Wish {
  readonly does: BranchChange
  readonly name: string
  /** Where the branch leaves. */
  readonly at: Seq
}

/** What was filled in, as a branch; or a sentence about what is missing. */
export const wishOf = ({ at, call, arch, place }: Subject, cursor: Seq, script: string, filled: Filled): Wish | string => {
  const { choice, errno, onwards, result, args } = filled
  const name = call?.name ?? 'the call'
  const forced = (rest: Omit<Forced, 'at'>): BranchChange | undefined =>
    place === undefined ? undefined : { kind: 'forced', forced: { ...place, ...rest, ...(onwards && choice === 'fail' ? { onwards: true } : {}) } }
  const made = (does: BranchChange | undefined, title: string): Wish | string => (does === undefined ? 'There is no call here.' : { does, name: title, at })
  switch (choice) {
    case 'fail':
      if (errno === undefined) return 'Choose an errno.'
      return made(forced({ fate: 'skip', result: resultOf(arch, errno) }), `${name} ${errno}${onwards ? ' from then on' : ''}`)
    case 'skip':
      return made(forced({ fate: 'skip' }), `${name} skipped`)
    case 'answer': {
      const value = parseResult(result, arch)
      return value === undefined ? 'Type a result: a number, or an errno by name.' : made(forced({ fate: 'skip', result: value }), `${name} = ${value}`)
    }
    case 'arguments': {
      const changed: [number, string][] = []
      for (const [index, text] of Object.entries(args)) {
        if (text.trim() === '') continue
        const value = parseRegister(text)
        if (value === undefined) return `Argument ${Number(index) + 1} is no number: type it in decimal, or as 0x….`
        changed.push([Number(index), value])
      }
      return changed.length === 0 ? 'Change an argument.' : made(forced({ fate: 'run', args: changed }), `${name}, other arguments`)
    }
    case 'run':
      return made(forced({ fate: 'run' }), `${name} runs`)
    case 'hand':
      return { does: { kind: 'hand', hand: [] }, name: `by hand from #${cursor}`, at: cursor }
    case 'script':
      return { does: { kind: 'script', script }, name: 'edited script', at: 1 }
  }
}
