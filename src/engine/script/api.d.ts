/**
 * What a tracer script can import. Quotations are from the manual pages ptrace(2), wait(2), signal(7) and from
 * Renzo Davoli's mail "[PATCH 0/1] ptrace_vm" (LKML, 16 June 2008).
 */
declare module "ptrace" {
  // ── The comfortable level: a loop over stops ────────────────────────────────────────────────

  /** What `trace` does besides stopping at calls. */
  export interface TraceOptions {
    /**
     * `"syscall"` (default): PTRACE_SYSCALL, a stop at the entry and at the exit of each call. `"sysemu"`:
     * PTRACE_SYSEMU, entry stops only, and no call is run. `"signals"`: PTRACE_CONT, calls do not stop.
     */
    mode?: "syscall" | "sysemu" | "signals"
    /**
     * Trace children too, as `strace -f`: PTRACE_O_TRACEFORK, VFORK, CLONE, VFORKDONE, EXEC and EXIT are set. The loop
     * then has the stops of all of them, each with its `pid`, and stops of the kinds `fork`, `vfork`, `clone`,
     * `vfork-done`, `exec` and `exit`.
     */
    follow?: boolean
    /** More PTRACE_O_ bits: `PTRACE_O_TRACESECCOMP`, … TRACESYSGOOD and EXITKILL are always set. */
    options?: number
  }

  /**
   * Traces one or several tasks: a loop over their stops. After each turn of the loop the task is resumed as the
   * body decided (`skip`, `skipExit`, `deliver`, …), by default with PTRACE_SYSCALL. The loop ends when all have
   * ended. A `break` leaves the task of the last stop stopped.
   *
   * ```ts
   * for await (const stop of trace(spawn("cat"))) {
   *   if (stop.kind === "syscall-exit") console.log(stop.line)
   * }
   * ```
   *
   * A task that `spawn` started became a tracee by PTRACE_TRACEME. One that it left "stopped", and any other, is seized
   * (PTRACE_SEIZE); only such a task can be left in a group-stop (`listen`).
   */
  export function trace(pid: number | readonly number[], options?: TraceOptions): AsyncGenerator<Stop, void, undefined>

  /** A stop of a tracee. The tracee stands still until the body of the loop ends. */
  export interface Stop {
    /**
     * What stopped it.
     *
     * | kind | it is | ptrace(2) says |
     * |---|---|---|
     * | `syscall-entry`, `syscall-exit` | before and after a call | syscall-stops |
     * | `signal` | before a signal is delivered: `signal`, `info`, `setInfo`, `deliver`, `suppress` | signal-delivery-stop |
     * | `step` | after `step()` or `stepBlock()`: `pc`, `function` | a SIGTRAP with si_code TRAP_TRACE (TRAP_BRKPT where a call was stepped over) |
     * | `group` | stopped as by Ctrl-Z: `signal`, `listen` | group-stop |
     * | `fork`, `vfork`, `clone` | before it returns: `child` | PTRACE_EVENT_FORK, VFORK, CLONE |
     * | `vfork-done` | the child has called exec or has ended: `child` | PTRACE_EVENT_VFORK_DONE |
     * | `exec` | the new program is there; `message`: the thread id that called | PTRACE_EVENT_EXEC; without the option a SIGTRAP |
     * | `exit` | before its end, when memory and registers are still there; `message`: the status | PTRACE_EVENT_EXIT |
     * | `seccomp` | a filter said SECCOMP_RET_TRACE; `message`: its data; `call`, `skip`, `rewrite` | PTRACE_EVENT_SECCOMP |
     * | `trap` | PTRACE_INTERRUPT, or a SIGCONT of a seized task | PTRACE_EVENT_STOP |
     * | `exited`, `killed` | the end; there is nothing left to resume | |
     */
    readonly kind:
      | "syscall-entry" | "syscall-exit" | "signal" | "step" | "group" | "fork" | "vfork" | "clone" | "vfork-done" | "exec"
      | "exit" | "seccomp" | "trap" | "exited" | "killed"
    /** Whose stop it is: with `follow` a child’s, too. */
    readonly pid: number
    /** The name of the program. */
    readonly task: string
    /** As waitpid(2) answered it. */
    readonly status: number
    /** Number of the signal of a `signal`, `step`, `group` or `killed` stop. */
    readonly signal: number | undefined
    /** `"PTRACE_EVENT_FORK"`, … of a stop that is an event. */
    readonly event: string | undefined
    /** “a message (as an unsigned long) about the ptrace event that just happened”: PTRACE_GETEVENTMSG. */
    readonly message: number | undefined
    /** At `fork`, `vfork`, `clone` and `vfork-done`: the pid of the child (of a thread: its id). */
    readonly child: number | undefined
    /** PTRACE_GETSIGINFO: “information about the signal that caused the stop”, a copy. EINVAL in a `group` stop of a task that was not seized. */
    readonly info: siginfo_t
    /** PTRACE_SETSIGINFO: changes what the signal says of itself before it is delivered: `stop.setInfo({ si_value: 7 })`. */
    setInfo(values: Partial<Omit<siginfo_t, typeof structure>>): void
    /** At a `step`: the offset in the module’s code section of the instruction that is next. 0 before the first step. */
    readonly pc: number
    /** At a `step`: the function that `pc` is in, by the module’s name section; without a name there `"func[12]"`. */
    readonly function: string | undefined
    /**
     * At a `step`: the locals of that function, parameters first, at most 64 (PTRACE_GETREGSET with NT_WASM_LOCALS).
     * They cannot be set. At other stops there are none.
     */
    readonly locals: readonly Local[]
    /** Exit code of an `exited` stop. */
    readonly code: number | undefined
    /** The stop as strace prints it; at an exit the whole call. */
    readonly line: string
    /** The call of a `syscall-entry`, `syscall-exit` or `seccomp` stop, decoded. */
    readonly call: Call
    readonly memory: Memory
    /** PTRACE_GETREGS: a copy; `set` and `result` change the task. */
    readonly registers: user_regs_struct
    /**
     * The result register. At an exit it is what the call returned, at an entry what a *skipped* call will return.
     * In preview1 0 is success and everything else an errno.
     */
    result: number
    /** The same as a method. */
    setResult(value: number): void
    /**
     * PTRACE_VM_SKIPCALL: does not run the call, which returns `result` (0: success). There is no exit stop. At a
     * `seccomp` stop the call’s number becomes −1, as seccomp(2) has it: there is an exit stop then.
     */
    skip(result?: number): void
    /** As `skip`, but the call fails: `stop.fail(ENOSPC)`. */
    fail(errno: number | string): void
    /** PTRACE_VM_SKIPEXIT: runs the call, but makes no exit stop. */
    skipExit(): void
    /** Puts numbers into arguments by name: `stop.set({ fd: 2 })`. */
    set(args: Record<string, number | bigint>): void
    /**
     * Gives arguments other values, by name. Numbers go into the registers; a path, or what a write writes, is put
     * below the stack (`scratch`), and pointer and length are set: `stop.rewrite({ path: "/etc/motd" })`.
     */
    rewrite(args: Record<string, number | bigint | string | ArrayBufferView | ArrayLike<number>>): void
    /** Puts bytes into free space below the stack pointer and answers their address: room for a longer path or buffer. */
    scratch(bytes: string | ArrayBufferView | ArrayLike<number>): number
    /** Delivers this signal when it is resumed, instead of the one that stopped it. */
    deliver(signo: number): void
    /** Delivers no signal. */
    suppress(): void
    /** Runs one instruction and stops again, with the kind `step`: PTRACE_SINGLESTEP (with the mode `"sysemu"` PTRACE_SYSEMU_SINGLESTEP). */
    step(): void
    /** Runs to the end of the basic block and stops again, with the kind `step`: PTRACE_SINGLEBLOCK. */
    stepBlock(): void
    /**
     * At a `group` stop: leaves it stopped, as job control wants it, until SIGCONT (PTRACE_LISTEN). Of a task that was
     * seized the loop does so by itself; `resume()` lets it run all the same. Others run on: they cannot be left stopped.
     */
    listen(): void
    /** Resumes it now instead of after the body: `stop.resume(PTRACE_CONT)`. */
    resume(request?: number, how?: { tags?: number; signal?: number }): void
    /** PTRACE_DETACH: lets it go. */
    detach(signo?: number): void
    /** SIGKILL. */
    kill(): void
  }

  /** A local of the function that a task stands in at a step. */
  export interface Local {
    /** Parameters first, from 0. */
    readonly index: number
    readonly type: "i32" | "i64" | "f32" | "f64" | "v128" | "funcref" | "externref" | "exnref"
    /** An i64 is a bigint, and so is a v128, unsigned. Of a reference 0 where it is null, else 1. */
    readonly value: number | bigint
  }

  /** A call, decoded. */
  export interface Call {
    /** `fd_write` */
    readonly name: string
    readonly nr: number
    /** The table that the number belongs to: `wasi_snapshot_preview1` or `linux`. */
    readonly arch: string
    /** `file`, `desc`, `process`, `time`, `random` or `socket`. */
    readonly class: string
    /** The arguments by name: of an input what it points to, of an output its address. */
    readonly args: Args
    /** The argument registers by name: of a pointer the address. */
    readonly raw: Readonly<Record<string, number>>
    /** At an exit, what the call wrote, by argument. */
    readonly out: Readonly<Record<string, unknown>>
    /** At an exit: the result register. */
    readonly ret: number | undefined
    /** At an exit: `"ENOSPC"`, if the call failed. */
    readonly error: string | undefined
  }

  /** One buffer of an `iovs`. */
  export interface Vector {
    /** Address. */
    readonly buf: number
    /** Bytes. */
    readonly buf_len: number
    /** The bytes as UTF-8 text, where they are to be read: at the entry of a write, at the exit of a read. */
    readonly text: string
  }

  /** One thing that poll_oneoff waits for: a time, or a descriptor. */
  export interface Subscription {
    readonly userdata: bigint
    readonly tag: number
    readonly fd: number
    readonly id: number
    readonly timeout: bigint
    readonly precision: bigint
    readonly flags: number
  }

  /**
   * Arguments by their names in the witx, and, of the table linux, in its manual page. A call has only its own. What
   * the pointers of the table linux point to has a type of its own for each structure, and is `unknown` here.
   */
  export interface Args {
    /** Address of what the call writes. args_get */
    readonly argv: number
    /** Address of what the call writes. args_get */
    readonly argv_buf: number
    /** Address of what the call writes. args_sizes_get */
    readonly argc: number
    /** Address of what the call writes. args_sizes_get */
    readonly argv_buf_size: number
    /** Address of what the call writes. environ_get */
    readonly environ: number
    /** Address of what the call writes. environ_get */
    readonly environ_buf: number
    /** Address of what the call writes. environ_sizes_get */
    readonly environc: number
    /** Address of what the call writes. environ_sizes_get */
    readonly environ_buf_size: number
    /** clock_res_get, clock_time_get */
    readonly id: number
    /** Address of what the call writes. clock_res_get */
    readonly resolution: number
    /** clock_time_get */
    readonly precision: number
    /** Address of what the call writes. clock_time_get */
    readonly time: number
    /** fd_advise, fd_allocate, fd_close, fd_datasync, fd_fdstat_get, … */
    readonly fd: number
    /** fd_advise, fd_allocate, fd_pread, fd_pwrite, fd_seek, … */
    readonly offset: number
    /** fd_advise, fd_allocate */
    readonly len: number
    /** fd_advise */
    readonly advice: number
    /** Address of what the call writes. fd_fdstat_get */
    readonly stat: number
    /** fd_fdstat_set_flags, path_filestat_get, path_filestat_set_times, sock_accept */
    readonly flags: number
    /** fd_fdstat_set_rights, path_open */
    readonly fs_rights_base: bigint
    /** fd_fdstat_set_rights, path_open */
    readonly fs_rights_inheriting: bigint
    /** Address of what the call writes. fd_filestat_get, fd_prestat_get, fd_readdir, path_filestat_get, path_readlink, … */
    readonly buf: number
    /** fd_filestat_set_size */
    readonly size: number
    /** fd_filestat_set_times, path_filestat_set_times */
    readonly atim: bigint
    /** fd_filestat_set_times, path_filestat_set_times */
    readonly mtim: bigint
    /** fd_filestat_set_times, path_filestat_set_times */
    readonly fst_flags: number
    /** fd_pread, fd_pwrite, fd_read, fd_write */
    readonly iovs: readonly Vector[]
    /** fd_pread, fd_pwrite, fd_read, fd_write */
    readonly iovs_len: number
    /** Address of what the call writes. fd_pread, fd_read */
    readonly nread: number
    /** fd_prestat_dir_name, path_create_directory, path_filestat_get, path_filestat_set_times, path_open, … */
    readonly path: string
    /** fd_prestat_dir_name, path_create_directory, path_filestat_get, path_filestat_set_times, path_open, … */
    readonly path_len: number
    /** Address of what the call writes. fd_pwrite, fd_write */
    readonly nwritten: number
    /** fd_readdir, path_readlink, random_get */
    readonly buf_len: number
    /** fd_readdir */
    readonly cookie: number
    /** Address of what the call writes. fd_readdir, path_readlink */
    readonly bufused: number
    /** fd_renumber */
    readonly to: number
    /** fd_seek */
    readonly whence: number
    /** Address of what the call writes. fd_seek */
    readonly newoffset: number
    /** path_link */
    readonly old_fd: number
    /** path_link */
    readonly old_flags: number
    /** path_link, path_rename, path_symlink */
    readonly old_path: string
    /** path_link, path_rename, path_symlink */
    readonly old_path_len: number
    /** path_link, path_rename */
    readonly new_fd: number
    /** path_link, path_rename, path_symlink */
    readonly new_path: string
    /** path_link, path_rename, path_symlink */
    readonly new_path_len: number
    /** path_open */
    readonly dirflags: number
    /** path_open */
    readonly oflags: number
    /** path_open */
    readonly fdflags: number
    /** Address of what the call writes. path_open */
    readonly opened_fd: number
    /** poll_oneoff */
    readonly in: readonly Subscription[]
    /** Address of what the call writes. poll_oneoff */
    readonly out: number
    /** poll_oneoff */
    readonly nsubscriptions: number
    /** Address of what the call writes. poll_oneoff */
    readonly nevents: number
    /** proc_exit */
    readonly rval: number
    /** proc_raise */
    readonly sig: number
    /** Address of what the call writes. sock_accept */
    readonly ro_fd: number
    /** sock_recv */
    readonly ri_data: readonly Vector[]
    /** sock_recv */
    readonly ri_data_len: number
    /** sock_recv */
    readonly ri_flags: number
    /** Address of what the call writes. sock_recv */
    readonly ro_datalen: number
    /** Address of what the call writes. sock_recv */
    readonly ro_flags: number
    /** sock_send */
    readonly si_data: readonly Vector[]
    /** sock_send */
    readonly si_data_len: number
    /** sock_send */
    readonly si_flags: number
    /** Address of what the call writes. sock_send */
    readonly so_datalen: number
    /** sock_shutdown */
    readonly how: number
    /** linux: read, write */
    readonly count: number
    /** linux: poll */
    readonly fds: unknown
    /** linux: poll */
    readonly nfds: number
    /** linux: poll, futex, rt_sigtimedwait */
    readonly timeout: number
    /** linux: dup, dup2, dup3 */
    readonly oldfd: number
    /** linux: dup2, dup3 */
    readonly newfd: number
    /** linux: pipe, pipe2 */
    readonly pipefd: unknown
    /** linux: fcntl */
    readonly cmd: number
    /** linux: fcntl, clone */
    readonly arg: number
    /** linux: ioctl, clock_nanosleep, ptrace */
    readonly request: number
    /** linux: ioctl */
    readonly argp: unknown
    /** linux: clock_gettime, clock_nanosleep */
    readonly clockid: number
    /** linux: clock_gettime */
    readonly tp: unknown
    /** linux: clock_nanosleep, nanosleep */
    readonly remain: unknown
    /** linux: nanosleep */
    readonly duration: unknown
    /** linux: getrandom */
    readonly buflen: number
    /** linux: futex */
    readonly uaddr: number
    /** linux: futex */
    readonly futex_op: number
    /** linux: futex */
    readonly val: number
    /** linux: futex */
    readonly uaddr2: number
    /** linux: futex */
    readonly val3: number
    /** linux: clone */
    readonly stack: number
    /** linux: clone */
    readonly parent_tid: unknown
    /** linux: clone */
    readonly tls: number
    /** linux: clone */
    readonly child_tid: unknown
    /** linux: clone */
    readonly fn: number
    /** linux: execve, execveat */
    readonly envp: unknown
    /** linux: execveat */
    readonly dirfd: number
    /** linux: exit, exit_group, wait4 */
    readonly status: number
    /** linux: wait4, setpgid, getpgid, getsid, kill, … */
    readonly pid: number
    /** linux: wait4, waitid */
    readonly options: number
    /** linux: wait4, waitid */
    readonly rusage: unknown
    /** linux: waitid */
    readonly idtype: number
    /** linux: waitid, rt_sigtimedwait, rt_sigqueueinfo */
    readonly info: unknown
    /** linux: set_tid_address */
    readonly tidptr: number
    /** linux: setpgid */
    readonly pgid: number
    /** linux: prctl */
    readonly option: number
    /** linux: prctl */
    readonly arg2: number
    /** linux: prctl */
    readonly arg3: number
    /** linux: prctl */
    readonly arg4: number
    /** linux: prctl */
    readonly arg5: number
    /** linux: tkill, tgkill */
    readonly tid: number
    /** linux: tgkill, rt_sigqueueinfo */
    readonly tgid: number
    /** linux: rt_sigaction */
    readonly signum: number
    /** linux: rt_sigaction */
    readonly act: unknown
    /** linux: rt_sigaction */
    readonly oldact: unknown
    /** linux: rt_sigaction, rt_sigprocmask, rt_sigpending, rt_sigtimedwait, rt_sigsuspend */
    readonly sigsetsize: number
    /** linux: rt_sigprocmask, rt_sigpending, rt_sigtimedwait */
    readonly set: unknown
    /** linux: rt_sigprocmask */
    readonly oldset: unknown
    /** linux: rt_sigsuspend */
    readonly mask: unknown
    /** linux: sigaltstack */
    readonly ss: unknown
    /** linux: sigaltstack */
    readonly old_ss: unknown
    /** linux: alarm */
    readonly seconds: number
    /** linux: setitimer */
    readonly which: number
    /** linux: setitimer */
    readonly new_value: unknown
    /** linux: setitimer */
    readonly old_value: unknown
    /** linux: ptrace */
    readonly addr: number
    /** linux: ptrace */
    readonly data: number
    /** linux: process_vm_readv, process_vm_writev */
    readonly local_iov: unknown
    /** linux: process_vm_readv, process_vm_writev */
    readonly liovcnt: number
    /** linux: process_vm_readv, process_vm_writev */
    readonly remote_iov: unknown
    /** linux: process_vm_readv, process_vm_writev */
    readonly riovcnt: number
    /** linux: seccomp */
    readonly operation: number
    /** linux: seccomp */
    readonly args: unknown
  }

  /** Memory of a stopped task. Addresses are in bytes, numbers little-endian; a bad address throws EFAULT. */
  export interface Memory {
    /** A copy of `length` bytes: process_vm_readv(2). */
    read(addr: number, length: number): Uint8Array
    /** Writes bytes, or text as UTF-8 without a NUL: process_vm_writev(2). */
    write(addr: number, bytes: string | ArrayBufferView | ArrayLike<number>): void
    /** Text of `length` bytes, or up to a NUL. */
    readString(addr: number, length?: number): string
    u8(addr: number): number
    u16(addr: number): number
    u32(addr: number): number
    u64(addr: number): bigint
    setU8(addr: number, value: number): void
    setU16(addr: number, value: number): void
    setU32(addr: number, value: number): void
    setU64(addr: number, value: number | bigint): void
  }

  /** What the methods of a stop throw when the kernel says no: an errno with a sentence. */
  export class PtraceError extends Error {
    readonly errno: number
    /** `"ESRCH"` */
    readonly code: string
    /** Why, in a sentence, and what to do. */
    readonly why: string
    readonly cure: string
  }

  // ── The level above: rules instead of a loop ────────────────────────────────────────────────

  /**
   * A *partial virtual machine*, as umview makes them: rules say, call by call, what is real. Each call stops once, at
   * its entry, and its rule decides:
   *
   * | umview’s words | here | tag |
   * |---|---|---|
   * | run silently | `call.run()`, or no rule | PTRACE_VM_SKIPEXIT, 2 |
   * | run, and tell me | `call.run({ then(result) { … } })` | 0 |
   * | run with changed arguments | `call.rewrite({ path })` | 2 |
   * | virtualise | `call.skip(result)` | PTRACE_VM_SKIPCALL, which implies SKIPEXIT: 6 |
   *
   * So there is one stop per call, and a second one only where somebody asked for it: fewer stops are the whole point
   * of PTRACE_VM. Nothing that a rule does not mention is different from the real world.
   *
   * ```ts
   * await virtualize("cat", {
   *   path_open: { when: { path: /secret/ }, do: (call) => call.fail(EACCES) },
   *   fd_read(call) {
   *     call.run({ then: ({ out }) => console.log("read", out.nread) })
   *   },
   * })
   * ```
   *
   * Answers how the task ended. With several guests they live in one machine, and the answer is a list.
   */
  export function virtualize(guest: Guest, rules: Rules): Promise<Ended>
  /** The same for several guests under one set of rules: `call.pid` and `call.task` tell them apart. */
  export function virtualize(guests: readonly Guest[], rules: Rules): Promise<readonly Ended[]>

  /** Whom to virtualise: the pid of a task, the name of a program, or how it is started. */
  export type Guest = number | string | { name?: string; argv?: readonly string[]; env?: readonly string[] }

  /** How a task ended. */
  export interface Ended {
    readonly pid: number
    readonly task: string
    /** As waitpid(2) answered it. */
    readonly status: number
    /** Its exit code, unless a signal ended it. */
    readonly code: number | undefined
    /** The signal that ended it. */
    readonly signal: number | undefined
  }

  /** Rules by the name of the call. Of several the first that decides wins; if none does, `default` is asked. */
  export type Rules = { readonly [Name in CallName]?: OneOrMore<Rule<Name>> } & {
    /** For every call that no other rule decided, those of the table linux among them. Without it they run silently: the real world. */
    readonly default?: OneOrMore<Rule<CallName>>
  }
  type OneOrMore<T> = T | readonly T[]

  /** A handler, or one with conditions. */
  export type Rule<Name extends CallName> = Handler<Name> | ConditionalRule<Name>

  /** A handler for those calls of a name whose arguments are as `when` says. */
  export interface ConditionalRule<Name extends CallName> {
    /**
     * All must hold. A value, one of several, a pattern, or a function: `{ fd: [1, 2], path: /^etc\// }`; or one
     * function of the call.
     */
    readonly when?: { readonly [K in keyof CallArgs[Name]]?: Condition<CallArgs[Name][K]> } | ((call: VirtualCall<Name>) => unknown)
    readonly do: Handler<Name>
  }
  export type Condition<T> =
    | (T extends string ? string | RegExp | readonly (string | RegExp)[]
      : T extends number | bigint ? number | bigint | readonly (number | bigint)[]
      : never)
    | ((value: T) => unknown)

  /**
   * Looks at a call that stands at its entry, and decides: `run`, `rewrite`, `skip`, `fail` or `kill`. One that returns
   * without a decision leaves it to the next rule. It may be async, but may await `sleep` only: the task waits so long.
   */
  export type Handler<Name extends CallName> = (call: VirtualCall<Name>) => void | Promise<void>

  /** A call at its entry stop, with its decision. */
  export interface VirtualCall<Name extends CallName = CallName> {
    readonly name: Name
    readonly pid: number
    /** The name of the program. */
    readonly task: string
    /** The arguments by name: of an input what it points to, of an output its address, for `memory` to write to. */
    readonly args: CallArgs[Name]
    /** The argument registers by name: of a pointer the address. */
    readonly raw: Readonly<Record<keyof CallArgs[Name], number>>
    /** The memory of the task, which stands still. */
    readonly memory: Memory
    /** The call as strace prints it before it has run. */
    readonly line: string
    /** The stop itself, for everything that has no word here. */
    readonly stop: Stop
    /** Has it been decided? */
    readonly decided: boolean
    /**
     * Runs it. *Silently* (PTRACE_VM_SKIPEXIT: “run the call, but make no exit stop”) unless an exit stop is asked for
     * by `then`, which is called there, or by `report: true`, for the trace alone.
     */
    run(options?: RunOptions<Name>): void
    /** Runs it with other arguments: `call.rewrite({ path: "etc/motd" })`. A path or a buffer goes below the stack. */
    rewrite(args: NewArgs<Name>, options?: RunOptions<Name>): void
    /**
     * *Virtualises* it (PTRACE_VM_SKIPCALL): it is not run, there is no exit stop, and it returns `result` (0: success).
     * What the guest expects in its memory is written before: `call.memory.setU32(call.args.nwritten, 12)`.
     */
    skip(result?: number): void
    /** Virtualises it as failed: `call.fail(EACCES)`. */
    fail(errno: number | string): void
    /** Ends the task with SIGKILL. */
    kill(): void
  }

  /** What `run` takes. */
  export interface RunOptions<Name extends CallName> {
    /** “Run it and tell me the result”: an exit stop. `then` needs one, and says so by itself. */
    report?: boolean
    /** Called at the exit stop, before the task goes on. It may be async as a handler may. */
    then?: (result: CallOutcome<Name>) => void | Promise<void>
  }

  /** Arguments with new values: numbers, and for paths and buffers their text or bytes. */
  export type NewArgs<Name extends CallName> = {
    readonly [K in keyof CallArgs[Name]]?:
      | number | bigint
      | (CallArgs[Name][K] extends string | readonly Vector[] ? string | ArrayBufferView | ArrayLike<number> : never)
  }

  /** A call that was run, at its exit stop. */
  export interface CallOutcome<Name extends CallName = CallName> {
    readonly name: Name
    readonly pid: number
    readonly task: string
    readonly args: CallArgs[Name]
    readonly raw: Readonly<Record<keyof CallArgs[Name], number>>
    /** What the call wrote, by argument. */
    readonly out: Readonly<Record<string, unknown>>
    /** What it returned: 0, or an errno. */
    readonly ret: number
    /** `"ENOSPC"`, if it failed. */
    readonly error: string | undefined
    readonly memory: Memory
    /** The whole call as strace prints it. */
    readonly line: string
    readonly stop: Stop
    /** Lets it return something else than it did. */
    set(result: number): void
  }

  /** A name of wasi_snapshot_preview1. */
  export type CallName = keyof CallArgs

  /** The 46 calls of wasi_snapshot_preview1, and the arguments that each has. */
  export interface CallArgs {
    /** Fetches the arguments of the program: pointers to `argv`, texts to `argv_buf`. */
    args_get: Pick<Args, "argv" | "argv_buf">
    /** Asks how many arguments there are, and how many bytes they take. */
    args_sizes_get: Pick<Args, "argc" | "argv_buf_size">
    /** Fetches the environment: pointers to `environ`, texts to `environ_buf`. */
    environ_get: Pick<Args, "environ" | "environ_buf">
    /** Asks how many variables there are, and how many bytes they take. */
    environ_sizes_get: Pick<Args, "environc" | "environ_buf_size">
    /** Asks how fine a clock is. */
    clock_res_get: Pick<Args, "id" | "resolution">
    /** Asks a clock for the time: nanoseconds, as a u64 at `time`. */
    clock_time_get: Pick<Args, "id" | "precision" | "time">
    /** Says how a file will be used. */
    fd_advise: Pick<Args, "fd" | "offset" | "len" | "advice">
    /** Makes sure that there is room in a file. */
    fd_allocate: Pick<Args, "fd" | "offset" | "len">
    /** Closes a descriptor. */
    fd_close: Pick<Args, "fd">
    /** Waits until the data of a file is on the disk. */
    fd_datasync: Pick<Args, "fd">
    /** Asks what a descriptor is: type, flags, rights (24 bytes at `stat`). */
    fd_fdstat_get: Pick<Args, "fd" | "stat">
    /** Sets the flags of a descriptor (APPEND, NONBLOCK, …). */
    fd_fdstat_set_flags: Pick<Args, "fd" | "flags">
    /** Takes rights away from a descriptor. */
    fd_fdstat_set_rights: Pick<Args, "fd" | "fs_rights_base" | "fs_rights_inheriting">
    /** fstat: 64 bytes about an open file, at `buf`. */
    fd_filestat_get: Pick<Args, "fd" | "buf">
    /** ftruncate: sets the size of a file. */
    fd_filestat_set_size: Pick<Args, "fd" | "size">
    /** Sets the times of an open file. */
    fd_filestat_set_times: Pick<Args, "fd" | "atim" | "mtim" | "fst_flags">
    /** Reads at an offset, and leaves the position alone. */
    fd_pread: Pick<Args, "fd" | "iovs" | "iovs_len" | "offset" | "nread">
    /** Asks whether a descriptor is a directory that was opened in advance; libc asks from 3 on until EBADF. */
    fd_prestat_get: Pick<Args, "fd" | "buf">
    /** Asks for the name of a directory that was opened in advance. */
    fd_prestat_dir_name: Pick<Args, "fd" | "path_len"> & { readonly path: number }
    /** Writes at an offset, and leaves the position alone. */
    fd_pwrite: Pick<Args, "fd" | "iovs" | "iovs_len" | "offset" | "nwritten">
    /** Reads into the buffers of `iovs`; how much, as a u32 at `nread`. 0: the end. */
    fd_read: Pick<Args, "fd" | "iovs" | "iovs_len" | "nread">
    /** Reads entries of a directory into `buf`, from a `cookie` on; less than `buf_len` means that they are all. */
    fd_readdir: Pick<Args, "fd" | "buf" | "buf_len" | "cookie" | "bufused">
    /** Moves a descriptor to another number, as dup2 and close. */
    fd_renumber: Pick<Args, "fd" | "to">
    /** Moves the position in a file; the new one, as a u64 at `newoffset`. */
    fd_seek: Pick<Args, "fd" | "offset" | "whence" | "newoffset">
    /** Waits until a file is on the disk. */
    fd_sync: Pick<Args, "fd">
    /** Asks for the position in a file: a u64 at `offset`. */
    fd_tell: Pick<Args, "fd" | "offset">
    /** Writes the buffers of `iovs`; how much, as a u32 at `nwritten`. */
    fd_write: Pick<Args, "fd" | "iovs" | "iovs_len" | "nwritten">
    /** mkdir, below the directory `fd`. */
    path_create_directory: Pick<Args, "fd" | "path" | "path_len">
    /** stat: 64 bytes about what `path` names below the directory `fd`, at `buf`. */
    path_filestat_get: Pick<Args, "fd" | "flags" | "path" | "path_len" | "buf">
    /** Sets the times of what `path` names. */
    path_filestat_set_times: Pick<Args, "fd" | "flags" | "path" | "path_len" | "atim" | "mtim" | "fst_flags">
    /** Gives a file another name. */
    path_link: Pick<Args, "old_fd" | "old_flags" | "old_path" | "old_path_len" | "new_fd" | "new_path" | "new_path_len">
    /** Opens what `path` names below the directory `fd`; the new descriptor, as a u32 at `opened_fd`. */
    path_open: Pick<
      Args,
      | "fd" | "dirflags" | "path" | "path_len" | "oflags" | "fs_rights_base" | "fs_rights_inheriting" | "fdflags"
      | "opened_fd"
    >
    /** Asks where a symbolic link leads: text at `buf`, its length as a u32 at `bufused`. */
    path_readlink: Pick<Args, "fd" | "path" | "path_len" | "buf" | "buf_len" | "bufused">
    /** rmdir. */
    path_remove_directory: Pick<Args, "fd" | "path" | "path_len">
    /** Renames, from one directory to another. */
    path_rename: Pick<Args, "fd" | "old_path" | "old_path_len" | "new_fd" | "new_path" | "new_path_len">
    /** Makes a symbolic link. */
    path_symlink: Pick<Args, "old_path" | "old_path_len" | "fd" | "new_path" | "new_path_len">
    /** Removes a name of a file. */
    path_unlink_file: Pick<Args, "fd" | "path" | "path_len">
    /** Waits for a time, or until descriptors can be read or written: also how programs sleep. */
    poll_oneoff: Pick<Args, "in" | "out" | "nsubscriptions" | "nevents">
    /** Ends the program. It does not come back, so it has no exit stop. */
    proc_exit: Pick<Args, "rval">
    /** Sends a signal to the program itself. */
    proc_raise: Pick<Args, "sig">
    /** Lets others run. */
    sched_yield: Record<never, never>
    /** Fills `buf` with random bytes. */
    random_get: Pick<Args, "buf" | "buf_len">
    /** Accepts a connection. */
    sock_accept: Pick<Args, "fd" | "flags" | "ro_fd">
    /** Receives. */
    sock_recv: Pick<Args, "fd" | "ri_data" | "ri_data_len" | "ri_flags" | "ro_datalen" | "ro_flags">
    /** Sends. */
    sock_send: Pick<Args, "fd" | "si_data" | "si_data_len" | "si_flags" | "so_datalen">
    /** Closes one direction of a connection, or both. */
    sock_shutdown: Pick<Args, "fd" | "how">
  }

  // ── The system calls, as C has them ─────────────────────────────────────────────────────────

  /** Where C has a pointer: an address, or a structure, array or string that is copied in before and back after. */
  export type Pointer = number | bigint | null | string | ArrayBufferView | Structure | readonly Structure[]

  /**
   * “The ptrace() system call provides a means by which one process (the tracer) may observe and control the
   * execution of another process (the tracee), and examine and change the tracee's memory and registers.”
   * Answers −1 and sets `errno` if it fails; PEEK requests answer the word.
   */
  export function ptrace(request: number, pid?: number, addr?: Pointer, data?: Pointer): number

  /**
   * “Wait for state changes in a child of the calling process”; pid −1: any. Answers the pid, and stores the status.
   *
   * ```ts
   * const status = new Int()
   * await waitpid(pid, status, 0)
   * if (WIFSTOPPED(status)) …
   * ```
   */
  export function waitpid(pid: number, status?: Int | null, options?: number): Promise<number>
  /** waitpid(−1, status, 0) */
  export function wait(status?: Int | null): Promise<number>
  /** “Send any signal to any process.” */
  export function kill(pid: number, signo: number): number
  /** The script's own pid: it is a process like any other. */
  export function getpid(): number

  export interface SpawnOptions {
    /** Arguments after the program's name; otherwise the recipe's. */
    argv?: readonly string[]
    /** `NAME=value`; otherwise the recipe's. */
    env?: readonly string[]
    /**
     * `"traceme"` (default): the child called PTRACE_TRACEME before it began, and stops at once with SIGTRAP.
     * `"stopped"`: it is stopped by SIGSTOP and traced by nobody yet. `"none"`: it runs.
     */
    trace?: "traceme" | "stopped" | "none"
  }
  /** fork and exec in one: starts a program of the run (its first, without a name) and answers its pid. */
  export function spawn(name?: string | null, options?: SpawnOptions): number
  /** Sleeps on the virtual clock. */
  export function sleep(seconds: number): Promise<number>
  /** Sleeps on the virtual clock. */
  export function usleep(microseconds: number): Promise<number>

  /** Why the last call failed, as a number: `ENOENT`, … */
  export let errno: number
  /** `"No such file or directory"` */
  export function strerror(errno: number): string
  /** `"ENOENT"`, or undefined */
  export function errnoName(errno: number): string | undefined
  /** `"SIGUSR1"` */
  export function strsignal(signo: number): string
  /** A value as `console.log` shows it inside of others. */
  export function inspect(value: unknown): string

  /** “returns true if the child terminated normally” */
  export function WIFEXITED(status: number | Int): boolean
  /** “returns the exit status of the child” */
  export function WEXITSTATUS(status: number | Int): number
  /** “returns true if the child process was terminated by a signal” */
  export function WIFSIGNALED(status: number | Int): boolean
  /** “returns the number of the signal that caused the child process to terminate” */
  export function WTERMSIG(status: number | Int): number
  /** “returns true if the child produced a core dump” */
  export function WCOREDUMP(status: number | Int): boolean
  /** “returns true if the child process was stopped by delivery of a signal … or is being traced” */
  export function WIFSTOPPED(status: number | Int): boolean
  /** “returns the number of the signal which caused the child to stop”; with TRACESYSGOOD SIGTRAP | 0x80 at calls */
  export function WSTOPSIG(status: number | Int): number
  /** “returns true if the child process was resumed by delivery of SIGCONT” */
  export function WIFCONTINUED(status: number | Int): boolean

  // ── Structures ──────────────────────────────────────────────────────────────────────────────

  /** A C structure: named fields over bytes, all zero at first. */
  interface Structure {
    /** Only in the type: a plain object is no structure. */
    readonly [structure]: true
  }
  const structure: unique symbol

  /** An `int` that a call writes into. */
  export class Int implements Structure {
    static readonly size: 4
    constructor(values?: { value?: number })
    readonly [structure]: true
    value: number
  }
  /** An `unsigned long`: 4 bytes. */
  export class Ulong implements Structure {
    static readonly size: 4
    constructor(values?: { value?: number })
    readonly [structure]: true
    value: number
  }
  /** The virtual registers (104 bytes): PTRACE_GETREGS, PTRACE_GETREGSET with NT_PRSTATUS. */
  export class user_regs_struct implements Structure {
    static readonly size: 104
    constructor(values?: Partial<Pick<user_regs_struct, "arch" | "nr" | "ret">>)
    readonly [structure]: true
    /** ARCH_PREVIEW1 or ARCH_LINUX: the table that `nr` belongs to. */
    arch: number
    /** The call's number; −1 at an entry stop: run nothing. */
    nr: number
    /** Nine arguments. 64-bit ones are exact up to 2^53. */
    args: { [index: number]: number; readonly length: 9 }
    /** The result; ENOSYS at an entry stop. */
    ret: number
    /** The program counter: the offset in the module’s code section of the instruction that is next, as the latest step told; 0 before. Cannot be set. */
    pc: number
    /** The stack pointer: of the shadow stack, in linear memory. Cannot be set. */
    sp: number
    /** In place of a frame pointer: how many calls deep the task is, in a build that steps; 0 in others. Cannot be set. */
    fp: number
  }
  /** A local (24 bytes): PTRACE_GETREGSET with NT_WASM_LOCALS gives one after another. */
  export class user_wasm_local implements Structure {
    static readonly size: 24
    constructor(values?: { type?: number; index?: number })
    readonly [structure]: true
    /** 0x7f: i32, 0x7e: i64, 0x7d: f32, 0x7c: f64, 0x7b: v128, 0x70: funcref, 0x6f: externref, 0x69: exnref. */
    type: number
    /** Parameters first, from 0. */
    index: number
    /** The bits, low word first; the second word is that of a v128. Exact up to 2^53. */
    value: { [index: number]: number; readonly length: 2 }
  }
  /** What PTRACE_GET_SYSCALL_INFO answers (88 bytes). */
  export class ptrace_syscall_info implements Structure {
    static readonly size: 88
    constructor(values?: { op?: number })
    readonly [structure]: true
    /** PTRACE_SYSCALL_INFO_ENTRY, EXIT, SECCOMP or NONE: which of the three below is filled. */
    op: number
    flags: number
    arch: number
    instruction_pointer: number
    stack_pointer: number
    readonly entry: { nr: number; args: { [index: number]: number; readonly length: 6 } }
    readonly exit: { rval: number; is_error: number }
    readonly seccomp: { nr: number; args: { [index: number]: number; readonly length: 6 }; ret_data: number }
  }
  /** What PTRACE_GETSIGINFO answers and PTRACE_SETSIGINFO takes (128 bytes, as on a 32-bit Linux). */
  export class siginfo_t implements Structure {
    static readonly size: 128
    constructor(values?: Partial<Omit<siginfo_t, typeof structure>>)
    readonly [structure]: true
    /** “Signal number” */
    si_signo: number
    /** “An errno value”; of seccomp’s SIGSYS the filter’s data. */
    si_errno: number
    /** “Signal code”: SI_USER from kill(2), SI_TKILL, SI_QUEUE; above 0 from the kernel: SI_KERNEL, TRAP_TRACE, CLD_EXITED, … */
    si_code: number
    /** “Sending process ID”; of SIGCHLD the child’s. */
    si_pid: number
    /** “Real user ID of sending process”: 0, for guests run as root. */
    si_uid: number
    /** Of SIGCHLD: “Exit value or signal”. */
    si_status: number
    /** What sigqueue(3) sent with it. */
    si_value: number
    /** Of SIGSEGV, SIGILL, SIGFPE: “Memory location which caused fault”. */
    si_addr: number
    /** Of SIGSYS: “Address of system call instruction”: 0. */
    si_call_addr: number
    /** Of SIGSYS: “Number of attempted system call”. */
    si_syscall: number
    /** Of SIGSYS: “Architecture of attempted system call”: ARCH_PREVIEW1 or ARCH_LINUX. */
    si_arch: number
  }
  /**
   * What PTRACE_PEEKSIGINFO is asked (16 bytes).
   *
   * ```ts
   * const found = [new siginfo_t(), new siginfo_t()]
   * const count = ptrace(PTRACE_PEEKSIGINFO, pid, new ptrace_peeksiginfo_args({ nr: 2 }), found)
   * ```
   */
  export class ptrace_peeksiginfo_args implements Structure {
    static readonly size: 16
    constructor(values?: { off?: number; flags?: number; nr?: number })
    readonly [structure]: true
    /** “Ordinal position in queue at which to start copying signals” */
    off: number
    /** PTRACE_PEEKSIGINFO_SHARED: the queue of the process; 0: that of the thread. */
    flags: number
    /** “Number of signals to copy” */
    nr: number
  }
  /** What PTRACE_SECCOMP_GET_METADATA is asked and answers (16 bytes); `addr` is its size. */
  export class seccomp_metadata implements Structure {
    static readonly size: 16
    constructor(values?: { filter_off?: number })
    readonly [structure]: true
    /** “Input: which filter”: 0 is the one that was installed last. */
    filter_off: number
    /** “Output: filter's flags”: SECCOMP_FILTER_FLAG_LOG or 0. */
    flags: number
  }
  /**
   * An instruction of a seccomp filter, as PTRACE_SECCOMP_GET_FILTER answers it (8 bytes).
   *
   * ```ts
   * const length = ptrace(PTRACE_SECCOMP_GET_FILTER, pid, 0, null)
   * const program = Array.from({ length }, () => new sock_filter())
   * ptrace(PTRACE_SECCOMP_GET_FILTER, pid, 0, program)
   * ```
   */
  export class sock_filter implements Structure {
    static readonly size: 8
    constructor(values?: { code?: number; jt?: number; jf?: number; k?: number })
    readonly [structure]: true
    /** “Actual filter code” */
    code: number
    /** “Jump true” */
    jt: number
    /** “Jump false” */
    jf: number
    /** “Generic multiuse field”; of a BPF_RET the SECCOMP_RET_ action and its data. */
    k: number
  }
  /** A set of signals (8 bytes) for PTRACE_GETSIGMASK and SETSIGMASK: bit n − 1 is signal n. Exact up to signal 53; for all of them take a `BigUint64Array(1)`. */
  export class sigset_t implements Structure {
    static readonly size: 8
    constructor(values?: { value?: number })
    readonly [structure]: true
    value: number
  }
  /** A buffer: where and how long (8 bytes). */
  export class iovec implements Structure {
    static readonly size: 8
    constructor(values?: { iov_base?: Pointer; iov_len?: number })
    readonly [structure]: true
    iov_base: Pointer
    iov_len: number
  }
  /**
   * One request of a PTRACE_MULTI vector (16 bytes).
   *
   * ```ts
   * const path = new Uint8Array(64)
   * ptrace(PTRACE_MULTI, pid, [
   *   new ptrace_multi({ request: PTRACE_PEEKSTRINGDATA, addr, localaddr: path, length: 64 }),
   *   new ptrace_multi({ request: PTRACE_SYSCALL }),
   * ], 2)
   * ```
   */
  export class ptrace_multi implements Structure {
    static readonly size: 16
    constructor(values?: { request?: number; addr?: number; localaddr?: Pointer; length?: number })
    readonly [structure]: true
    /** Any request but PTRACE_MULTI itself. */
    request: number
    /** The request’s `addr`: an address of the tracee, tags, … */
    addr: number
    /** The request’s `data`, or, of PEEK, POKE and the CHARDATA requests, where the bytes go to or come from. */
    localaddr: Pointer
    /** Words of PEEK and POKE (0: one), bytes of the CHARDATA requests; of others ignored. */
    length: number
  }

  // ── Numbers ─────────────────────────────────────────────────────────────────────────────────

  /** “Indicate that this process is to be traced by its parent.” A script is nobody’s child: EPERM. `spawn` lets its child call it. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_TRACEME: 0
  /** “Read a word at the address addr in the tracee’s memory, returning the word as the result of the ptrace() call.” A word has 4 bytes; −1 may be one: look at `errno`. **Unlike Linux:** A word has 4 bytes. Linear memory is all that can be addressed: code is not in it, so there are no breakpoints by patching. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_PEEKTEXT: 1
  /** As PTRACE_PEEKTEXT: there is one address space for both. **Unlike Linux:** A word has 4 bytes. Linear memory is all that can be addressed: code is not in it, so there are no breakpoints by patching. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_PEEKDATA: 2
  /** “Read a word at offset addr in the tracee’s USER area”: here in its registers (`user_regs_struct`). **Unlike Linux:** The user area is `user_regs_struct`, 104 bytes: EIO beyond it, and at what is no multiple of 4. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_PEEKUSER: 3
  /** “Copy the word data to the address addr in the tracee’s memory.” **Unlike Linux:** A word has 4 bytes. Linear memory is all that can be addressed: code is not in it, so there are no breakpoints by patching. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_POKETEXT: 4
  /** As PTRACE_POKETEXT. **Unlike Linux:** A word has 4 bytes. Linear memory is all that can be addressed: code is not in it, so there are no breakpoints by patching. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_POKEDATA: 5
  /** “Copy the word data to offset addr in the tracee’s USER area”: here into its registers. **Unlike Linux:** The user area is `user_regs_struct`, 104 bytes: EIO beyond it, and at what is no multiple of 4. The number, the arguments and the result can be set; arch, pc, sp and fp stay. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_POKEUSER: 6
  /** “Restart the stopped tracee process. If data is nonzero, it is interpreted as the number of a signal to be delivered to the tracee.” Takes the PTRACE_VM tags in `addr`. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_CONT: 7
  /** “Send the tracee a SIGKILL to terminate it.” Deprecated: answers 0 whatever state the tracee is in. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_KILL: 8
  /** “Restart the stopped tracee as for PTRACE_CONT, but arrange for the tracee to be stopped … after execution of a single instruction.” The stop is a SIGTRAP with si_code TRAP_TRACE; `pc` of the registers then says where. Takes the PTRACE_VM tags. **Unlike Linux:** A step is one instruction of WebAssembly. The first makes the task again on a build that steps, which takes its whole past once more; EIO where it cannot be made again. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_SINGLESTEP: 9
  /** “Copy the tracee’s general-purpose registers … to the address data in the tracer.” `data` is a `user_regs_struct`. **Unlike Linux:** The layout is this machine’s own (arch, nr, nine arguments, result, pc, sp, fp). [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_GETREGS: 12
  /** “Modify the tracee’s general-purpose registers from the address data in the tracer.” **Unlike Linux:** The layout is this machine’s own (arch, nr, nine arguments, result, pc, sp, fp). The number, the arguments and the result can be set; arch, pc, sp and fp stay. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_SETREGS: 13
  /** “Attach to the process specified in pid, making it a tracee of the calling process. The tracee is sent a SIGSTOP, but will not necessarily have stopped by the completion of this call.” [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_ATTACH: 16
  /** “Restart the stopped tracee as for PTRACE_CONT, but first detach from it.” [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_DETACH: 17
  /** “Restart the stopped tracee as for PTRACE_CONT, but arrange for the tracee to be stopped at the next entry to or exit from a system call.” With PTRACE_VM_SKIPEXIT or PTRACE_VM_SKIPCALL in `addr` there is no exit stop. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_SYSCALL: 24
  /** “Continue and stop on entry to the next system call, which will not be executed.” Decided about a call before anybody knows which it will be; PTRACE_VM decides in the entry stop. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_SYSEMU: 31
  /** “Continue and stop on entry to the next system call, which will not be executed”, and “single-step if not a system call”. **Unlike Linux:** A step is one instruction of WebAssembly. The first makes the task again on a build that steps, which takes its whole past once more; EIO where it cannot be made again. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_SYSEMU_SINGLESTEP: 32
  /** As PTRACE_SINGLESTEP, but to the end of the basic block: the next branch, call or turn of a loop. **Unlike Linux:** A basic block ends at branches, calls and turns of loops. Asked at a step of a SINGLESTEP it goes on by instructions. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_SINGLEBLOCK: 33
  /** “Set ptrace options from data.” A mask of PTRACE_O_ bits. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_SETOPTIONS: 0x4200
  /** “Retrieve a message (as an unsigned long) about the ptrace event that just happened, placing it at the address data in the tracer.” In syscall stops 1 for an entry, 2 for an exit. **Unlike Linux:** An unsigned long has 4 bytes. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_GETEVENTMSG: 0x4201
  /** “Retrieve information about the signal that caused the stop.” EINVAL in a group-stop. **Unlike Linux:** The 32-bit layout, 128 bytes. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_GETSIGINFO: 0x4202
  /** “Set signal information: copy a siginfo_t structure from the address data in the tracer to the tracee.” The signal is delivered with it, if its number is the one that the resume gives. **Unlike Linux:** The 32-bit layout, 128 bytes. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_SETSIGINFO: 0x4203
  /** “Read the tracee’s registers. addr specifies … the type of registers to be read” (NT_PRSTATUS); “data points to a struct iovec, which describes the destination buffer’s location and length.” **Unlike Linux:** NT_PRSTATUS, and at steps NT_WASM_LOCALS: the locals of the function, 24 bytes each, ENODEV elsewhere. All other sets are EINVAL. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_GETREGSET: 0x4204
  /** “Modify the tracee’s registers. The meaning of addr and data is analogous to PTRACE_GETREGSET.” **Unlike Linux:** NT_PRSTATUS alone: locals are EOPNOTSUPP. The number, the arguments and the result can be set; arch, pc, sp and fp stay. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_SETREGSET: 0x4205
  /** “Attach to the process specified in pid, making it a tracee of the calling process. Unlike PTRACE_ATTACH, PTRACE_SEIZE does not stop the process.” `data` holds options. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_SEIZE: 0x4206
  /** “Stop a tracee … The tracee [must be attached] by PTRACE_SEIZE.” It reports PTRACE_EVENT_STOP. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_INTERRUPT: 0x4207
  /** “Restart the stopped tracee, but prevent it from executing. The resulting state of the tracee is similar to a process which has been stopped by a SIGSTOP.” [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_LISTEN: 0x4208
  /** “Retrieve siginfo_t structures without removing signals from a queue.” `addr` is a `ptrace_peeksiginfo_args`, `data` a list of `siginfo_t`; answers how many were copied. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_PEEKSIGINFO: 0x4209
  /** “Place a copy of the mask of blocked signals in the buffer pointed to by data”; `addr` is its size, 8; `data` a `sigset_t` or a `BigUint64Array(1)`. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_GETSIGMASK: 0x420a
  /** “Change the mask of blocked signals to the value specified in the buffer pointed to by data.” `addr` is its size, 8. SIGKILL and SIGSTOP stay unblocked. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_SETSIGMASK: 0x420b
  /** “Retrieve the tracee’s classic BPF filters”, of which `addr` is the index (0: the latest). `data` is a list of `sock_filter`, or null; answers the number of instructions. ENOENT where there is none. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_SECCOMP_GET_FILTER: 0x420c
  /** Retrieves the flags of a seccomp filter into a `seccomp_metadata`, whose `filter_off` says which; `addr` is its size, 16. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_SECCOMP_GET_METADATA: 0x420d
  /** “Retrieve information about the system call that caused the stop … placed into the buffer pointed by the data argument”, a `ptrace_syscall_info`; `addr` is its size, 88. The result is how many bytes there are. **Unlike Linux:** `arch` is ARCH_PREVIEW1 or ARCH_LINUX; instruction_pointer is 0. Of path_open, which has nine arguments, the last three are in the registers only. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_GET_SYSCALL_INFO: 0x420e
  /** Restartable sequences: no guest has them. **Unlike Linux:** EIO: guests have no restartable sequences. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_GET_RSEQ_CONFIGURATION: 0x420f
  /** Syscall user dispatch: no guest has it. **Unlike Linux:** EIO: calls are told apart there by the address of the code that makes them, and code has none here. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_SET_SYSCALL_USER_DISPATCH_CONFIG: 0x4210
  /** Syscall user dispatch: no guest has it. **Unlike Linux:** EIO, as its opposite. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_GET_SYSCALL_USER_DISPATCH_CONFIG: 0x4211
  /** “Modify information about the system call that caused the stop” (Linux 6.16): number and arguments at an entry, the result at an exit. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_SET_SYSCALL_INFO: 0x4212
  /** Davoli: `addr` is a vector of `ptrace_multi`, `data` their number; runs them in order, stops at the first error, and returns how many ran. “Write registers and resume” is then one request. **Unlike Linux:** Davoli 2006. It goes on after an element that answers a number of bytes, where his patch ended. */
  export const PTRACE_MULTI: 0x4300
  /** Davoli, only as an element of PTRACE_MULTI: copies `length` bytes from the tracee’s `addr` to `localaddr`, a `Uint8Array`. Alone it is EIO. **Unlike Linux:** An element of PTRACE_MULTI. A range that is not wholly inside the memory is EIO. */
  export const PTRACE_PEEKCHARDATA: 0x4301
  /** Davoli, only as an element of PTRACE_MULTI: copies `length` bytes of `localaddr`, a string or a `Uint8Array`, to the tracee’s `addr`. Alone it is EIO. **Unlike Linux:** An element of PTRACE_MULTI. A range that is not wholly inside the memory is EIO. */
  export const PTRACE_POKECHARDATA: 0x4302
  /** Davoli, only as an element of PTRACE_MULTI: copies a string of at most `length` bytes, with its NUL, from the tracee’s `addr` to `localaddr`. Alone it is EIO. **Unlike Linux:** An element of PTRACE_MULTI. */
  export const PTRACE_PEEKSTRINGDATA: 0x4303
  /** Davoli 2006: PTRACE_SYSCALL with PTRACE_SYSVM_ tags in `addr`. PTRACE_VM replaced it: “no new requests, two tags”. **Unlike Linux:** Its number was 33, which x86 gives to PTRACE_SINGLEBLOCK. */
  export const PTRACE_SYSVM: 0x4310
  /** “When delivering system call traps, set bit 7 in the signal number (i.e., deliver SIGTRAP|0x80). This makes it easy for the tracer to distinguish normal traps from those caused by a system call.” [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_O_TRACESYSGOOD: 1
  /** “Stop the tracee at the next fork(2) and automatically start tracing the newly forked process.” [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_O_TRACEFORK: 2
  /** “Stop the tracee at the next vfork(2) and automatically start tracing the newly vforked process.” [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_O_TRACEVFORK: 4
  /** “Stop the tracee at the next clone(2) and automatically start tracing the newly cloned process.” **Unlike Linux:** CLONE_PTRACE and CLONE_UNTRACED change nothing. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_O_TRACECLONE: 8
  /** “Stop the tracee at the next execve(2).” Without it, exec sends the tracee a SIGTRAP. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_O_TRACEEXEC: 16
  /** “Stop the tracee at the completion of the next vfork(2).” [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_O_TRACEVFORKDONE: 32
  /** “Stop the tracee at exit … The tracee is stopped early during process exit, when registers are still available.” Its message is the status. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_O_TRACEEXIT: 64
  /** “Stop the tracee when a seccomp(2) SECCOMP_RET_TRACE rule is triggered.” [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_O_TRACESECCOMP: 128
  /** “Send a SIGKILL signal to the tracee if the tracer exits.” [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_O_EXITKILL: 0x100000
  /** “Suspend the tracee’s seccomp protections.” **Unlike Linux:** Everybody has CAP_SYS_ADMIN: who is not under seccomp may set it. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_O_SUSPEND_SECCOMP: 0x200000
  /** “Stop before return from fork(2).” The message is the child’s pid. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_EVENT_FORK: 1
  /** “Stop before return from vfork(2).” The message is the child’s pid. **Unlike Linux:** The parent waits, but memory is not shared. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_EVENT_VFORK: 2
  /** “Stop before return from clone(2).” The message is the child’s pid. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_EVENT_CLONE: 3
  /** “Stop before return from execve(2).” The message is the former thread’s id. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_EVENT_EXEC: 4
  /** “Stop before return from vfork(2), but after the child unblocked this tracee by exiting or execing.” [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_EVENT_VFORK_DONE: 5
  /** “Stop before exit.” The message is the exit status. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_EVENT_EXIT: 6
  /** “Stop triggered by a seccomp(2) rule.” The message is the rule’s data. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_EVENT_SECCOMP: 7
  /** “Stop induced by PTRACE_INTERRUPT command, or group-stop, or initial ptrace-stop when a new child is attached.” [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_EVENT_STOP: 128
  /** ptrace_syscall_info.op: the stop is not about a call. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_SYSCALL_INFO_NONE: 0
  /** ptrace_syscall_info.op: a syscall-entry-stop. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_SYSCALL_INFO_ENTRY: 1
  /** ptrace_syscall_info.op: a syscall-exit-stop. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_SYSCALL_INFO_EXIT: 2
  /** ptrace_syscall_info.op: a PTRACE_EVENT_SECCOMP stop. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_SYSCALL_INFO_SECCOMP: 3
  /** ptrace_peeksiginfo_args.flags: “dump signals from the process-wide signal queue” rather than from the thread’s. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_PEEKSIGINFO_SHARED: 1
  /** What PTRACE_GETEVENTMSG says in a syscall-entry-stop. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_EVENTMSG_SYSCALL_ENTRY: 1
  /** What PTRACE_GETEVENTMSG says in a syscall-exit-stop. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const PTRACE_EVENTMSG_SYSCALL_EXIT: 2
  /** A tag in `addr` of a resume: run the call, but make no exit stop for it. (Davoli, LKML, 16 June 2008) */
  export const PTRACE_VM_SKIPEXIT: 2
  /** A tag in `addr` of a resume from an entry stop: do not run the call, which returns what the result register holds; there is no exit stop either. */
  export const PTRACE_VM_SKIPCALL: 4
  /** The bits of `addr` that are tags; every other bit is ignored. */
  export const PTRACE_VM_MASK: 6
  /** PTRACE_SYSVM’s older tag: do not run the call. Alone it counts as both. */
  export const PTRACE_SYSVM_SKIPCALL: 1
  /** PTRACE_SYSVM’s older tag: no exit stop. */
  export const PTRACE_SYSVM_SKIPEXIT: 2
  /** `arch` in registers and ptrace_syscall_info: a number of wasi_snapshot_preview1. */
  export const ARCH_PREVIEW1: 0x57410001
  /** `arch` in registers and ptrace_syscall_info: a number of the `linux` table. */
  export const ARCH_LINUX: 0x57410002
  /** For PTRACE_GETREGSET: the general-purpose registers. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const NT_PRSTATUS: 1
  /** For PTRACE_GETREGSET, and not in Linux: the locals of the function that a task steps through, a `user_wasm_local` each. ENODEV where it does not stand at a step. */
  export const NT_WASM_LOCALS: 0x5741
  /** siginfo_t.si_code: “Signal sent by kill(2)”. With si_pid 0 it is the SIGSTOP with which a traced child begins. [sigaction(2)](https://man7.org/linux/man-pages/man2/sigaction.2.html) */
  export const SI_USER: 0
  /** siginfo_t.si_code: “Signal sent by the kernel”; also one that a tracer gave when it resumed a syscall stop. [sigaction(2)](https://man7.org/linux/man-pages/man2/sigaction.2.html) */
  export const SI_KERNEL: 0x80
  /** siginfo_t.si_code: “Signal sent by sigqueue(3)”. [sigaction(2)](https://man7.org/linux/man-pages/man2/sigaction.2.html) */
  export const SI_QUEUE: -1
  /** siginfo_t.si_code: “POSIX timer expired”. [sigaction(2)](https://man7.org/linux/man-pages/man2/sigaction.2.html) */
  export const SI_TIMER: -2
  /** siginfo_t.si_code: “Signal sent by tkill(2) or tgkill(2)”, and so by raise(3). [sigaction(2)](https://man7.org/linux/man-pages/man2/sigaction.2.html) */
  export const SI_TKILL: -6
  /** si_code of SIGCHLD: “Child has exited.” [sigaction(2)](https://man7.org/linux/man-pages/man2/sigaction.2.html) */
  export const CLD_EXITED: 1
  /** si_code of SIGCHLD: “Child was killed.” [sigaction(2)](https://man7.org/linux/man-pages/man2/sigaction.2.html) */
  export const CLD_KILLED: 2
  /** si_code of SIGCHLD: “Child terminated abnormally.” [sigaction(2)](https://man7.org/linux/man-pages/man2/sigaction.2.html) */
  export const CLD_DUMPED: 3
  /** si_code of SIGCHLD: “Traced child has trapped.” [sigaction(2)](https://man7.org/linux/man-pages/man2/sigaction.2.html) */
  export const CLD_TRAPPED: 4
  /** si_code of SIGCHLD: “Child has stopped.” [sigaction(2)](https://man7.org/linux/man-pages/man2/sigaction.2.html) */
  export const CLD_STOPPED: 5
  /** si_code of SIGCHLD: “Stopped child has continued.” [sigaction(2)](https://man7.org/linux/man-pages/man2/sigaction.2.html) */
  export const CLD_CONTINUED: 6
  /** si_code of SIGTRAP: “Process breakpoint”; here of a step over a call. [sigaction(2)](https://man7.org/linux/man-pages/man2/sigaction.2.html) */
  export const TRAP_BRKPT: 1
  /** si_code of SIGTRAP: “Process trace trap”: a step. [sigaction(2)](https://man7.org/linux/man-pages/man2/sigaction.2.html) */
  export const TRAP_TRACE: 2
  /** si_code of SIGSYS: “Triggered by a seccomp(2) filter rule”. [sigaction(2)](https://man7.org/linux/man-pages/man2/sigaction.2.html) */
  export const SYS_SECCOMP: 1
  /** seccomp_metadata.flags: “All filter return actions except SECCOMP_RET_ALLOW should be logged.” [seccomp(2)](https://man7.org/linux/man-pages/man2/seccomp.2.html) */
  export const SECCOMP_FILTER_FLAG_LOG: 2
  /** What a filter answers: “immediate termination of the process, with a core dump”. [seccomp(2)](https://man7.org/linux/man-pages/man2/seccomp.2.html) */
  export const SECCOMP_RET_KILL_PROCESS: 0x80000000
  /** What a filter answers: “immediate termination of the thread that made the system call”. [seccomp(2)](https://man7.org/linux/man-pages/man2/seccomp.2.html) */
  export const SECCOMP_RET_KILL_THREAD: 0
  /** What a filter answers: “sending a thread-directed SIGSYS signal to the triggering thread”. [seccomp(2)](https://man7.org/linux/man-pages/man2/seccomp.2.html) */
  export const SECCOMP_RET_TRAP: 0x30000
  /** What a filter answers: the data are “passed to user space as the errno value without executing the system call”. [seccomp(2)](https://man7.org/linux/man-pages/man2/seccomp.2.html) */
  export const SECCOMP_RET_ERRNO: 0x50000
  /** What a filter answers: “Forward the system call to an attached user-space supervisor process”. There are none here: ENOSYS. [seccomp(2)](https://man7.org/linux/man-pages/man2/seccomp.2.html) */
  export const SECCOMP_RET_USER_NOTIF: 0x7fc00000
  /** What a filter answers: “attempt to notify a ptrace(2)-based tracer prior to executing the system call”: PTRACE_EVENT_SECCOMP. [seccomp(2)](https://man7.org/linux/man-pages/man2/seccomp.2.html) */
  export const SECCOMP_RET_TRACE: 0x7ff00000
  /** What a filter answers: “the system call being executed after the filter return action is logged”. [seccomp(2)](https://man7.org/linux/man-pages/man2/seccomp.2.html) */
  export const SECCOMP_RET_LOG: 0x7ffc0000
  /** What a filter answers: “the system call being executed”. [seccomp(2)](https://man7.org/linux/man-pages/man2/seccomp.2.html) */
  export const SECCOMP_RET_ALLOW: 0x7fff0000
  /** The bits of a filter’s answer that are the action. [seccomp(2)](https://man7.org/linux/man-pages/man2/seccomp.2.html) */
  export const SECCOMP_RET_ACTION_FULL: 0xffff0000
  /** The bits of a filter’s answer that are its data. [seccomp(2)](https://man7.org/linux/man-pages/man2/seccomp.2.html) */
  export const SECCOMP_RET_DATA: 0xffff
  /** Hangup. By default it ends the process. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGHUP: 1
  /** Interrupt from keyboard. By default it ends the process. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGINT: 2
  /** Quit from keyboard. By default it ends the process with a core. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGQUIT: 3
  /** Illegal instruction: a guest ran into `unreachable`. By default it ends the process with a core. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGILL: 4
  /** Trace/breakpoint trap. By default it ends the process with a core. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGTRAP: 5
  /** Abort signal from abort(3). By default it ends the process with a core. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGABRT: 6
  /** Bus error (bad memory access). By default it ends the process with a core. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGBUS: 7
  /** Erroneous arithmetic operation. By default it ends the process with a core. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGFPE: 8
  /** Kill signal: cannot be caught, blocked, or ignored. By default it ends the process. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGKILL: 9
  /** User-defined signal 1. By default it ends the process. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGUSR1: 10
  /** Invalid memory reference. By default it ends the process with a core. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGSEGV: 11
  /** User-defined signal 2. By default it ends the process. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGUSR2: 12
  /** Broken pipe: write to pipe with no readers. By default it ends the process. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGPIPE: 13
  /** Timer signal from alarm(2). By default it ends the process. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGALRM: 14
  /** Termination signal. By default it ends the process. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGTERM: 15
  /** Stack fault on coprocessor (unused). By default it ends the process. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGSTKFLT: 16
  /** Child stopped or terminated. By default it is ignored. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGCHLD: 17
  /** Continue if stopped. By default it continues the process. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGCONT: 18
  /** Stop process: cannot be caught, blocked, or ignored. By default it stops the process. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGSTOP: 19
  /** Stop typed at terminal. By default it stops the process. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGTSTP: 20
  /** Terminal input for background process. By default it stops the process. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGTTIN: 21
  /** Terminal output for background process. By default it stops the process. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGTTOU: 22
  /** Urgent condition on socket. By default it is ignored. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGURG: 23
  /** CPU time limit exceeded. By default it ends the process with a core. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGXCPU: 24
  /** File size limit exceeded. By default it ends the process with a core. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGXFSZ: 25
  /** Virtual alarm clock. By default it ends the process. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGVTALRM: 26
  /** Profiling timer expired. By default it ends the process. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGPROF: 27
  /** Window resize signal. By default it is ignored. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGWINCH: 28
  /** I/O now possible. By default it ends the process. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGIO: 29
  /** Power failure. By default it ends the process. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGPWR: 30
  /** Bad system call. By default it ends the process with a core. [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html) */
  export const SIGSYS: 31
  /** Argument list too long. */
  export const E2BIG: 1
  /** Permission denied. */
  export const EACCES: 2
  /** Address in use. */
  export const EADDRINUSE: 3
  /** Address not available. */
  export const EADDRNOTAVAIL: 4
  /** Address family not supported by protocol. */
  export const EAFNOSUPPORT: 5
  /** Resource temporarily unavailable. */
  export const EAGAIN: 6
  /** Operation already in progress. */
  export const EALREADY: 7
  /** Bad file descriptor. */
  export const EBADF: 8
  /** Bad message. */
  export const EBADMSG: 9
  /** Resource busy. */
  export const EBUSY: 10
  /** Operation canceled. */
  export const ECANCELED: 11
  /** No child process. */
  export const ECHILD: 12
  /** Connection aborted. */
  export const ECONNABORTED: 13
  /** Connection refused. */
  export const ECONNREFUSED: 14
  /** Connection reset by peer. */
  export const ECONNRESET: 15
  /** Resource deadlock would occur. */
  export const EDEADLK: 16
  /** Destination address required. */
  export const EDESTADDRREQ: 17
  /** Domain error. */
  export const EDOM: 18
  /** Quota exceeded. */
  export const EDQUOT: 19
  /** File exists. */
  export const EEXIST: 20
  /** Bad address. */
  export const EFAULT: 21
  /** File too large. */
  export const EFBIG: 22
  /** Host is unreachable. */
  export const EHOSTUNREACH: 23
  /** Identifier removed. */
  export const EIDRM: 24
  /** Illegal byte sequence. */
  export const EILSEQ: 25
  /** Operation in progress. */
  export const EINPROGRESS: 26
  /** Interrupted system call. */
  export const EINTR: 27
  /** Invalid argument. */
  export const EINVAL: 28
  /** I/O error. */
  export const EIO: 29
  /** Socket is connected. */
  export const EISCONN: 30
  /** Is a directory. */
  export const EISDIR: 31
  /** Symbolic link loop. */
  export const ELOOP: 32
  /** No file descriptors available. */
  export const EMFILE: 33
  /** Too many links. */
  export const EMLINK: 34
  /** Message too large. */
  export const EMSGSIZE: 35
  /** Multihop attempted. */
  export const EMULTIHOP: 36
  /** Filename too long. */
  export const ENAMETOOLONG: 37
  /** Network is down. */
  export const ENETDOWN: 38
  /** Connection reset by network. */
  export const ENETRESET: 39
  /** Network unreachable. */
  export const ENETUNREACH: 40
  /** Too many open files in system. */
  export const ENFILE: 41
  /** No buffer space available. */
  export const ENOBUFS: 42
  /** No such device. */
  export const ENODEV: 43
  /** No such file or directory. */
  export const ENOENT: 44
  /** Exec format error. */
  export const ENOEXEC: 45
  /** No locks available. */
  export const ENOLCK: 46
  /** Link has been severed. */
  export const ENOLINK: 47
  /** Out of memory. */
  export const ENOMEM: 48
  /** No message of desired type. */
  export const ENOMSG: 49
  /** Protocol not available. */
  export const ENOPROTOOPT: 50
  /** No space left on device. */
  export const ENOSPC: 51
  /** Function not implemented. */
  export const ENOSYS: 52
  /** Socket not connected. */
  export const ENOTCONN: 53
  /** Not a directory. */
  export const ENOTDIR: 54
  /** Directory not empty. */
  export const ENOTEMPTY: 55
  /** State not recoverable. */
  export const ENOTRECOVERABLE: 56
  /** Not a socket. */
  export const ENOTSOCK: 57
  /** Not supported. */
  export const ENOTSUP: 58
  /** Not a tty. */
  export const ENOTTY: 59
  /** No such device or address. */
  export const ENXIO: 60
  /** Value too large for data type. */
  export const EOVERFLOW: 61
  /** Previous owner died. */
  export const EOWNERDEAD: 62
  /** Operation not permitted. */
  export const EPERM: 63
  /** Broken pipe. */
  export const EPIPE: 64
  /** Protocol error. */
  export const EPROTO: 65
  /** Protocol not supported. */
  export const EPROTONOSUPPORT: 66
  /** Protocol wrong type for socket. */
  export const EPROTOTYPE: 67
  /** Result not representable. */
  export const ERANGE: 68
  /** Read-only file system. */
  export const EROFS: 69
  /** Invalid seek. */
  export const ESPIPE: 70
  /** No such process. */
  export const ESRCH: 71
  /** Stale file handle. */
  export const ESTALE: 72
  /** Operation timed out. */
  export const ETIMEDOUT: 73
  /** Text file busy. */
  export const ETXTBSY: 74
  /** Cross-device link. */
  export const EXDEV: 75
  /** Capabilities insufficient. */
  export const ENOTCAPABLE: 76
  /** No data available. */
  export const ENODATA: 200
  /** Wrong medium type. */
  export const EMEDIUMTYPE: 201
  /** No medium found. */
  export const ENOMEDIUM: 202
  /** Device timeout. */
  export const ETIME: 203
  /** Remote I/O error. */
  export const EREMOTEIO: 204
  /** Name not unique on network. */
  export const ENOTUNIQ: 205
  /** Too many users. */
  export const EUSERS: 206
  /** Cannot send after socket shutdown. */
  export const ESHUTDOWN: 207
  /** Host is down. */
  export const EHOSTDOWN: 208
  /** Block device required. */
  export const ENOTBLK: 209
  /** To be restarted if SA_RESTART is set. */
  export const ERESTARTSYS: 512
  /** To be restarted. */
  export const ERESTARTNOINTR: 513
  /** To be restarted if no handler. */
  export const ERESTARTNOHAND: 514
  /** No ioctl command. */
  export const ENOIOCTLCMD: 515
  /** Interrupted by signal. */
  export const ERESTART_RESTARTBLOCK: 516
  /** “Return immediately if no child has exited.” [wait(2)](https://man7.org/linux/man-pages/man2/wait.2.html) */
  export const WNOHANG: 1
  /** “Also return if a child has stopped (but not traced via ptrace(2)).” Tracees need no option. [wait(2)](https://man7.org/linux/man-pages/man2/wait.2.html) */
  export const WUNTRACED: 2
  /** For waitid(2): “Wait for children that have been stopped by delivery of a signal.” [wait(2)](https://man7.org/linux/man-pages/man2/wait.2.html) */
  export const WSTOPPED: 2
  /** For waitid(2): “Wait for children that have terminated.” [wait(2)](https://man7.org/linux/man-pages/man2/wait.2.html) */
  export const WEXITED: 4
  /** “Also return if a stopped child has been resumed by delivery of SIGCONT.” [wait(2)](https://man7.org/linux/man-pages/man2/wait.2.html) */
  export const WCONTINUED: 8
  /** For waitid(2): “Leave the child in a waitable state.” [wait(2)](https://man7.org/linux/man-pages/man2/wait.2.html) */
  export const WNOWAIT: 0x1000000
  /** “Wait for all children, regardless of type.” Tracees need no option. [wait(2)](https://man7.org/linux/man-pages/man2/wait.2.html) */
  export const __WALL: 0x40000000
  /** “Wait for "clone" children only.” [wait(2)](https://man7.org/linux/man-pages/man2/wait.2.html) */
  export const __WCLONE: 0x80000000
  /** “Do not wait for children of other threads in the same thread group.” [wait(2)](https://man7.org/linux/man-pages/man2/wait.2.html) */
  export const __WNOTHREAD: 0x20000000
  /** The number of `args_get(argv, argv_buf)` in wasi_snapshot_preview1. */
  export const SYS_args_get: 0
  /** The number of `args_sizes_get(argc, argv_buf_size)` in wasi_snapshot_preview1. */
  export const SYS_args_sizes_get: 1
  /** The number of `environ_get(environ, environ_buf)` in wasi_snapshot_preview1. */
  export const SYS_environ_get: 2
  /** The number of `environ_sizes_get(environc, environ_buf_size)` in wasi_snapshot_preview1. */
  export const SYS_environ_sizes_get: 3
  /** The number of `clock_res_get(id, resolution)` in wasi_snapshot_preview1. */
  export const SYS_clock_res_get: 4
  /** The number of `clock_time_get(id, precision, time)` in wasi_snapshot_preview1. */
  export const SYS_clock_time_get: 5
  /** The number of `fd_advise(fd, offset, len, advice)` in wasi_snapshot_preview1. */
  export const SYS_fd_advise: 6
  /** The number of `fd_allocate(fd, offset, len)` in wasi_snapshot_preview1. */
  export const SYS_fd_allocate: 7
  /** The number of `fd_close(fd)` in wasi_snapshot_preview1. */
  export const SYS_fd_close: 8
  /** The number of `fd_datasync(fd)` in wasi_snapshot_preview1. */
  export const SYS_fd_datasync: 9
  /** The number of `fd_fdstat_get(fd, stat)` in wasi_snapshot_preview1. */
  export const SYS_fd_fdstat_get: 10
  /** The number of `fd_fdstat_set_flags(fd, flags)` in wasi_snapshot_preview1. */
  export const SYS_fd_fdstat_set_flags: 11
  /** The number of `fd_fdstat_set_rights(fd, fs_rights_base, fs_rights_inheriting)` in wasi_snapshot_preview1. */
  export const SYS_fd_fdstat_set_rights: 12
  /** The number of `fd_filestat_get(fd, buf)` in wasi_snapshot_preview1. */
  export const SYS_fd_filestat_get: 13
  /** The number of `fd_filestat_set_size(fd, size)` in wasi_snapshot_preview1. */
  export const SYS_fd_filestat_set_size: 14
  /** The number of `fd_filestat_set_times(fd, atim, mtim, fst_flags)` in wasi_snapshot_preview1. */
  export const SYS_fd_filestat_set_times: 15
  /** The number of `fd_pread(fd, iovs, iovs_len, offset, nread)` in wasi_snapshot_preview1. */
  export const SYS_fd_pread: 16
  /** The number of `fd_prestat_get(fd, buf)` in wasi_snapshot_preview1. */
  export const SYS_fd_prestat_get: 17
  /** The number of `fd_prestat_dir_name(fd, path, path_len)` in wasi_snapshot_preview1. */
  export const SYS_fd_prestat_dir_name: 18
  /** The number of `fd_pwrite(fd, iovs, iovs_len, offset, nwritten)` in wasi_snapshot_preview1. */
  export const SYS_fd_pwrite: 19
  /** The number of `fd_read(fd, iovs, iovs_len, nread)` in wasi_snapshot_preview1. */
  export const SYS_fd_read: 20
  /** The number of `fd_readdir(fd, buf, buf_len, cookie, bufused)` in wasi_snapshot_preview1. */
  export const SYS_fd_readdir: 21
  /** The number of `fd_renumber(fd, to)` in wasi_snapshot_preview1. */
  export const SYS_fd_renumber: 22
  /** The number of `fd_seek(fd, offset, whence, newoffset)` in wasi_snapshot_preview1. */
  export const SYS_fd_seek: 23
  /** The number of `fd_sync(fd)` in wasi_snapshot_preview1. */
  export const SYS_fd_sync: 24
  /** The number of `fd_tell(fd, offset)` in wasi_snapshot_preview1. */
  export const SYS_fd_tell: 25
  /** The number of `fd_write(fd, iovs, iovs_len, nwritten)` in wasi_snapshot_preview1. */
  export const SYS_fd_write: 26
  /** The number of `path_create_directory(fd, path, path_len)` in wasi_snapshot_preview1. */
  export const SYS_path_create_directory: 27
  /** The number of `path_filestat_get(fd, flags, path, path_len, buf)` in wasi_snapshot_preview1. */
  export const SYS_path_filestat_get: 28
  /** The number of `path_filestat_set_times(fd, flags, path, path_len, atim, mtim, fst_flags)` in wasi_snapshot_preview1. */
  export const SYS_path_filestat_set_times: 29
  /** The number of `path_link(old_fd, old_flags, old_path, old_path_len, new_fd, new_path, new_path_len)` in wasi_snapshot_preview1. */
  export const SYS_path_link: 30
  /** The number of `path_open(fd, dirflags, path, path_len, oflags, fs_rights_base, fs_rights_inheriting, fdflags, opened_fd)` in wasi_snapshot_preview1. */
  export const SYS_path_open: 31
  /** The number of `path_readlink(fd, path, path_len, buf, buf_len, bufused)` in wasi_snapshot_preview1. */
  export const SYS_path_readlink: 32
  /** The number of `path_remove_directory(fd, path, path_len)` in wasi_snapshot_preview1. */
  export const SYS_path_remove_directory: 33
  /** The number of `path_rename(fd, old_path, old_path_len, new_fd, new_path, new_path_len)` in wasi_snapshot_preview1. */
  export const SYS_path_rename: 34
  /** The number of `path_symlink(old_path, old_path_len, fd, new_path, new_path_len)` in wasi_snapshot_preview1. */
  export const SYS_path_symlink: 35
  /** The number of `path_unlink_file(fd, path, path_len)` in wasi_snapshot_preview1. */
  export const SYS_path_unlink_file: 36
  /** The number of `poll_oneoff(in, out, nsubscriptions, nevents)` in wasi_snapshot_preview1. */
  export const SYS_poll_oneoff: 37
  /** The number of `proc_exit(rval)` in wasi_snapshot_preview1. */
  export const SYS_proc_exit: 38
  /** The number of `proc_raise(sig)` in wasi_snapshot_preview1. */
  export const SYS_proc_raise: 39
  /** The number of `sched_yield()` in wasi_snapshot_preview1. [sched_yield(2)](https://man7.org/linux/man-pages/man2/sched_yield.2.html) */
  export const SYS_sched_yield: 40
  /** The number of `random_get(buf, buf_len)` in wasi_snapshot_preview1. */
  export const SYS_random_get: 41
  /** The number of `sock_accept(fd, flags, ro_fd)` in wasi_snapshot_preview1. */
  export const SYS_sock_accept: 42
  /** The number of `sock_recv(fd, ri_data, ri_data_len, ri_flags, ro_datalen, ro_flags)` in wasi_snapshot_preview1. */
  export const SYS_sock_recv: 43
  /** The number of `sock_send(fd, si_data, si_data_len, si_flags, so_datalen)` in wasi_snapshot_preview1. */
  export const SYS_sock_send: 44
  /** The number of `sock_shutdown(fd, how)` in wasi_snapshot_preview1. */
  export const SYS_sock_shutdown: 45
  /** The number of `dup(oldfd)` in the table linux. [dup(2)](https://man7.org/linux/man-pages/man2/dup.2.html) */
  export const SYS_dup: 23
  /** The number of `dup3(oldfd, newfd, flags)` in the table linux. [dup3(2)](https://man7.org/linux/man-pages/man2/dup3.2.html) */
  export const SYS_dup3: 24
  /** The number of `fcntl(fd, cmd, arg)` in the table linux. **Here:** Locks, leases, owners and notifications are EINVAL. [fcntl(2)](https://man7.org/linux/man-pages/man2/fcntl.2.html) */
  export const SYS_fcntl: 25
  /** The number of `ioctl(fd, request, argp)` in the table linux. **Here:** FIONREAD, FIONBIO, FIOCLEX, FIONCLEX, TIOCGPGRP, TIOCSPGRP, TIOCGWINSZ, TIOCSWINSZ; a terminal keeps its 24 rows of 80 columns. [ioctl(2)](https://man7.org/linux/man-pages/man2/ioctl.2.html) */
  export const SYS_ioctl: 29
  /** The number of `close(fd)` in the table linux. [close(2)](https://man7.org/linux/man-pages/man2/close.2.html) */
  export const SYS_close: 57
  /** The number of `pipe2(pipefd, flags)` in the table linux. **Here:** There is no packet mode: O_DIRECT is EINVAL. [pipe2(2)](https://man7.org/linux/man-pages/man2/pipe2.2.html) */
  export const SYS_pipe2: 59
  /** The number of `read(fd, buf, count)` in the table linux. [read(2)](https://man7.org/linux/man-pages/man2/read.2.html) */
  export const SYS_read: 63
  /** The number of `write(fd, buf, count)` in the table linux. [write(2)](https://man7.org/linux/man-pages/man2/write.2.html) */
  export const SYS_write: 64
  /** The number of `exit(status)` in the table linux. [exit(2)](https://man7.org/linux/man-pages/man2/exit.2.html) */
  export const SYS_exit: 93
  /** The number of `exit_group(status)` in the table linux. [exit_group(2)](https://man7.org/linux/man-pages/man2/exit_group.2.html) */
  export const SYS_exit_group: 94
  /** The number of `waitid(idtype, id, info, options, rusage)` in the table linux. [waitid(2)](https://man7.org/linux/man-pages/man2/waitid.2.html) */
  export const SYS_waitid: 95
  /** The number of `set_tid_address(tidptr)` in the table linux. [set_tid_address(2)](https://man7.org/linux/man-pages/man2/set_tid_address.2.html) */
  export const SYS_set_tid_address: 96
  /** The number of `futex(uaddr, futex_op, val, timeout, uaddr2, val3)` in the table linux. **Here:** FUTEX_WAIT, WAKE, WAIT_BITSET, WAKE_BITSET, REQUEUE, CMP_REQUEUE, within one memory; all others are ENOSYS. [futex(2)](https://man7.org/linux/man-pages/man2/futex.2.html) */
  export const SYS_futex: 98
  /** The number of `nanosleep(duration, remain)` in the table linux. [nanosleep(2)](https://man7.org/linux/man-pages/man2/nanosleep.2.html) */
  export const SYS_nanosleep: 101
  /** The number of `setitimer(which, new_value, old_value)` in the table linux. [setitimer(2)](https://man7.org/linux/man-pages/man2/setitimer.2.html) */
  export const SYS_setitimer: 103
  /** The number of `clock_gettime(clockid, tp)` in the table linux. **Here:** The clocks are virtual: they advance by what calls and computing cost, and by waiting. [clock_gettime(2)](https://man7.org/linux/man-pages/man2/clock_gettime.2.html) */
  export const SYS_clock_gettime: 113
  /** The number of `clock_nanosleep(clockid, flags, request, remain)` in the table linux. **Here:** Nobody can sleep by a clock of computing time: ENOTSUP. [clock_nanosleep(2)](https://man7.org/linux/man-pages/man2/clock_nanosleep.2.html) */
  export const SYS_clock_nanosleep: 115
  /** The number of `ptrace(request, pid, addr, data)` in the table linux. **Here:** The raw call: PEEKTEXT, PEEKDATA and PEEKUSER store the word at data. [ptrace(2)](https://man7.org/linux/man-pages/man2/ptrace.2.html) */
  export const SYS_ptrace: 117
  /** The number of `restart_syscall()` in the table linux. **Here:** Goes on with a sleep that a signal interrupted; made by a program itself it is EINTR. [restart_syscall(2)](https://man7.org/linux/man-pages/man2/restart_syscall.2.html) */
  export const SYS_restart_syscall: 128
  /** The number of `kill(pid, sig)` in the table linux. [kill(2)](https://man7.org/linux/man-pages/man2/kill.2.html) */
  export const SYS_kill: 129
  /** The number of `tkill(tid, sig)` in the table linux. [tkill(2)](https://man7.org/linux/man-pages/man2/tkill.2.html) */
  export const SYS_tkill: 130
  /** The number of `tgkill(tgid, tid, sig)` in the table linux. [tgkill(2)](https://man7.org/linux/man-pages/man2/tgkill.2.html) */
  export const SYS_tgkill: 131
  /** The number of `sigaltstack(ss, old_ss)` in the table linux. [sigaltstack(2)](https://man7.org/linux/man-pages/man2/sigaltstack.2.html) */
  export const SYS_sigaltstack: 132
  /** The number of `rt_sigsuspend(mask, sigsetsize)` in the table linux. [rt_sigsuspend(2)](https://man7.org/linux/man-pages/man2/rt_sigsuspend.2.html) */
  export const SYS_rt_sigsuspend: 133
  /** The number of `rt_sigaction(signum, act, oldact, sigsetsize)` in the table linux. **Here:** Handlers need the export __linux_signal, which the SDK has. [rt_sigaction(2)](https://man7.org/linux/man-pages/man2/rt_sigaction.2.html) */
  export const SYS_rt_sigaction: 134
  /** The number of `rt_sigprocmask(how, set, oldset, sigsetsize)` in the table linux. [rt_sigprocmask(2)](https://man7.org/linux/man-pages/man2/rt_sigprocmask.2.html) */
  export const SYS_rt_sigprocmask: 135
  /** The number of `rt_sigpending(set, sigsetsize)` in the table linux. [rt_sigpending(2)](https://man7.org/linux/man-pages/man2/rt_sigpending.2.html) */
  export const SYS_rt_sigpending: 136
  /** The number of `rt_sigtimedwait(set, info, timeout, sigsetsize)` in the table linux. [rt_sigtimedwait(2)](https://man7.org/linux/man-pages/man2/rt_sigtimedwait.2.html) */
  export const SYS_rt_sigtimedwait: 137
  /** The number of `rt_sigqueueinfo(tgid, sig, info)` in the table linux. [rt_sigqueueinfo(2)](https://man7.org/linux/man-pages/man2/rt_sigqueueinfo.2.html) */
  export const SYS_rt_sigqueueinfo: 138
  /** The number of `setpgid(pid, pgid)` in the table linux. [setpgid(2)](https://man7.org/linux/man-pages/man2/setpgid.2.html) */
  export const SYS_setpgid: 154
  /** The number of `getpgid(pid)` in the table linux. [getpgid(2)](https://man7.org/linux/man-pages/man2/getpgid.2.html) */
  export const SYS_getpgid: 155
  /** The number of `getsid(pid)` in the table linux. [getsid(2)](https://man7.org/linux/man-pages/man2/getsid.2.html) */
  export const SYS_getsid: 156
  /** The number of `setsid()` in the table linux. [setsid(2)](https://man7.org/linux/man-pages/man2/setsid.2.html) */
  export const SYS_setsid: 157
  /** The number of `prctl(option, arg2, arg3, arg4, arg5)` in the table linux. **Here:** PR_SET_NAME, PR_GET_NAME, PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS, PR_SET_SECCOMP, PR_GET_SECCOMP and PR_GET_DUMPABLE; all others are EINVAL. [prctl(2)](https://man7.org/linux/man-pages/man2/prctl.2.html) */
  export const SYS_prctl: 167
  /** The number of `getpid()` in the table linux. [getpid(2)](https://man7.org/linux/man-pages/man2/getpid.2.html) */
  export const SYS_getpid: 172
  /** The number of `getppid()` in the table linux. [getppid(2)](https://man7.org/linux/man-pages/man2/getppid.2.html) */
  export const SYS_getppid: 173
  /** The number of `gettid()` in the table linux. [gettid(2)](https://man7.org/linux/man-pages/man2/gettid.2.html) */
  export const SYS_gettid: 178
  /** The number of `clone(flags, stack, parent_tid, tls, child_tid, fn, arg)` in the table linux. **Here:** With CLONE_VM | CLONE_THREAD a thread, which begins at __linux_thread_start(fn, arg); without CLONE_VM a process. [clone(2)](https://man7.org/linux/man-pages/man2/clone.2.html) */
  export const SYS_clone: 220
  /** The number of `execve(path, argv, envp)` in the table linux. [execve(2)](https://man7.org/linux/man-pages/man2/execve.2.html) */
  export const SYS_execve: 221
  /** The number of `wait4(pid, status, options, rusage)` in the table linux. **Here:** The rusage is all zero. [wait4(2)](https://man7.org/linux/man-pages/man2/wait4.2.html) */
  export const SYS_wait4: 260
  /** The number of `process_vm_readv(pid, local_iov, liovcnt, remote_iov, riovcnt, flags)` in the table linux. [process_vm_readv(2)](https://man7.org/linux/man-pages/man2/process_vm_readv.2.html) */
  export const SYS_process_vm_readv: 270
  /** The number of `process_vm_writev(pid, local_iov, liovcnt, remote_iov, riovcnt, flags)` in the table linux. [process_vm_writev(2)](https://man7.org/linux/man-pages/man2/process_vm_writev.2.html) */
  export const SYS_process_vm_writev: 271
  /** The number of `seccomp(operation, flags, args)` in the table linux. [seccomp(2)](https://man7.org/linux/man-pages/man2/seccomp.2.html) */
  export const SYS_seccomp: 277
  /** The number of `getrandom(buf, buflen, flags)` in the table linux. **Here:** The bytes follow from the recipe's seed. [getrandom(2)](https://man7.org/linux/man-pages/man2/getrandom.2.html) */
  export const SYS_getrandom: 278
  /** The number of `execveat(dirfd, path, argv, envp, flags)` in the table linux. [execveat(2)](https://man7.org/linux/man-pages/man2/execveat.2.html) */
  export const SYS_execveat: 281
  /** The number of `pipe(pipefd)` in the table linux. [pipe(2)](https://man7.org/linux/man-pages/man2/pipe.2.html) */
  export const SYS_pipe: 1040
  /** The number of `dup2(oldfd, newfd)` in the table linux. [dup2(2)](https://man7.org/linux/man-pages/man2/dup2.2.html) */
  export const SYS_dup2: 1041
  /** The number of `alarm(seconds)` in the table linux. [alarm(2)](https://man7.org/linux/man-pages/man2/alarm.2.html) */
  export const SYS_alarm: 1059
  /** The number of `pause()` in the table linux. [pause(2)](https://man7.org/linux/man-pages/man2/pause.2.html) */
  export const SYS_pause: 1061
  /** The number of `poll(fds, nfds, timeout)` in the table linux. [poll(2)](https://man7.org/linux/man-pages/man2/poll.2.html) */
  export const SYS_poll: 1068
  /** The number of `vfork()` in the table linux. **Here:** The parent waits for the child’s exec or end, but memory is not shared. [vfork(2)](https://man7.org/linux/man-pages/man2/vfork.2.html) */
  export const SYS_vfork: 1071
  /** The number of `fork()` in the table linux. **Here:** The child is the parent made again from what crossed its border, which costs the parent’s whole past each time. [fork(2)](https://man7.org/linux/man-pages/man2/fork.2.html) */
  export const SYS_fork: 1079
  export {}
}

/** Prints lines to the console of the run. `%s %d %i %f %x %o %j %%` are replaced as in Node. */
declare const console: {
  log(...values: unknown[]): void
  info(...values: unknown[]): void
  debug(...values: unknown[]): void
  warn(...values: unknown[]): void
  error(...values: unknown[]): void
  /** Prints only if the condition does not hold. */
  assert(condition?: unknown, ...values: unknown[]): void
}
