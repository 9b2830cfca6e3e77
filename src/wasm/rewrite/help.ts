import { type Added, OP } from './added.ts'
import type { Writer } from './bytes.ts'

const EMPTY = 0x40
const I32 = 0x7f

/** How many functions of ours stand behind the guest's. Each takes one i32 and gives nothing. */
export const HELP_NAMES = ['skipcall.enter', 'skipcall.leaf'] as const

/**
 * `enter(left)`: a function that counts its frame found that its stack or the fuel is used up; `left` is what it leaves
 * of the stack. A full stack is not come back from.
 */
function enter(added: Added): number[] {
  return [
    ...[
      0,
      OP.localGet,
      0,
      OP.i32Const,
      0,
      OP.i32Lt,
      OP.if,
      EMPTY,
      OP.call,
      ...u32(added.overflow),
      OP.unreachable,
      OP.end,
    ],
    ...[OP.localGet, 0, OP.globalSet, ...u32(added.stack), OP.call, ...u32(added.tick), OP.end],
  ]
}

/**
 * `leaf(bytes)`: a function that doesn't count its frame, of so many bytes, has used up the fuel: it is counted while
 * `tick` runs.
 */
function leaf(added: Added): number[] {
  const stack = u32(added.stack)
  return [
    ...[1, 1, I32, OP.globalGet, ...stack, OP.localTee, 1, OP.localGet, 0, OP.i32Sub, OP.globalSet, ...stack],
    ...[OP.call, ...u32(added.tick), OP.localGet, 1, OP.globalSet, ...stack, OP.end],
  ]
}

function u32(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...u32(value >>> 7)]
}

/** Writes the bodies of these functions into a code section. */
export function writeHelp(added: Added, out: Writer): void {
  for (const body of [enter(added), leaf(added)]) {
    out.u32(body.length)
    out.raw(body)
  }
}
