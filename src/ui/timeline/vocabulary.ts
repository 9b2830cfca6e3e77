import { NO_CLASS } from './mip.ts'
import type { CallClass } from '../../engine/syscall/row.ts'

/** The classes in the order of their indices everywhere in the timeline. */
export const CLASS_ORDER = [
  'file',
  'desc',
  'process',
  'time',
  'random',
  'socket',
] as const satisfies readonly CallClass[]

/** Words of the legend, in the same order. */
export const CLASS_WORDS = ['file', 'descriptor', 'process', 'time', 'random', 'socket'] as const

/** What the timeline needs to know of the tables of calls; `arch` is an ArchCode. */
export interface Vocabulary {
  /** Name of a call: `fd_write`, or its number in words where the table has none. */
  callName(arch: number, nr: number): string
  /** Index in CLASS_ORDER; NO_CLASS for a number that is no call. */
  callClass(arch: number, nr: number): number
  /** An error result as drawn under the notch: `nospc` for WASI, `ENOSPC` for Linux; '' for what is no error. */
  errorName(arch: number, ret: number): string
}

/** The index of a class, as `Vocabulary.callClass` answers it. */
export const classIndex = (cls: CallClass | undefined): number =>
  cls === undefined ? NO_CLASS : CLASS_ORDER.indexOf(cls)
