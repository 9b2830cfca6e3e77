import { describe, expect, test } from 'vitest'
import { CLONE, LINUX_NR } from '../abi/linux.ts'
import { ARCH_LINUX, PTRACE, PTRACE_EVENT } from '../abi/ptrace.ts'
import { CLD, SI, SIGNAL, SYS_SECCOMP, TRAP_TRACE } from '../abi/signal.ts'
import { linuxByName } from '../syscall/linux.ts'
import { ArchCode, Flag } from '../trace/format.ts'
import { TraceBuilder, ascii, halvesOf, word64, words, type Bytes } from '../trace/testing.ts'
import { captureEntry, captureExit } from './capture.ts'
import { describe as say } from './describe.ts'
import { eventLineText } from './line.ts'
import type { Peek } from './peek.ts'
import { straceLines } from './strace.ts'

const arch = ArchCode.linux
type Name = keyof typeof LINUX_NR

/** A call that nobody traces, with the memory that was captured of it. */
const called = (name: Name, args: readonly number[], ret: number, captures: readonly Bytes[] = []): { line: string; sentence: string } => {
  const b = new TraceBuilder()
  b.birth(2, 0, 'guest')
  const seq = b.call(2, LINUX_NR[name], args, ret, { arch, captures })
  const trace = b.build()
  return { line: eventLineText(trace, seq), sentence: say(trace, seq).replace(' Nobody traced it.', '') }
}
const put = (addr: number, ...values: readonly number[]): Bytes => ({ addr, bytes: words(...values) })
const string = (addr: number, text: string): Bytes => ({ addr, bytes: `${text}\0` })
const mask = (addr: number, ...signals: readonly number[]): Bytes => ({ addr, bytes: word64(signals.reduce((all, one) => all | (1n << BigInt(one - 1)), 0n)) })
const time = (addr: number, sec: number, rest: number): Bytes => put(addr, sec, 0, rest, 0)
const ALL = -1
const siginfo = (addr: number, ...values: readonly number[]): Bytes => ({ addr, bytes: Uint8Array.from([...words(...values), ...new Uint8Array(128 - 4 * values.length)]) })

describe('a line of the table linux', () => {
  test.for<readonly [Name, readonly number[], number, readonly Bytes[], string, string]>([
    ['fork', [], 3, [], 'fork() = 3', 'Made a child that is a copy of itself: task 3.'],
    ['wait4', [3, 0x100, 0x4000_0000, 0], 3, [put(0x100, 0x137f)], 'wait4(3, [{WIFSTOPPED(s) && WSTOPSIG(s) == SIGSTOP}], __WALL, NULL) = 3', 'Waited for news of task 3: task 3 stopped SIGSTOP.'],
    ['wait4', [-1, 0x100, 1, 0], 0, [], 'wait4(-1, 0x100, WNOHANG, NULL) = 0', 'Asked for news of any child: none yet.'],
    ['wait4', [-1, 0x100, 0, 0], 3, [put(0x100, 0x1057f)], 'wait4(-1, [{WIFSTOPPED(s) && WSTOPSIG(s) == SIGTRAP} | PTRACE_EVENT_FORK << 16], 0, NULL) = 3', 'Waited for news of any child: task 3 EVENT_FORK.'],
    ['wait4', [-1, 0x100, 0, 0], 3, [put(0x100, 0x857f)], 'wait4(-1, [{WIFSTOPPED(s) && WSTOPSIG(s) == SIGTRAP | 0x80}], 0, NULL) = 3', 'Waited for news of any child: task 3 stopped SIGTRAP|0x80.'],
    ['wait4', [-1, 0, 0, 0], -12, [], 'wait4(-1, NULL, 0, NULL) = -1 ECHILD (No child processes)', 'Tried to wait for news of any child: ECHILD, no child process.'],
    ['waitid', [1, 3, 0x100, 6, 0], 0, [siginfo(0x100, 17, 0, 1, 3, 0, 7)], 'waitid(P_PID, 3, {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=3, si_uid=0, si_status=7}, WSTOPPED|WEXITED, NULL) = 0', 'Waited for news of task 3 that has ended or stopped.'],
    ['kill', [3, 10], 0, [], 'kill(3, SIGUSR1) = 0', 'Sent SIGUSR1 to task 3.'],
    ['kill', [-3, 0], -71, [], 'kill(-3, 0) = -1 ESRCH (No such process)', 'Tried to ask whether it may send signals to process group 3: ESRCH, no such process.'],
    ['tgkill', [2, 2, 35], 0, [], 'tgkill(2, 2, SIGRT_3) = 0', 'Sent SIGRT_3 to thread 2 of process 2.'],
    ['rt_sigaction', [10, 0x100, 0, 8], 0, [put(0x100, 3, 4, 0, 0, 0)], 'rt_sigaction(SIGUSR1, {sa_handler=0x3, sa_mask=[], sa_flags=SA_SIGINFO}, NULL, 8) = 0', 'Set a function of its own to handle SIGUSR1.'],
    ['rt_sigaction', [13, 0x100, 0x200, 8], 0, [put(0x100, 1, 0, 0, 0, 0), put(0x200, 0, 0x1000_0000, 0, 1, 0)], 'rt_sigaction(SIGPIPE, {sa_handler=SIG_IGN, sa_mask=[], sa_flags=0}, {sa_handler=SIG_DFL, sa_mask=[HUP], sa_flags=SA_RESTART}, 8) = 0', 'Set SIGPIPE to be ignored.'],
    ['rt_sigprocmask', [0, 0x100, 0, 8], 0, [mask(0x100, 10)], 'rt_sigprocmask(SIG_BLOCK, [USR1], NULL, 8) = 0', 'Blocked the signals [USR1].'],
    ['rt_sigprocmask', [2, 0x100, 0, 8], 0, [put(0x100, ALL, ALL)], 'rt_sigprocmask(SIG_SETMASK, ~[], NULL, 8) = 0', 'Set its signal mask to ~[].'],
    ['rt_sigtimedwait', [0x100, 0, 0x200, 8], 10, [mask(0x100, 10, 17), time(0x200, 1, 5)], 'rt_sigtimedwait([USR1 CHLD], NULL, {tv_sec=1, tv_nsec=5}, 8) = 10 (SIGUSR1)', 'Waited for one of the signals [USR1 CHLD], at most 1.000000005 s.'],
    ['sigaltstack', [0x100, 0], 0, [put(0x100, 0x1000, 0, 8192)], 'sigaltstack({ss_sp=0x1000, ss_flags=0, ss_size=8192}, NULL) = 0', 'Chose a stack for its handlers: {0x1000, 8192}.'],
    ['nanosleep', [0x100, 0], 0, [time(0x100, 0, 1_000_000)], 'nanosleep({tv_sec=0, tv_nsec=1000000}, NULL) = 0', 'Slept for 1 ms.'],
    ['nanosleep', [0x100, 0x200], -516, [time(0x100, 0, 1_000_000), { ...time(0x200, 0, 400), origin: 'call' }], 'nanosleep({tv_sec=0, tv_nsec=1000000}, {tv_sec=0, tv_nsec=400}) = ? ERESTART_RESTARTBLOCK (Interrupted by signal)', 'Was interrupted when it was to sleep for 1 ms; it will be restarted or end with EINTR.'],
    ['setitimer', [0, 0x100, 0], 0, [put(0x100, 0, 0, 0, 0, 1, 0, 500, 0)], 'setitimer(ITIMER_REAL, {it_interval={tv_sec=0, tv_usec=0}, it_value={tv_sec=1, tv_usec=500}}, NULL) = 0', 'Set the timer ITIMER_REAL to {1.0005 s, every 0.0 s}.'],
    ['pipe', [0x100], 0, [put(0x100, 3, 4)], 'pipe([3, 4]) = 0', 'Made a pipe: fd 3 to read from, fd 4 to write to.'],
    ['pipe2', [0x100, 0o2000000], 0, [put(0x100, 3, 4)], 'pipe2([3, 4], O_CLOEXEC) = 0', 'Made a pipe: fd 3 to read from, fd 4 to write to.'],
    ['dup2', [1, 5], 5, [], 'dup2(1, 5) = 5', 'Copied fd 1, which is stdout, as fd 5, closing what that was.'],
    ['fcntl', [1, 3, 0], 0x801, [], 'fcntl(1, F_GETFL) = 0x801 (flags O_WRONLY|O_NONBLOCK)', 'Asked for the access mode and flags of fd 1, which is stdout.'],
    ['fcntl', [1, 2, 1], 0, [], 'fcntl(1, F_SETFD, FD_CLOEXEC) = 0', 'Set that an exec closes fd 1, which is stdout.'],
    ['ioctl', [1, 0x5413, 0x100], 0, [put(0x100, 24 + 80 * 65536, 0)], 'ioctl(1, TIOCGWINSZ, {ws_row=24, ws_col=80, ws_xpixel=0, ws_ypixel=0}) = 0', 'Asked for the size of the terminal behind fd 1, which is stdout.'],
    ['poll', [0x100, 1, -1], 1, [put(0x100, 3, 1 + 65536)], 'poll([{fd=3, events=POLLIN}], 1, -1) = 1 ([{fd=3, revents=POLLIN}])', 'Waited for fd 3 to be readable: 1 descriptor is ready.'],
    ['poll', [0, 0, 10], 0, [], 'poll(NULL, 0, 10) = 0 (Timeout)', 'Waited for nothing, at most 10 ms: the time was over.'],
    ['read', [0, 0x100, 80], 3, [{ addr: 0x100, bytes: 'hi\n' }], 'read(0, "hi\\n", 80) = 3', 'Read 3 bytes from fd 0, which is stdin.'],
    ['read', [0, 0x100, 80], -512, [], 'read(0, 0x100, 80) = ? ERESTARTSYS (To be restarted if SA_RESTART is set)', 'Was interrupted when it was to read up to 80 bytes from fd 0, which is stdin; it will be restarted or end with EINTR.'],
    ['write', [1, 0x100, 3], 3, [{ addr: 0x100, bytes: 'hi\n' }], 'write(1, "hi\\n", 3) = 3', 'Wrote 3 bytes to fd 1, which is stdout.'],
    ['execve', [0x100, 0x200, 0x300], -44, [string(0x100, '/bin/ls'), put(0x200, 0x400, 0x410, 0), string(0x400, 'ls'), string(0x410, '-l'), put(0x300, 1, 2, 0)], 'execve("/bin/ls", ["ls", "-l"], 0x300 /* 2 vars */) = -1 ENOENT (No such file or directory)', 'Tried to run the program "/bin/ls" in its place: ENOENT, no such file or directory.'],
    ['ptrace', [PTRACE.PTRACE_TRACEME, 0, 0, 0], 0, [], 'ptrace(PTRACE_TRACEME) = 0', 'Asked its parent to trace it.'],
    ['ptrace', [PTRACE.PTRACE_SYSCALL, 3, 0, 0], 0, [], 'ptrace(PTRACE_SYSCALL, 3, NULL, 0) = 0', 'Let task 3 run until its next system call stop.'],
    ['ptrace', [PTRACE.PTRACE_CONT, 3, 4, 10], 0, [], 'ptrace(PTRACE_CONT, 3, PTRACE_VM_SKIPCALL, SIGUSR1) = 0', 'Let task 3 run, with SIGUSR1.'],
    ['ptrace', [PTRACE.PTRACE_SETOPTIONS, 3, 0, 3], 0, [], 'ptrace(PTRACE_SETOPTIONS, 3, NULL, PTRACE_O_TRACESYSGOOD|PTRACE_O_TRACEFORK) = 0', 'Set options of task 3: PTRACE_O_TRACESYSGOOD|PTRACE_O_TRACEFORK.'],
    ['ptrace', [PTRACE.PTRACE_PEEKDATA, 3, 0x10, 0x100], 0, [put(0x100, 0xff)], 'ptrace(PTRACE_PEEKDATA, 3, 0x10, [0xff]) = 0', 'Made the request PTRACE_PEEKDATA about task 3.'],
    ['ptrace', [PTRACE.PTRACE_GETEVENTMSG, 3, 0, 0x100], 0, [put(0x100, 4)], 'ptrace(PTRACE_GETEVENTMSG, 3, NULL, [4]) = 0', 'Made the request PTRACE_GETEVENTMSG about task 3.'],
    ['ptrace', [PTRACE.PTRACE_GETSIGINFO, 3, 0, 0x100], 0, [siginfo(0x100, 10, 0, -6, 2, 0, 0)], 'ptrace(PTRACE_GETSIGINFO, 3, NULL, {si_signo=SIGUSR1, si_code=SI_TKILL, si_pid=2, si_uid=0}) = 0', 'Made the request PTRACE_GETSIGINFO about task 3.'],
    ['clone', [CLONE.CLONE_VM | CLONE.CLONE_THREAD | CLONE.CLONE_SIGHAND | CLONE.CLONE_PARENT_SETTID, 0x8000, 0x100, 0, 0, 7, 9], 3, [put(0x100, 3)], 'clone(child_stack=0x8000, flags=CLONE_VM|CLONE_SIGHAND|CLONE_THREAD|CLONE_PARENT_SETTID, parent_tid=[3], fn=0x7, arg=0x9) = 3', 'Made a thread: task 3.'],
    ['clone', [17, 0, 0, 0, 0, 0, 0], 3, [], 'clone(child_stack=NULL, flags=SIGCHLD) = 3', 'Made a child: task 3.'],
    ['futex', [0x100, 128, 2, 0, 0, 0], 0, [], 'futex(0x100, FUTEX_WAIT_PRIVATE, 2, NULL) = 0', 'Waited at 0x100 to be woken, as long as it holds 2.'],
    ['futex', [0x100, 129, 1, 0, 0, 0], 1, [], 'futex(0x100, FUTEX_WAKE_PRIVATE, 1) = 1', 'Woke up to 1 that wait at 0x100.'],
    ['futex', [0x100, 137 + 256, 1, 0, 0, -1], -73, [], 'futex(0x100, FUTEX_WAIT_BITSET_PRIVATE|FUTEX_CLOCK_REALTIME, 1, NULL, FUTEX_BITSET_MATCH_ANY) = -1 ETIMEDOUT (Connection timed out)', ''],
    ['prctl', [15, 0x100, 0, 0, 0], 0, [string(0x100, 'worker')], 'prctl(PR_SET_NAME, "worker") = 0', 'Called itself "worker".'],
    ['prctl', [38, 1, 0, 0, 0], 0, [], 'prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) = 0', 'Renounced new privileges for ever.'],
    ['seccomp', [1, 0, 0x100], 0, [put(0x100, 4, 0x200)], 'seccomp(SECCOMP_SET_MODE_FILTER, 0, {len=4, filter=0x200}) = 0', 'Restricted its system calls with a filter of 4 instructions.'],
    ['process_vm_readv', [3, 0x100, 1, 0x200, 1, 0], 2, [put(0x100, 0x300, 8), put(0x200, 0x900, 8), { addr: 0x300, bytes: 'ab' }], 'process_vm_readv(3, [{iov_base="ab", iov_len=8}], 1, [{iov_base=0x900, iov_len=8}], 1, 0) = 2', 'Copied 2 bytes from the memory of task 3.'],
    ['getpgid', [0], 2, [], 'getpgid(0) = 2', 'Asked for the process group of itself.'],
    ['exit_group', [3], 0, [], 'exit_group(3) = 0', 'Ended its process with 3.'],
  ])('%s%j = %i', ([name, args, ret, captures, line, sentence]) => {
    const found = called(name, args, ret, captures)
    expect(found.line).toBe(line)
    if (sentence !== '') expect(found.sentence).toBe(sentence)
  })

  test('names the call that restart_syscall goes on with', () => {
    const b = new TraceBuilder()
    b.birth(2, 1, 'nap')
    const nap = b.entry(2, LINUX_NR.nanosleep, [0x100, 0], { arch, captures: [time(0x100, 1, 0)] })
    b.exit(nap, -516, { arch })
    const again = b.entry(2, LINUX_NR.restart_syscall, [], { arch, flags: Flag.restarted })
    b.exit(again, 0, { arch })
    const trace = b.build()
    expect(eventLineText(trace, again)).toBe('restart_syscall(<... resuming interrupted nanosleep ...> …')
    expect([...straceLines(trace)].at(-1)).toBe('restart_syscall(<... resuming interrupted nanosleep ...>) = 0')
    expect(say(trace, again)).toBe('Is about to resume its interrupted nanosleep. It has not run yet.')
  })
})

describe('an event', () => {
  const b = new TraceBuilder()
  b.birth(1, 0, 'tracer.ts')
  b.birth(2, 1, 'sh')
  const child = b.birth(3, 2, 'sh')
  const forked = b.event(2, PTRACE_EVENT.PTRACE_EVENT_FORK, 3)
  const stop = b.signal(3, SIGNAL.SIGSTOP)
  const exec = b.birth(3, 2, 'ls', ['ls', '-l'], Flag.exec)
  const execed = b.event(3, PTRACE_EVENT.PTRACE_EVENT_EXEC, 3)
  const group = b.group(3, SIGNAL.SIGSTOP)
  const trap = b.group(3, SIGNAL.SIGTRAP)
  const thread = b.birth(4, 3, 'ls', ['ls'], Flag.thread)
  const done = b.event(2, PTRACE_EVENT.PTRACE_EVENT_VFORK_DONE, 3)
  const refused = b.event(2, PTRACE_EVENT.PTRACE_EVENT_SECCOMP, 7)
  const chld = b.signal(2, SIGNAL.SIGCHLD, { code: CLD.CLD_EXITED, pid: 3, addr: 7 })
  const step = b.signal(2, SIGNAL.SIGTRAP, { code: TRAP_TRACE })
  const sys = b.signal(2, SIGNAL.SIGSYS, { code: SYS_SECCOMP, refused: { nr: LINUX_NR.getpid, arch: ARCH_LINUX } })
  const segv = b.signal(2, SIGNAL.SIGSEGV, { code: 1 })
  const own = b.signal(2, SIGNAL.SIGUSR1, { code: SI.SI_TKILL, pid: 2 })
  const trace = b.build()
  test.for([
    [child, '+++ born as sh, child of 2 +++', 'Begins as sh, a child of task 2.'],
    [forked, '--- PTRACE_EVENT_FORK, child 3 ---', 'Has a child, task 3, and is stopped inside the call that made it.'],
    [stop, '--- SIGSTOP {si_signo=SIGSTOP, si_code=SI_USER, si_pid=0, si_uid=0} ---', 'Is stopped by the SIGSTOP that every new child of a tracee begins with.'],
    [exec, '+++ executes ls -l +++', 'Runs another program from here on: ls -l.'],
    [execed, '--- PTRACE_EVENT_EXEC, former tid 3 ---', 'Runs a new program, and is stopped inside the call that started it.'],
    [group, '--- stopped by SIGSTOP ---', 'Has been stopped by SIGSTOP, with its whole process. SIGCONT lets it go on.'],
    [trap, '--- PTRACE_EVENT_STOP, new child ---', 'Is stopped (PTRACE_EVENT_STOP): new child.'],
    [thread, '+++ born as a thread of 3 +++', 'Begins as a thread of process 3, whose memory and descriptors it shares.'],
    [done, '--- PTRACE_EVENT_VFORK_DONE, child 3 ---', 'May go on: its child, task 3, has ended or runs another program.'],
    [refused, '--- PTRACE_EVENT_SECCOMP, data 7 ---', 'A seccomp filter handed the call to the tracer, with data 7.'],
    [chld, '--- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=3, si_uid=0, si_status=7} ---', 'Is about to receive SIGCHLD (CLD_EXITED): its child, task 3, has exited with 7. The tracer decides whether it does; without a handler it is ignored.'],
    [step, '--- SIGTRAP {si_signo=SIGTRAP, si_code=TRAP_TRACE, si_addr=NULL} ---', 'Has made one step (SIGTRAP, TRAP_TRACE), and is stopped again.'],
    [sys, '--- SIGSYS {si_signo=SIGSYS, si_code=SYS_SECCOMP, si_call_addr=NULL, si_syscall=__NR_getpid, si_arch=linux} ---', 'A seccomp filter refused its call: it is about to receive SIGSYS. The tracer decides whether it does; without a handler it ends the process.'],
    [segv, '--- SIGSEGV {si_signo=SIGSEGV, si_code=SEGV_MAPERR, si_addr=NULL} ---', 'Is about to receive SIGSEGV (SEGV_MAPERR). The tracer decides whether it does; without a handler it ends the process.'],
    [own, '--- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_TKILL, si_pid=2, si_uid=0} ---', 'Is about to receive SIGUSR1 (SI_TKILL, sent by itself). The tracer decides whether it does; without a handler it ends the process.'],
  ] as const)('%i reads %s', ([seq, line, sentence]) => {
    expect(eventLineText(trace, seq)).toBe(line)
    expect(say(trace, seq)).toBe(sentence)
  })
})

describe('of a call of the table linux', () => {
  const memory = new Uint8Array(0x1000)
  const peek: Peek = (addr, length) => (addr >= 0 && addr + length <= memory.length ? memory.subarray(addr, addr + length) : undefined)
  const collect = (name: Name, args: readonly number[], exit = false): readonly (readonly [number, number])[] => {
    const found: [number, number][] = []
    const sink = { add: (addr: number, length: number): void => void found.push([addr, length]) }
    const row = linuxByName.get(name)
    if (row !== undefined && exit) captureExit(row, halvesOf(args), true, peek, sink, 5)
    else if (row !== undefined) captureEntry(row, halvesOf(args), peek, sink)
    return found
  }
  test('the structures that it reads are kept at its entry, and none behind NULL', () => {
    expect(collect('nanosleep', [0x100, 0x200])).toEqual([[0x100, 16]])
    expect(collect('poll', [0x100, 3, 0])).toEqual([[0x100, 24]])
    expect(collect('rt_sigaction', [10, 0, 0x200, 8])).toEqual([])
    expect(collect('ptrace', [PTRACE.PTRACE_SETSIGINFO, 3, 0, 0x100])).toEqual([[0x100, 128]])
  })
  test('a path, argv and its strings are kept, however they end', () => {
    memory.set(ascii('/bin/ls\0'), 0x100)
    memory.set(words(0x300, 0xfff, 0), 0x200)
    memory.set(ascii('ls\0'), 0x300)
    memory[0xfff] = 0x61
    expect(collect('execve', [0x100, 0x200, 0])).toEqual([[0x100, 8], [0x200, 12], [0x300, 3]])
  })
  test('what a skipped one would have written is kept at its exit', () => {
    expect(collect('wait4', [3, 0x100, 0, 0], true)).toEqual([[0x100, 4]])
    expect(collect('read', [0, 0x100, 80], true)).toEqual([[0x100, 5]])
    expect(collect('poll', [0x100, 1, 0], true)).toEqual([[0x100, 8]])
  })
})
