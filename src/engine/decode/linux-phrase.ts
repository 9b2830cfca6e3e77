import { CLONE, F, FUTEX, FUTEX_CLOCK_REALTIME, FUTEX_PRIVATE_FLAG, IOCTL, PR, TIMER_ABSTIME, type LinuxName } from '../abi/linux.ts'
import { PTRACE } from '../abi/ptrace.ts'
import { WCONTINUED, WEXITED, WNOHANG, WUNTRACED } from '../abi/wait.ts'
import type { DecodedCall } from './call.ts'
import { arg, asks, big, fd, phrase, text, type Phrase } from './phrase-part.ts'
import { durationText, hexText, plural } from './text.ts'
import type { Value } from './value.ts'

/** Sentences for the calls of the table linux: what a student reads. */

const low = (call: DecodedCall, name: string): number => Number(big(call, name))
const signed = (call: DecodedCall, name: string): number => low(call, name) | 0
const result = (call: DecodedCall): number | undefined => (call.result.kind === 'success' ? call.result.raw : undefined)
const field = (value: Value | undefined, name: string): Value | undefined =>
  typeof value === 'object' && value !== null && name in value ? (value as Readonly<Record<string, Value>>)[name] : undefined

const addressOf = (call: DecodedCall, name: string): string => hexText(low(call, name))

const task = (pid: number): string => `task ${pid}`
/** Whom kill(2) and its kin mean. */
const target = (call: DecodedCall, name: string): string => {
  const pid = signed(call, name)
  if (pid > 0) return task(pid)
  return pid === 0 ? 'its own process group' : pid === -1 ? 'every process' : `process group ${-pid}`
}

const sends = (call: DecodedCall, whom: string): Phrase =>
  low(call, 'sig') === 0 ? asks(`whether it may send signals to ${whom}`) : phrase('send', `${text(call, 'sig')} to ${whom}`, 'no signal was sent')

/** Whom wait4(2) waits for. */
const child = (pid: number): string =>
  pid > 0 ? `task ${pid}` : pid === -1 ? 'any child' : pid === 0 ? 'any child of its process group' : `any child of process group ${-pid}`

/** @param way what counts as news besides an end: `or stops` */
const waits = (call: DecodedCall, whom: string, way: string): Phrase => {
  const now = (low(call, 'options') & WNOHANG) !== 0
  const got = call.phase === 'after' ? result(call) : undefined
  const isWait4 = call.name === 'wait4'
  const told = got === undefined || !isWait4 ? '' : got === 0 ? ': none yet' : `: ${task(got)}${statusWords(call)}`
  return phrase(now ? 'ask' : 'wait', `for news of ${whom}${way}${told}`, 'there was no waiting')
}
/** What a wait status says, of a wait that has returned. */
const statusWords = (call: DecodedCall): string => {
  const status = arg(call, 'status')
  return status?.out === undefined ? '' : ` ${status.brief.slice(1, -1)}`
}
/** What waitid(2) was asked to tell of. */
const waysOf = (options: number): string => {
  const ways = [
    ...((options & WEXITED) === 0 ? [] : ['ended']), ...((options & WUNTRACED) === 0 ? [] : ['stopped']),
    ...((options & WCONTINUED) === 0 ? [] : ['gone on']),
  ]
  return ways.length === 0 ? '' : ` that has ${ways.join(' or ')}`
}

const IDS: readonly ((id: number) => string)[] = [() => 'any child', (id) => `task ${id}`, (id) => `any child of process group ${id}`]

const duration = (value: Value | undefined): string | undefined => {
  const [sec, nsec] = [field(value, 'tv_sec'), field(value, 'tv_nsec')]
  return typeof sec === 'bigint' && typeof nsec === 'number' ? durationText(sec * 1_000_000_000n + BigInt(nsec)) : undefined
}
const sleeps = (call: DecodedCall, name: string, absolute: boolean): Phrase => {
  const time = duration(arg(call, name)?.value)
  const how = absolute ? `until its clock says ${text(call, name)}` : time === undefined ? 'for a while' : `for ${time}`
  return phrase('sleep', how, 'there was no sleep')
}

const bytes = (call: DecodedCall, count: string): string => plural(low(call, count), 'byte')
const moves = (call: DecodedCall): number | undefined => (call.phase === 'after' ? result(call) : undefined)

const polls = (call: DecodedCall): Phrase => {
  const fds = arg(call, 'fds')?.value
  const ways = (events: number): string => ((events & 1) !== 0 ? 'readable' : (events & 4) !== 0 ? 'writable' : 'in trouble')
  const parts = Array.isArray(fds)
    ? (fds as readonly { readonly fd: number; readonly events: number }[]).filter((one) => one.fd >= 0).map((one) => `fd ${one.fd} to be ${ways(one.events)}`)
    : low(call, 'nfds') === 0 ? [] : [plural(low(call, 'nfds'), 'descriptor')]
  const timeout = signed(call, 'timeout')
  const most = timeout < 0 ? '' : timeout === 0 ? ', without waiting' : `, at most ${timeout} ms`
  const more = parts.length > 4 ? ` or ${parts.length - 4} more` : ''
  const what = parts.length === 0 ? 'nothing' : parts.slice(0, 4).join(' or ')
  const ready = moves(call)
  const found = ready === undefined ? '' : ready === 0 ? ': the time was over' : `: ${plural(ready, 'descriptor')} ${ready === 1 ? 'is' : 'are'} ready`
  return phrase('wait', `for ${what}${more}${most}${found}`, 'there was no waiting')
}

const copies = (call: DecodedCall, as: string): Phrase => phrase('copy', `${fd(call, 'oldfd')}${as}`, 'nothing was copied')

const FCNTL: Readonly<Record<number, (call: DecodedCall) => Phrase>> = {
  [F.F_DUPFD]: (call) => phrase('copy', `${fd(call)}, to fd ${signed(call, 'arg')} or above`, 'nothing was copied'),
  [F.F_DUPFD_CLOEXEC]: (call) => phrase('copy', `${fd(call)}, to fd ${signed(call, 'arg')} or above, for this program only`, 'nothing was copied'),
  [F.F_GETFD]: (call) => asks(`whether an exec closes ${fd(call)}`),
  [F.F_SETFD]: (call) => phrase('set', `that an exec ${(low(call, 'arg') & 1) !== 0 ? 'closes' : 'keeps'} ${fd(call)}`, 'no flag was changed'),
  [F.F_GETFL]: (call) => asks(`for the access mode and flags of ${fd(call)}`),
  [F.F_SETFL]: (call) => phrase('set', `the flags ${text(call, 'arg')} of ${fd(call)}`, 'no flag was changed'),
}

const IOCTLS: Readonly<Record<number, (call: DecodedCall) => Phrase>> = {
  [IOCTL.TIOCGWINSZ]: (call) => asks(`for the size of the terminal behind ${fd(call)}`),
  [IOCTL.FIONREAD]: (call) => asks(`for the number of bytes that wait in ${fd(call)}`),
  [IOCTL.FIONBIO]: (call) => phrase('set', `whether reads and writes wait on ${fd(call)}`, 'nothing was changed'),
  [IOCTL.FIOCLEX]: (call) => phrase('set', `that an exec closes ${fd(call)}`, 'no flag was changed'),
  [IOCTL.FIONCLEX]: (call) => phrase('set', `that an exec keeps ${fd(call)}`, 'no flag was changed'),
}

const FUTEXES: Readonly<Record<number, (call: DecodedCall) => Phrase>> = {
  [FUTEX.FUTEX_WAIT]: (call) => phrase('wait', `at ${addressOf(call, 'uaddr')} to be woken, as long as it holds ${text(call, 'val')}`, 'there was no waiting'),
  [FUTEX.FUTEX_WAIT_BITSET]: (call) => phrase('wait', `at ${addressOf(call, 'uaddr')} to be woken, as long as it holds ${text(call, 'val')}`, 'there was no waiting'),
  [FUTEX.FUTEX_WAKE]: (call) => phrase('wake', `up to ${text(call, 'val')} that wait at ${addressOf(call, 'uaddr')}`, 'nobody was woken'),
  [FUTEX.FUTEX_WAKE_BITSET]: (call) => phrase('wake', `up to ${text(call, 'val')} that wait at ${addressOf(call, 'uaddr')}`, 'nobody was woken'),
}

const HOW = ['block', 'unblock', 'set'] as const
const masks = (call: DecodedCall): Phrase => {
  const set = arg(call, 'set')
  if (set === undefined || set.raw === 0n) return asks('which signals it blocks')
  const how = HOW[low(call, 'how')] ?? 'change'
  return how === 'set'
    ? phrase('set', `its signal mask to ${set.brief}`, 'the mask was not changed')
    : phrase(how, `the signals ${set.brief}`, 'the mask was not changed')
}

const handles = (call: DecodedCall): Phrase => {
  const act = arg(call, 'act')
  const signo = text(call, 'signum')
  if (act === undefined || act.raw === 0n) return asks(`what it does about ${signo}`)
  const handler = field(act.value, 'sa_handler')
  const undone = 'nothing was changed'
  if (handler === 0) return phrase('set', `${signo} to what it does by default`, undone)
  return handler === 1 ? phrase('set', `${signo} to be ignored`, undone) : phrase('set', `a function of its own to handle ${signo}`, undone)
}

const PRCTLS: Readonly<Record<number, (call: DecodedCall) => Phrase>> = {
  [PR.PR_SET_NAME]: (call) => phrase('call', `itself ${text(call, 'arg2')}`, 'the name was not changed'),
  [PR.PR_GET_NAME]: () => asks('for its name'),
  [PR.PR_SET_NO_NEW_PRIVS]: () => phrase('renounce', 'new privileges for ever', 'nothing was renounced'),
  [PR.PR_GET_NO_NEW_PRIVS]: () => asks('whether it has renounced new privileges'),
  [PR.PR_SET_SECCOMP]: (call) => phrase('restrict', `its system calls with seccomp (${text(call, 'arg2')})`, 'nothing was restricted'),
  [PR.PR_GET_SECCOMP]: () => asks('whether seccomp restricts it'),
  [PR.PR_GET_DUMPABLE]: () => asks('whether others may look at it'),
}

const LETS: Readonly<Record<number, string>> = {
  [PTRACE.PTRACE_CONT]: 'run',
  [PTRACE.PTRACE_SYSCALL]: 'run until its next system call stop',
  [PTRACE.PTRACE_SYSVM]: 'run until its next system call stop',
  [PTRACE.PTRACE_SYSEMU]: 'run until its next system call, which will not be run',
  [PTRACE.PTRACE_SYSEMU_SINGLESTEP]: 'make one step; a system call will not be run',
  [PTRACE.PTRACE_SINGLESTEP]: 'make one step',
  [PTRACE.PTRACE_SINGLEBLOCK]: 'run to the end of the block',
  [PTRACE.PTRACE_DETACH]: 'go: it traces it no longer',
}

const traces = (call: DecodedCall): Phrase => {
  const request = low(call, 'request')
  const pid = task(signed(call, 'pid'))
  const undone = 'the request was not made'
  const lets = LETS[request]
  if (lets !== undefined) return phrase('let', `${pid} ${lets}${low(call, 'data') === 0 ? '' : `, with ${text(call, 'data')}`}`, undone)
  switch (request) {
    case PTRACE.PTRACE_TRACEME:
      return phrase('ask', 'its parent to trace it', undone)
    case PTRACE.PTRACE_ATTACH:
      return phrase('attach', `to ${pid}, which is sent SIGSTOP`, undone)
    case PTRACE.PTRACE_SEIZE:
      return phrase('attach', `to ${pid} without stopping it`, undone)
    case PTRACE.PTRACE_INTERRUPT:
      return phrase('interrupt', pid, undone)
    case PTRACE.PTRACE_LISTEN:
      return phrase('leave', `${pid} stopped, and listens`, undone)
    case PTRACE.PTRACE_KILL:
      return phrase('kill', pid, undone)
    case PTRACE.PTRACE_SETOPTIONS:
      return phrase('set', `options of ${pid}: ${text(call, 'data')}`, undone)
    default:
      return phrase('make', `the request ${text(call, 'request')} about ${pid}`, undone)
  }
}

const executes = (call: DecodedCall): Phrase => phrase('run', `the program ${text(call, 'path')} in its place`, 'the old program goes on')

const makes = (what: string): ((call: DecodedCall) => Phrase) => (call) => {
  const pid = moves(call)
  return phrase('make', `${what}${pid === undefined ? '' : pid === 0 ? ', and is that child' : `: task ${pid}`}`, 'nothing was made')
}

const timer = (call: DecodedCall): Phrase => {
  const value = field(arg(call, 'new_value')?.value, 'it_value')
  const isOff = field(value, 'tv_sec') === 0n && field(value, 'tv_usec') === 0n
  return isOff ? phrase('switch', `the timer ${text(call, 'which')} off`, 'no timer was changed') : phrase('set', `the timer ${text(call, 'which')} to ${text(call, 'new_value')}`, 'no timer was set')
}

const carries = (verb: string, words: string): ((call: DecodedCall) => Phrase) => (call) => {
  const count = moves(call)
  return phrase(verb, `${count === undefined ? 'bytes' : plural(count, 'byte')} ${words} the memory of ${task(signed(call, 'pid'))}`, 'nothing was copied')
}

/** One verb phrase per call of the table; a call without one does not compile. */
const PHRASES: Readonly<Record<LinuxName, (call: DecodedCall) => Phrase>> = {
  fork: makes('a child that is a copy of itself'),
  vfork: makes('a child that is a copy of itself, and waits for its exec or end'),
  clone: (call) => makes((low(call, 'flags') & CLONE.CLONE_THREAD) !== 0 ? 'a thread' : 'a child')(call),
  execve: executes,
  execveat: executes,
  exit: (call) => phrase('end', `this thread with ${text(call, 'status')}`, 'the thread goes on'),
  exit_group: (call) => phrase('end', `its process with ${text(call, 'status')}`, 'the process goes on'),
  wait4: (call) => waits(call, child(signed(call, 'pid')), ''),
  waitid: (call) => waits(call, (IDS[low(call, 'idtype')] ?? (() => 'a child'))(signed(call, 'id')), waysOf(low(call, 'options'))),
  getpid: () => asks('which process it is'),
  getppid: () => asks('who its parent is'),
  gettid: () => asks('which thread it is'),
  set_tid_address: (call) => phrase('choose', `${addressOf(call, 'tidptr')} to be cleared when it ends`, 'nothing was chosen'),
  setpgid: (call) => phrase('put', `${signed(call, 'pid') === 0 ? 'itself' : task(signed(call, 'pid'))} into process group ${signed(call, 'pgid') === 0 ? 'of its own' : text(call, 'pgid')}`, 'no group was changed'),
  getpgid: (call) => asks(`for the process group of ${signed(call, 'pid') === 0 ? 'itself' : task(signed(call, 'pid'))}`),
  setsid: () => phrase('begin', 'a session of its own', 'no session was begun'),
  getsid: (call) => asks(`for the session of ${signed(call, 'pid') === 0 ? 'itself' : task(signed(call, 'pid'))}`),
  prctl: (call) => (PRCTLS[low(call, 'option')] ?? (() => phrase('ask', `for ${text(call, 'option')}`, 'nothing was done')))(call),

  kill: (call) => sends(call, target(call, 'pid')),
  tkill: (call) => sends(call, `thread ${signed(call, 'tid')}`),
  tgkill: (call) => sends(call, `thread ${signed(call, 'tid')} of process ${signed(call, 'tgid')}`),
  rt_sigqueueinfo: (call) => sends(call, `${target(call, 'tgid')}, with a siginfo of its own`),
  rt_sigaction: handles,
  rt_sigprocmask: masks,
  rt_sigpending: () => asks('which signals wait for it'),
  rt_sigtimedwait: (call) => {
    const most = duration(arg(call, 'timeout')?.value)
    return phrase('wait', `for one of the signals ${text(call, 'set')}${most === undefined ? '' : `, at most ${most}`}`, 'there was no waiting')
  },
  rt_sigsuspend: (call) => phrase('wait', `for a signal, blocking only ${text(call, 'mask')} meanwhile`, 'there was no waiting'),
  sigaltstack: (call) =>
    low(call, 'ss') === 0 ? asks('on which stack its handlers run') : phrase('choose', `a stack for its handlers: ${text(call, 'ss')}`, 'nothing was chosen'),
  pause: () => phrase('wait', 'for a signal', 'there was no waiting'),
  alarm: (call) =>
    low(call, 'seconds') === 0 ? phrase('switch', 'its alarm off', 'the alarm was not changed')
    : phrase('set', `an alarm: SIGALRM in ${durationText(BigInt(low(call, 'seconds')) * 1_000_000_000n)}`, 'no alarm was set'),
  setitimer: timer,
  restart_syscall: (call) => phrase('resume', `its interrupted ${call.resumes ?? 'call'}`, 'nothing was resumed'),

  read: (call) => {
    const got = moves(call)
    return phrase('read', `${got === 0 && low(call, 'count') > 0 ? 'nothing (the end)' : got === undefined ? `up to ${bytes(call, 'count')}` : plural(got, 'byte')} from ${fd(call)}`, 'nothing was read')
  },
  write: (call) => {
    const [done, count] = [moves(call), low(call, 'count')]
    return phrase('write', `${done !== undefined && done !== count ? `${done} of ` : ''}${bytes(call, 'count')} to ${fd(call)}`, 'nothing was written')
  },
  close: (call) => phrase('close', fd(call), 'nothing was closed'),
  dup: (call) => copies(call, moves(call) === undefined ? '' : `, as fd ${moves(call)}`),
  dup2: (call) => copies(call, `, as fd ${text(call, 'newfd')}, closing what that was`),
  dup3: (call) => copies(call, `, as fd ${text(call, 'newfd')}, closing what that was`),
  pipe: (call) => pipes(call),
  pipe2: (call) => pipes(call),
  fcntl: (call) => (FCNTL[low(call, 'cmd')] ?? (() => phrase('ask', `for ${text(call, 'cmd')} of ${fd(call)}`, 'nothing was done')))(call),
  ioctl: (call) => (IOCTLS[low(call, 'request')] ?? (() => phrase('ask', `for ${text(call, 'request')} of ${fd(call)}`, 'nothing was done')))(call),
  poll: polls,

  clock_gettime: (call) => asks(`for the time of ${text(call, 'clockid')}`),
  clock_nanosleep: (call) => sleeps(call, 'request', (low(call, 'flags') & TIMER_ABSTIME) !== 0),
  nanosleep: (call) => sleeps(call, 'duration', false),
  getrandom: (call) => asks(`for ${plural(low(call, 'buflen'), 'random byte')}`),
  sched_yield: () => phrase('let', 'the others run', 'nobody else had a turn'),
  futex: (call) =>
    (FUTEXES[low(call, 'futex_op') & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME)] ?? (() => phrase('make', `${text(call, 'futex_op')} at ${addressOf(call, 'uaddr')}`, 'nothing was done')))(call),

  ptrace: traces,
  process_vm_readv: carries('copy', 'from'),
  process_vm_writev: carries('copy', 'into'),
  seccomp: (call) =>
    text(call, 'operation') === 'SECCOMP_SET_MODE_FILTER' ? phrase('restrict', `its system calls with a filter of ${text(call, 'args').slice(1, -1)}`, 'nothing was restricted')
    : text(call, 'operation') === 'SECCOMP_SET_MODE_STRICT' ? phrase('restrict', 'its system calls to read, write and exit', 'nothing was restricted')
    : asks(`seccomp about ${text(call, 'operation')}`),
}

const pipes = (call: DecodedCall): Phrase => {
  const ends = arg(call, 'pipefd')?.out
  const [from, to] = Array.isArray(ends) ? (ends as readonly number[]) : []
  return phrase('make', `a pipe${from === undefined ? '' : `: fd ${from} to read from, fd ${to} to write to`}`, 'nothing was made')
}

/** By the call's name. */
export const LINUX_PHRASES: Readonly<Record<string, (call: DecodedCall) => Phrase>> = PHRASES
