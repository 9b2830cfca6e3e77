import { F } from '../abi/linux.ts'
import { reventsText } from './linux-struct.ts'
import { openFlagsText, type Around } from './linux-word.ts'
import { flagsText, hexText } from './text.ts'
import { STRUCT_BYTES } from './linux-layout.ts'
import { signalName } from '../abi/signal.ts'
import { MOST_ELEMENTS } from './layout.ts'

/** poll(2): the descriptors that are ready, or that time is over. */
const ready = (ret: number, { words, peek }: Around): string | undefined => {
  if (ret === 0) return 'Timeout'
  const size = STRUCT_BYTES.pollfd
  const bytes = peek(words[0] ?? 0, size * Math.min(words[1] ?? 0, MOST_ELEMENTS))
  if (bytes === undefined) return undefined
  const texts: string[] = []
  for (let at = 0; at < bytes.length; at += size) {
    const one = bytes.subarray(at, at + size)
    if (one[6] !== 0 || one[7] !== 0) texts.push(reventsText(one))
  }
  return `[${texts.join(', ')}]`
}

const RETURNS: Readonly<Record<string, (ret: number, around: Around) => string | undefined>> = {
  poll: ready,
  fcntl(ret, { words }) {
    if (words[1] === F.F_GETFD && ret !== 0) return `flags ${flagsText('fd_flags', ret)}`
    return words[1] === F.F_GETFL ? `flags ${openFlagsText(ret)}` : undefined
  },
  rt_sigtimedwait: (ret) => signalName(ret),
}

/**
 * The result of a call of the table linux that succeeded where strace says more than the number: `1 ([{fd=3,
 * revents=POLLIN}])`, `0x1 (flags FD_CLOEXEC)`; undefined elsewhere.
 */
export const returnedText = (call: string, ret: number, around: Around): string | undefined => {
  const more = RETURNS[call]?.(ret, around)
  return more === undefined ? undefined : `${call === 'fcntl' && ret !== 0 ? hexText(ret) : ret} (${more})`
}
