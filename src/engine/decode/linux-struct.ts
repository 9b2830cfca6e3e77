import { ITIMERVAL, POLLFD, SIGACTION, STACK, TIMESPEC, WINSIZE } from '../abi/linux.ts'
import { SIGNAL_MAX, signalName } from '../abi/signal.ts'
import { PTRACE_EVENT, eventName } from '../abi/ptrace.ts'
import { WCOREDUMP, WEXITSTATUS, WIFCONTINUED, WIFEXITED, WIFSIGNALED, WIFSTOPPED, WSTOPSIG, WTERMSIG } from '../abi/wait.ts'
import { siginfoOf } from '../kernel/siginfo-bytes.ts'
import { u16At, u32At, u64At } from './peek.ts'
import { siginfoText } from './siginfo.ts'
import { flagsOf, flagsText, hexText } from './text.ts'
import { shown, type Shown } from './value.ts'

/** Structures of the table linux as strace prints them. Each takes exactly its bytes. */

/** NULL for 0, as everywhere in the table linux (abi.md). */
export const addressText = (addr: number): string => (addr === 0 ? 'NULL' : hexText(addr))

/** A signal, or 0 for none, as an argument; strace's names for real-time ones. */
export const signoText = (signo: number): string =>
  signo > 0 && signo <= SIGNAL_MAX ? signalName(signo) : `${signo | 0}`

/** `[USR1 CHLD]`, or `~[KILL STOP]` where most are set (src/signal.c, sprintsigmask_n). */
export const sigsetText = (set: bigint): string => {
  const names = (wanted: bigint): string => {
    const found: string[] = []
    for (let signo = 1; signo <= SIGNAL_MAX; signo++)
      if (((wanted >> BigInt(signo - 1)) & 1n) === 1n) found.push(signalName(signo).slice(3))
    return `[${found.join(' ')}]`
  }
  let count = 0
  for (let rest = set; rest !== 0n; rest &= rest - 1n) count++
  return count >= Math.floor((SIGNAL_MAX * 2) / 3) ? `~${names(BigInt.asUintN(64, ~set))}` : names(set)
}

export const sigsetShown = (bytes: Uint8Array): Shown => shown(sigsetText(u64At(bytes, 0)), u64At(bytes, 0))

const signed64 = (bytes: Uint8Array, at: number): bigint => BigInt.asIntN(64, u64At(bytes, at))

export const timespecShown = (bytes: Uint8Array): Shown => {
  const [sec, nsec] = [signed64(bytes, TIMESPEC.sec), u32At(bytes, TIMESPEC.nsec)]
  return {
    text: `{tv_sec=${sec}, tv_nsec=${nsec}}`,
    brief: `${sec}.${`${nsec}`.padStart(9, '0').replace(/0{1,8}$/, '')} s`,
    value: { tv_sec: sec, tv_nsec: nsec },
  }
}

const timevalShown = (bytes: Uint8Array, at: number): Shown => {
  const [sec, usec] = [signed64(bytes, at), signed64(bytes, at + 8)]
  return { text: `{tv_sec=${sec}, tv_usec=${usec}}`, brief: `${sec}.${`${usec}`.padStart(6, '0').replace(/0{1,5}$/, '')} s`, value: { tv_sec: sec, tv_usec: usec } }
}

export const itimervalShown = (bytes: Uint8Array): Shown => {
  const [interval, value] = [timevalShown(bytes, ITIMERVAL.interval), timevalShown(bytes, ITIMERVAL.value)]
  return {
    text: `{it_interval=${interval.text}, it_value=${value.text}}`,
    brief: `{${value.brief}, every ${interval.brief}}`,
    value: { it_interval: interval.value, it_value: value.value },
  }
}

export const pollfdShown = (bytes: Uint8Array): Shown => {
  const [fd, events, revents] = [u32At(bytes, POLLFD.fd) | 0, u16At(bytes, POLLFD.events), u16At(bytes, POLLFD.revents)]
  // "The field fd … If this field is negative, then the corresponding events field is ignored": poll(2).
  const text = fd < 0 ? `{fd=${fd}}` : `{fd=${fd}, events=${flagsText('poll_events', events)}}`
  return { text, brief: fd < 0 ? `{${fd}}` : `{${fd}, ${flagsText('poll_events', events)}}`, value: { fd, events, revents } }
}

/** Behind the result of a poll: what became ready. */
export const reventsText = (bytes: Uint8Array): string =>
  `{fd=${u32At(bytes, POLLFD.fd) | 0}, revents=${flagsText('poll_events', u16At(bytes, POLLFD.revents))}}`

export const winsizeShown = (bytes: Uint8Array): Shown => {
  const [row, col, x, y] = [WINSIZE.row, WINSIZE.col, WINSIZE.xpixel, WINSIZE.ypixel].map((at) => u16At(bytes, at))
  return {
    text: `{ws_row=${row}, ws_col=${col}, ws_xpixel=${x}, ws_ypixel=${y}}`,
    brief: `{${row} × ${col}}`,
    value: { ws_row: row ?? 0, ws_col: col ?? 0, ws_xpixel: x ?? 0, ws_ypixel: y ?? 0 },
  }
}

/** A wait status in the macros of wait(2), without brackets (src/wait.c, printstatus). */
export const waitStatusText = (status: number): string => {
  if (WIFCONTINUED(status)) return '{WIFCONTINUED(s)}'
  let text: string
  let rest = status
  if (WIFSTOPPED(status)) {
    const signo = WSTOPSIG(status)
    text = `{WIFSTOPPED(s) && WSTOPSIG(s) == ${signoText(signo & 0x7f)}${(signo & 0x80) === 0 ? '' : ' | 0x80'}}`
    rest &= ~0xffff
  } else if (WIFSIGNALED(status)) {
    text = `{WIFSIGNALED(s) && WTERMSIG(s) == ${signoText(WTERMSIG(status))}${WCOREDUMP(status) ? ' && WCOREDUMP(s)' : ''}}`
    rest &= ~0xff
  } else if (WIFEXITED(status)) {
    text = `{WIFEXITED(s) && WEXITSTATUS(s) == ${WEXITSTATUS(status)}}`
    rest &= ~0xff00
  } else return hexText(status >>> 0)
  const event = rest >>> 16
  if (event !== 0) text += ` | ${eventName.get(event) ?? `${hexText(event)} /* PTRACE_EVENT_??? */`} << 16`
  return (rest & 0xffff) === 0 ? text : `${text} | ${hexText(rest & 0xffff)}`
}

const briefStatus = (status: number): string => {
  if (WIFCONTINUED(status)) return 'continued'
  if (WIFEXITED(status)) return `exited ${WEXITSTATUS(status)}`
  if (WIFSIGNALED(status)) return `killed by ${signoText(WTERMSIG(status))}`
  if (!WIFSTOPPED(status)) return hexText(status >>> 0)
  const event = status >>> 16
  if (event !== 0 && event !== PTRACE_EVENT.PTRACE_EVENT_STOP) return (eventName.get(event) ?? hexText(event)).replace('PTRACE_', '')
  return `stopped ${signoText(WSTOPSIG(status) & 0x7f)}${(WSTOPSIG(status) & 0x80) === 0 ? '' : '|0x80'}`
}

export const waitStatusShown = (bytes: Uint8Array): Shown => {
  const status = u32At(bytes, 0)
  return { text: `[${waitStatusText(status)}]`, brief: `[${briefStatus(status)}]`, value: status }
}

/** strace abbreviates a rusage to its times, in the order of the struct. */
export const rusageShown = (bytes: Uint8Array): Shown => {
  const [user, system] = [timevalShown(bytes, 0), timevalShown(bytes, 16)]
  return {
    text: `{ru_utime=${user.text}, ru_stime=${system.text}, ...}`,
    brief: `{${user.brief}, ${system.brief}, …}`,
    value: { ru_utime: user.value, ru_stime: system.value },
  }
}

export const siginfoShown = (bytes: Uint8Array): Shown => {
  const signo = u32At(bytes, 0)
  const { code, pid } = siginfoOf(bytes)
  const isFault = code > 0 && code < 0x80 && FAULTS.has(signo)
  const addr = u32At(bytes, isFault ? 12 : 20)
  const refused = { nr: u32At(bytes, 16) | 0, arch: u32At(bytes, 20) }
  const value = { si_signo: signo, si_code: code, si_pid: pid, si_status: u32At(bytes, 20) | 0 }
  // waitid(2) with WNOHANG and nobody to report; strace prints `{}` for it.
  if (signo === 0) return shown('{}', value)
  const kept = { code, pid, addr, ...(signo === 31 ? { refused } : {}) }
  return { text: `{${siginfoText(signo, kept, false)}}`, brief: `{${signalName(signo)}, ${siginfoText(signo, kept, true)}}`, value }
}
/** SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV and SIGSYS: their union begins with an address. */
const FAULTS: ReadonlySet<number> = new Set([4, 5, 7, 8, 11, 31])

const SA = [
  { name: 'SA_RESTORER', value: 0x0400_0000 },
  { name: 'SA_NOCLDSTOP', value: 1 },
  { name: 'SA_NOCLDWAIT', value: 2 },
  { name: 'SA_SIGINFO', value: 4 },
  { name: 'SA_UNSUPPORTED', value: 0x400 },
  { name: 'SA_EXPOSE_TAGBITS', value: 0x800 },
  { name: 'SA_ONSTACK', value: 0x0800_0000 },
  { name: 'SA_RESTART', value: 0x1000_0000 },
  { name: 'SA_NODEFER', value: 0x4000_0000 },
  { name: 'SA_RESETHAND', value: 0x8000_0000 },
] as const
const SA_RESTORER = 0x0400_0000

const handlerText = (handler: number): string =>
  handler === 0 ? 'SIG_DFL' : handler === 1 ? 'SIG_IGN' : handler === 0xffff_ffff ? 'SIG_ERR' : hexText(handler)

export const sigactionShown = (bytes: Uint8Array): Shown => {
  const [handler, flags, restorer] = [SIGACTION.handler, SIGACTION.flags, SIGACTION.restorer].map((at) => u32At(bytes, at)) as [number, number, number]
  const mask = u64At(bytes, SIGACTION.mask)
  const named = flagsOf(SA, flags, 'sa')
  const restores = (flags & SA_RESTORER) === 0 ? '' : `, sa_restorer=${addressText(restorer)}`
  return {
    text: `{sa_handler=${handlerText(handler)}, sa_mask=${sigsetText(mask)}, sa_flags=${named}${restores}}`,
    brief: `{${handlerText(handler)}${mask === 0n ? '' : `, ${sigsetText(mask)}`}${flags === 0 ? '' : `, ${named}`}}`,
    value: { sa_handler: handler, sa_mask: mask, sa_flags: flags },
  }
}

const SS = [{ name: 'SS_ONSTACK', value: 1 }, { name: 'SS_DISABLE', value: 2 }, { name: 'SS_AUTODISARM', value: 0x8000_0000 }] as const

export const stackShown = (bytes: Uint8Array): Shown => {
  const [sp, flags, size] = [STACK.sp, STACK.flags, STACK.bytes].map((at) => u32At(bytes, at)) as [number, number, number]
  return {
    text: `{ss_sp=${addressText(sp)}, ss_flags=${flagsOf(SS, flags, 'ss')}, ss_size=${size}}`,
    brief: `{${addressText(sp)}, ${size}}`,
    value: { ss_sp: sp, ss_flags: flags, ss_size: size },
  }
}

export const fprogShown = (bytes: Uint8Array): Shown => {
  const [len, filter] = [u16At(bytes, 0), u32At(bytes, 4)]
  return { text: `{len=${len}, filter=${addressText(filter)}}`, brief: `{${len} instructions}`, value: { len, filter } }
}

export const intShown = (bytes: Uint8Array): Shown => shown(`[${u32At(bytes, 0) | 0}]`, u32At(bytes, 0) | 0)

export const pairShown = (bytes: Uint8Array): Shown => {
  const pair = [u32At(bytes, 0) | 0, u32At(bytes, 4) | 0] as const
  return shown(`[${pair[0]}, ${pair[1]}]`, pair)
}
