import { IOCTL } from '../abi/linux.ts'
import { lossyText } from '../kernel/text.ts'
import type { Struct } from '../syscall/row.ts'
import { MOST_ELEMENTS } from './layout.ts'
import { MOST_POINTERS, MOST_STRING, MOST_STRINGS, STRUCT_BYTES, stringLength } from './linux-layout.ts'
import {
  fprogShown, intShown, itimervalShown, pairShown, pollfdShown, rusageShown, sigactionShown, siginfoShown, sigsetShown,
  stackShown, timespecShown, waitStatusShown, winsizeShown,
} from './linux-struct.ts'
import { u32At, type Peek } from './peek.ts'
import { VECTOR, type Form, type Pointed } from './pointee.ts'
import { SHOWN, hexText, plural, quote, quoteBriefly } from './text.ts'
import { type Region, type Shown, type Value } from './value.ts'

type Show = (bytes: Uint8Array) => Shown

const one = (of: Struct, show: Show): Form<Uint8Array> => ({
  read: ({ peek, addr }) => peek(addr, STRUCT_BYTES[of]),
  text: (bytes) => show(bytes).text,
  brief: (bytes) => show(bytes).brief,
  value: (bytes) => show(bytes).value,
  regions: ({ length }, { name, addr }) => [{ label: name, addr, length }],
})

/** As many as an argument counts, in brackets. */
const several = (of: Struct, show: Show): Form<Uint8Array> => {
  const size = STRUCT_BYTES[of]
  const each = (bytes: Uint8Array): readonly Shown[] =>
    Array.from({ length: bytes.length / size }, (_, i) => show(bytes.subarray(i * size, (i + 1) * size)))
  const list = (bytes: Uint8Array, most: number, rest: string, textOf: (one: Shown) => string): string => {
    const texts = each(bytes.subarray(0, most * size)).map(textOf)
    return `[${[...texts, ...(bytes.length > most * size ? [rest] : [])].join(', ')}]`
  }
  return {
    read: ({ peek, addr, count }) => peek(addr, size * Math.min(count, MOST_ELEMENTS)),
    text: (bytes) => list(bytes, SHOWN, '...', ({ text }) => text),
    brief: (bytes) => list(bytes, 3, '…', ({ brief }) => brief),
    value: (bytes) => each(bytes).map(({ value }) => value),
    regions: ({ length }, { name, addr }) => [{ label: name, addr, length }],
  }
}

/** The bytes of a string that ends with NUL; of one longer than is looked at, the beginning. */
export const stringAt = (peek: Peek, addr: number): Uint8Array | undefined => {
  const length = addr === 0 ? -1 : stringLength(peek, addr)
  return length < 0 ? undefined : peek(addr, length)
}

/** A path, or any string: as strace shows paths, whole. */
const STRING: Form<Uint8Array> = {
  read: ({ peek, addr }) => stringAt(peek, addr),
  text: (bytes) => quote(bytes, bytes.length, MOST_STRING),
  brief: (bytes) => quoteBriefly(bytes, bytes.length, 48),
  value: (bytes) => lossyText(bytes),
  regions: ({ length }, { name, addr }) => [{ label: name, addr, length: length + 1 }],
}

/** argv, or envp: pointers, how many there are, and of the first ones the strings, as far as they are known. */
interface Strings {
  readonly pointers: readonly number[]
  readonly strings: readonly (Uint8Array | undefined)[]
}

const isEnvironment = ({ name }: Pointed): boolean => name === 'envp'

const stringText = (bytes: Uint8Array | undefined, pointer: number, brief: boolean): string =>
  bytes === undefined ? hexText(pointer) : brief ? quoteBriefly(bytes, bytes.length, 16) : quote(bytes)

const listText = ({ pointers, strings }: Strings, most: number, rest: string, brief: boolean): string => {
  const texts = pointers.slice(0, most).map((pointer, i) => stringText(strings[i], pointer, brief))
  return `[${[...texts, ...(pointers.length > most ? [rest] : [])].join(', ')}]`
}

const STRINGS: Form<Strings> = {
  read({ peek, addr }) {
    const pointers: number[] = []
    while (pointers.length < MOST_POINTERS) {
      const bytes = peek(addr + 4 * pointers.length, 4)
      if (bytes === undefined) return undefined
      const pointer = u32At(bytes, 0)
      if (pointer === 0) break
      pointers.push(pointer)
    }
    return { pointers, strings: pointers.slice(0, MOST_STRINGS).map((pointer) => stringAt(peek, pointer)) }
  },
  // src/execve.c: printargc() of the environment unless -v is given.
  text: (found, at) =>
    isEnvironment(at) ? `${hexText(at.addr)} /* ${plural(found.pointers.length, 'var')} */` : listText(found, SHOWN, '...', false),
  brief: (found, at) => (isEnvironment(at) ? plural(found.pointers.length, 'var') : listText(found, 4, '…', true)),
  value: ({ strings }) => strings.map((bytes): Value => (bytes === undefined ? null : lossyText(bytes))),
  regions: ({ pointers }, { name, addr }): readonly Region[] => [{ label: name, addr, length: 4 * pointers.length + 4 }],
}

/** What an ioctl points to follows from its request, which `contents` carries here. */
const IOCTL_ARG: Form<Uint8Array> = {
  read: ({ peek, addr, contents }) =>
    contents === IOCTL.TIOCGWINSZ || contents === IOCTL.TIOCSWINSZ ? peek(addr, STRUCT_BYTES.winsize) : peek(addr, 4),
  text: (bytes) => ioctlShown(bytes).text,
  brief: (bytes) => ioctlShown(bytes).brief,
  value: (bytes) => ioctlShown(bytes).value,
  regions: ({ length }, { name, addr }) => [{ label: name, addr, length }],
}
const ioctlShown = (bytes: Uint8Array): Shown => (bytes.length === 4 ? intShown(bytes) : winsizeShown(bytes))

/** By structure. Nobody besides a form knows what it reads: it is handed back to it as it came. */
export const STRUCT_FORMS: Readonly<Record<Struct, Form<unknown>>> = {
  int: one('int', intShown),
  'int[2]': one('int[2]', pairShown),
  timespec: one('timespec', timespecShown),
  itimerval: one('itimerval', itimervalShown),
  pollfd: several('pollfd', pollfdShown),
  winsize: one('winsize', winsizeShown),
  iovec: VECTOR,
  waitstatus: one('waitstatus', waitStatusShown),
  rusage: one('rusage', rusageShown),
  siginfo: one('siginfo', siginfoShown),
  sigset: one('sigset', sigsetShown),
  sigaction: one('sigaction', sigactionShown),
  stack: one('stack', stackShown),
  sock_fprog: one('sock_fprog', fprogShown),
  string: STRING,
  strings: STRINGS,
  ioctl_arg: IOCTL_ARG,
}

