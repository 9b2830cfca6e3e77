import { ERRNO } from '../abi/errno.ts'
import { P, RUSAGE_BYTES } from '../abi/linux.ts'
import { siginfoBytes } from '../kernel/siginfo-bytes.ts'
import { SIGNAL } from '../abi/signal.ts'
import type { GuestAddr } from '../kernel/memory.ts'
import type { LinuxHandlers } from './linux.ts'
import { inside } from './linux-arg.ts'
import type { Caller, RunResult } from './row.ts'
import { prctl } from './linux-prctl.ts'
import type { ChildNews } from './system.ts'

/** Processes: fork(2), execve(2), wait(2), and who belongs to whom. All answer −errno. */

/** MAX_ARG_STRLEN, and what all arguments together may take: execve(2), "Limits on size of arguments and environment". */
const STRING_MAX = 131_072
const ARGUMENTS_MAX = 2 << 20
const PATH_MAX = 4096

/** A string that ends with NUL, without it; or −errno. */
const readString = ({ memory }: Caller, at: GuestAddr, most: number, tooLong: number): Uint8Array | number => {
  if (!inside(memory, at, 1)) return -ERRNO.EFAULT
  const { bytes } = memory
  const end = bytes.subarray(at, at + most).indexOf(0)
  if (end >= 0) return bytes.slice(at, at + end)
  return at + most > bytes.length ? -ERRNO.EFAULT : -tooLong
}

/** A list of pointers to strings that ends with NULL; "On Linux, argv and envp can be specified as NULL": an empty list. */
const readStrings = (caller: Caller, at: GuestAddr): readonly Uint8Array[] | number => {
  const strings: Uint8Array[] = []
  let size = 0
  for (let where = at; at !== 0; where += 4) {
    if (!inside(caller.memory, where, 4)) return -ERRNO.EFAULT
    const pointer = caller.memory.u32(where)
    if (pointer === 0) break
    const string = readString(caller, pointer, STRING_MAX, ERRNO.E2BIG)
    if (typeof string === 'number') return string
    size += string.length + 5
    if (size > ARGUMENTS_MAX) return -ERRNO.E2BIG
    strings.push(string)
  }
  return strings
}

const execve = (caller: Caller, path: GuestAddr, argv: GuestAddr, envp: GuestAddr): RunResult => {
  const name = readString(caller, path, PATH_MAX, ERRNO.ENAMETOOLONG)
  if (typeof name === 'number') return name
  const args = readStrings(caller, argv)
  if (typeof args === 'number') return args
  const environ = readStrings(caller, envp)
  if (typeof environ === 'number') return environ
  return caller.system.exec(name, args, environ)
}

const AT_FDCWD = -100

/** Only with a path that stands for itself, or relative to the root, where every process is. */
const execveat = (caller: Caller, dirfd: number, path: GuestAddr, argv: GuestAddr, envp: GuestAddr, how: number): RunResult => {
  if (how !== 0) return -ERRNO.EINVAL
  const name = readString(caller, path, PATH_MAX, ERRNO.ENAMETOOLONG)
  if (typeof name === 'number') return name
  if (dirfd !== AT_FDCWD && name[0] !== 0x2f) return caller.files.get(dirfd) === undefined ? -ERRNO.EBADF : -ERRNO.ENOTDIR
  return execve(caller, path, argv, envp)
}

/** A structure that nobody fills: children's computing time is not kept apart. */
const clearRusage = ({ memory }: Caller, at: GuestAddr): number => {
  if (at === 0) return 0
  return memory.write(at, new Uint8Array(RUSAGE_BYTES)) ? 0 : -ERRNO.EFAULT
}

const wait4 = (caller: Caller, who: number, status: GuestAddr, options: number, rusage: GuestAddr): RunResult =>
  caller.system.wait4(who, options, (news) => {
    if (status !== 0) {
      if (!inside(caller.memory, status, 4)) return -ERRNO.EFAULT
      caller.memory.setU32(status, news.status)
    }
    const problem = clearRusage(caller, rusage)
    return problem < 0 ? problem : news.pid
  })

/** si_code, si_pid and si_status say what happened; "if WNOHANG … si_pid and si_signo are 0". */
const childInfo = (news: ChildNews | undefined): Uint8Array =>
  siginfoBytes(news === undefined ? { signo: 0, code: 0, pid: 0, value: 0 } : { signo: SIGNAL.SIGCHLD, code: news.code, pid: news.pid, value: news.value })

const waitid = (caller: Caller, which: number, id: number, info: GuestAddr, options: number, rusage: GuestAddr): RunResult => {
  const { P_ALL, P_PID, P_PGID } = P
  if (which !== P_ALL && which !== P_PID && which !== P_PGID) return -ERRNO.EINVAL
  if ((which === P_PID && id <= 0) || (which === P_PGID && id < 0)) return -ERRNO.EINVAL
  return caller.system.waitid(which, id, options, (news) => {
    const problem = clearRusage(caller, rusage)
    if (problem < 0) return problem
    if (info === 0) return 0
    if (!inside(caller.memory, info, 128)) return -ERRNO.EFAULT
    caller.memory.write(info, childInfo(news))
    return 0
  })
}

/** What the calls do, by name. */
export const processHandlers = {
  fork: ({ system }) => system.fork('fork'),
  vfork: ({ system }) => system.fork('vfork'),
  clone: ({ system }, flags, stackTop, parentTid, tls, childTid, fn, arg) =>
    system.clone({ flags, stackTop, parentTid, tls, childTid, fn, arg }),
  execve,
  execveat,
  exit: ({ system }, code) => system.exitThread(code),
  exit_group: ({ system }, code) => system.exitGroup(code),
  wait4,
  waitid,
  getpid: ({ system }) => system.pid,
  getppid: ({ system }) => system.parentPid,
  gettid: ({ system }) => system.tid,
  set_tid_address: ({ system }, at) => system.setTidAddress(at),
  setpgid: ({ system }, who, pgid) => system.setpgid(who, pgid),
  getpgid: ({ system }, who) => system.getpgid(who),
  setsid: ({ system }) => system.setsid(),
  getsid: ({ system }, who) => system.getsid(who),
  prctl,
} satisfies Partial<LinuxHandlers>
