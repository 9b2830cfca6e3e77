/**
 * Traces for tests, here and in the page: built row by row through the same tables and payload writers as a
 * recorder uses. Nothing outside tests and stories imports this file.
 */
import { ARCH_LINUX, ARCH_PREVIEW1, PTRACE } from '../abi/ptrace.ts'
import { SIGNAL } from '../abi/signal.ts'
import { exitedStatus, stoppedStatus } from '../abi/wait.ts'
import { writeCaptures, type Origin } from './capture.ts'
import { ArchCode, EventKind, Flag, type RowValues, type Seq } from './format.ts'
import { PayloadWriter } from './payload.ts'
import { ARGS, writeRegisters } from './registers.ts'
import { Detail, Trace } from './trace.ts'

/** Memory as a test writes it: an address and bytes (or their text). */
export interface Bytes {
  readonly addr: number
  readonly bytes: Uint8Array | string | readonly number[]
  /** 'seen' at an entry, 'call' at an exit unless told. */
  readonly origin?: Origin
}

/** UTF-16 text of the ASCII range as bytes. */
export const ascii = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0))

/** Little-endian 32-bit words, as bytes. */
export const words = (...values: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(4 * values.length)
  const view = new DataView(bytes.buffer)
  values.forEach((value, i) => view.setUint32(4 * i, value >>> 0, true))
  return bytes
}

/** A little-endian 64-bit word, as bytes. */
export const word64 = (value: bigint): Uint8Array =>
  words(Number(value & 0xffff_ffffn), Number((value >> 32n) & 0xffff_ffffn))

const bytesOf = (from: Bytes['bytes']): Uint8Array =>
  typeof from === 'string' ? ascii(from) : from instanceof Uint8Array ? from : Uint8Array.from(from)

/** Arguments as the register file has them: 2 × 9 halves, low first. */
export const halvesOf = (args: readonly (number | bigint)[]): Int32Array => {
  const halves = new Int32Array(2 * ARGS)
  args.forEach((arg, i) => {
    const value = BigInt.asUintN(64, BigInt(arg))
    halves[2 * i] = Number(value & 0xffff_ffffn) | 0
    halves[2 * i + 1] = Number(value >> 32n) | 0
  })
  return halves
}

const SYSGOOD_TRAP = stoppedStatus(SIGNAL.SIGTRAP | 0x80)

interface CallOptions {
  readonly arch?: number
  readonly captures?: readonly Bytes[]
  readonly flags?: number
  readonly by?: number
  readonly sp?: number
  readonly pc?: number
}

interface RequestOptions {
  readonly addr?: number
  readonly data?: number
  readonly ret?: number
  readonly line?: number
  readonly by?: number
  readonly flags?: number
  /** The stop that it answers; the tracee's latest unless told. */
  readonly link?: Seq
  readonly poked?: { readonly addr: number; readonly was: Bytes['bytes']; readonly is: Bytes['bytes'] }
  readonly registers?: { readonly args: readonly (number | bigint)[]; readonly nr: number; readonly ret: number }
}

/** Writes a trace event by event. Every method answers the new event's seq; time goes on 1 µs per event. */
export class TraceBuilder {
  readonly trace = new Trace()
  #out = new PayloadWriter()
  #lastStop = new Map<number, Seq>()
  #births = new Map<number, Seq>()

  get seq(): Seq {
    return this.trace.events.length
  }

  /** Any row, its payload as the caller writes it. */
  row(row: RowValues, write: (out: PayloadWriter) => void = () => undefined): Seq {
    this.#out.reset()
    write(this.#out)
    this.trace.events.append({ time: (this.seq + 1) * 1000, ...row }, this.#out.bytes, this.#out.length)
    return this.seq
  }
  #stop(pid: number, row: RowValues, write?: (out: PayloadWriter) => void): Seq {
    const seq = this.row({ pid, by: 1, ...row }, write)
    this.#lastStop.set(pid, seq)
    return seq
  }
  #captures(out: PayloadWriter, captures: readonly Bytes[] | undefined, origin: Origin): void {
    writeCaptures(
      out,
      (captures ?? []).map((c) => {
        const bytes = bytesOf(c.bytes)
        return { addr: c.addr, bytes, length: bytes.length, origin: c.origin ?? origin }
      }),
    )
  }

  /** @param flags Flag.exec of a task that goes on as another program, Flag.thread of a thread of `parent` */
  birth(pid: number, parent: number, name: string, argv: readonly string[] = [name], flags = 0): Seq {
    const link = (flags & Flag.exec) !== 0 ? (this.#births.get(pid) ?? 0) : 0
    const seq = this.row({ kind: EventKind.birth, pid, flags, link }, (out) => {
      out.number(parent)
      out.string(ascii(name))
      out.number(argv.length)
      for (const arg of argv) out.string(ascii(arg))
    })
    if (link === 0) this.#births.set(pid, seq)
    return seq
  }
  death(pid: number, status: number): Seq {
    return this.row({ kind: EventKind.death, pid, status, link: this.#births.get(pid) ?? 0 })
  }

  entry(pid: number, nr: number, args: readonly (number | bigint)[], options: CallOptions = {}): Seq {
    const arch = options.arch ?? ArchCode.preview1
    const { flags = 0, by = 1 } = options
    const ret = arch === ArchCode.preview1 ? 52 : -52
    return this.#stop(
      pid,
      { kind: EventKind.entry, arch, nr, ret, by, status: SYSGOOD_TRAP, flags: flags | Flag.sysgood },
      (out) => {
        writeRegisters(out, halvesOf(args), options.pc ?? 0x1a4c, options.sp ?? 0x10f00, 3)
        this.#captures(out, options.captures, 'seen')
      },
    )
  }
  /** The exit stop of `entry`; `error` follows from the result unless told in the flags. */
  exit(entry: Seq, ret: number, options: CallOptions = {}): Seq {
    const c = this.trace.events.columns
    const [pid = 0, nr = 0, arch = 0] = [c.pid[entry - 1], c.nr[entry - 1], c.arch[entry - 1]]
    const flags = (options.flags ?? 0) | Flag.sysgood | this.#error(arch, ret)
    return this.#stop(
      pid,
      { kind: EventKind.exit, arch, nr, ret, flags, link: entry, by: options.by ?? 1, status: SYSGOOD_TRAP },
      (out) => this.#captures(out, options.captures, 'call'),
    )
  }
  /** The end of a call that gets no exit stop. */
  outcome(entry: Seq, ret: number, options: CallOptions = {}): void {
    const c = this.trace.events.columns
    const [pid = 0, nr = 0, arch = 0] = [c.pid[entry - 1], c.nr[entry - 1], c.arch[entry - 1]]
    this.#out.reset()
    this.#captures(this.#out, options.captures, 'call')
    const flags = (options.flags ?? 0) | this.#error(arch, ret)
    this.trace.outcomes.append(
      { kind: EventKind.exit, pid, nr, arch, ret, flags, link: entry, time: this.seq * 1000 + 500 },
      this.#out.bytes,
      this.#out.length,
    )
  }
  #error(arch: number, ret: number): number {
    return (arch === ArchCode.preview1 ? ret !== 0 : ret < 0) ? Flag.error : 0
  }
  /** A call that nobody traces, whole. */
  call(pid: number, nr: number, args: readonly (number | bigint)[], ret: number, options: CallOptions = {}): Seq {
    const arch = options.arch ?? ArchCode.preview1
    return this.row({ kind: EventKind.call, pid, arch, nr, ret, flags: this.#error(arch, ret) }, (out) => {
      writeRegisters(out, halvesOf(args), options.pc ?? 0x1a4c, options.sp ?? 0x10f00, 3)
      this.#captures(out, options.captures, 'seen')
    })
  }

  request(pid: number, nr: number, options: RequestOptions = {}): Seq {
    const { addr = 0, data = 0, ret = 0, line = 0, by = 1, flags = 0, poked, registers } = options
    const link = options.link ?? this.#lastStop.get(pid) ?? 0
    return this.row({ kind: EventKind.request, pid, by, nr, ret, line, link, flags }, (out) => {
      out.number(addr >>> 0)
      out.number(data >>> 0)
      out.number(poked ? Detail.poke : registers ? Detail.registers : Detail.none)
      if (poked) {
        out.number(poked.addr)
        out.string(bytesOf(poked.was))
        out.string(bytesOf(poked.is))
      } else if (registers) {
        out.number(registers.nr >>> 0)
        out.number(registers.ret >>> 0)
        writeRegisters(out, halvesOf(registers.args), 0x1a4c, 0x10f00, 3)
      }
    })
  }

  /** A PTRACE_EVENT_* stop; `signo` only for PTRACE_EVENT_STOP of a stopped process. */
  event(pid: number, nr: number, message = 0, options: { link?: Seq; flags?: number; signo?: number } = {}): Seq {
    const status = stoppedStatus((options.signo ?? SIGNAL.SIGTRAP) | (nr << 8))
    return this.#stop(pid, {
      kind: EventKind.event,
      nr,
      ret: message,
      status,
      link: options.link ?? 0,
      flags: options.flags ?? 0,
    })
  }
  signal(pid: number, signo: number, siginfo: { code?: number; pid?: number; addr?: number; refused?: { nr: number; arch: number } } = {}): Seq {
    return this.#stop(pid, { kind: EventKind.signal, nr: signo, status: stoppedStatus(signo) }, (out) => {
      out.number((siginfo.code ?? 0) >>> 0)
      out.number(siginfo.pid ?? 0)
      out.number(siginfo.addr ?? 0)
      if (siginfo.refused !== undefined) {
        out.number(siginfo.refused.nr >>> 0)
        out.number(siginfo.refused.arch)
      }
    })
  }
  group(pid: number, signo: number): Seq {
    return this.#stop(pid, { kind: EventKind.group, nr: signo, status: stoppedStatus(signo) })
  }
  print(pid: number, text: string, line = 0): Seq {
    return this.row({ kind: EventKind.print, pid, line }, (out) => out.string(ascii(text)))
  }
  failure(pid: number, text: string, line = 0): Seq {
    return this.row({ kind: EventKind.failure, pid, line }, (out) => out.string(ascii(text)))
  }
  /** What a guest wrote to its terminal since the last event. */
  output(pid: number, fd: number, text: string): void {
    this.#out.reset()
    this.#out.string(ascii(text))
    this.trace.outputs.append(
      { kind: EventKind.print, pid, nr: fd, link: this.seq, time: this.seq * 1000 },
      this.#out.bytes,
      this.#out.length,
    )
  }

  /** The trace with its index up to date. */
  build(): Trace {
    this.trace.index()
    return this.trace
  }
}

/** preview1 numbers (index in the witx) that the samples use. */
export const WASI = {
  clock_time_get: 5,
  fd_close: 8,
  fd_fdstat_get: 10,
  fd_read: 20,
  fd_renumber: 22,
  fd_write: 26,
  path_open: 31,
  path_unlink_file: 36,
  poll_oneoff: 37,
  proc_exit: 38,
  random_get: 41,
} as const

export const ARCH_OF_CODE = { [ArchCode.preview1]: ARCH_PREVIEW1, [ArchCode.linux]: ARCH_LINUX } as const

/** Where the sample's guest keeps things. */
export const SAMPLE = { nwritten: 0x10f04, iovs: 0x10f08, time: 0x10f10, fdstat: 0x10fd8, text: 0x410 } as const

/**
 * hello.c under a tracer that fakes the clock and spares the exit stop of fd_close; the first run of the page.
 * 5 is the entry of fd_fdstat_get, 9 that of fd_write, 13 that of clock_time_get (skipped), 17 fd_close
 * (SKIPEXIT), 19 proc_exit, 23 the last event.
 */
export const sampleTrace = (): Trace => {
  const b = new TraceBuilder()
  const hello = 'hello, world\n'
  b.birth(1, 0, 'tracer.ts')
  b.birth(2, 1, 'hello', ['hello'])
  b.event(2, 128, 0, { flags: Flag.seized })
  b.request(2, PTRACE.PTRACE_SYSCALL, { line: 8 })
  const fdstat = b.entry(2, WASI.fd_fdstat_get, [1, SAMPLE.fdstat])
  b.request(2, PTRACE.PTRACE_SYSCALL, { line: 22 })
  b.exit(fdstat, 0, {
    captures: [
      { addr: SAMPLE.fdstat, bytes: [2, 0, 1, 0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
    ],
  })
  b.request(2, PTRACE.PTRACE_SYSCALL, { line: 8 })
  const write = b.entry(2, WASI.fd_write, [1, SAMPLE.iovs, 1, SAMPLE.nwritten], {
    captures: [
      { addr: SAMPLE.iovs, bytes: words(SAMPLE.text, hello.length) },
      { addr: SAMPLE.text, bytes: hello },
    ],
  })
  b.request(2, PTRACE.PTRACE_SYSCALL, { line: 22 })
  b.output(2, 1, hello)
  b.exit(write, 0, { captures: [{ addr: SAMPLE.nwritten, bytes: words(hello.length) }] })
  b.request(2, PTRACE.PTRACE_SYSCALL, { line: 8 })
  const clock = b.entry(2, WASI.clock_time_get, [0, 1, SAMPLE.time])
  const now = word64(2_147_483_647_000_000_000n)
  b.request(2, PTRACE.PTRACE_POKECHARDATA, {
    addr: SAMPLE.time,
    data: 8,
    ret: 8,
    line: 13,
    poked: { addr: SAMPLE.time, was: new Uint8Array(8), is: now },
  })
  b.request(2, PTRACE.PTRACE_POKEUSER, {
    addr: 80,
    data: 0,
    line: 15,
    registers: { nr: WASI.clock_time_get, ret: 0, args: [0, 1, SAMPLE.time] },
  })
  b.request(2, PTRACE.PTRACE_SYSCALL, { addr: 4, line: 16 })
  b.outcome(clock, 0, { flags: Flag.skipped, captures: [{ addr: SAMPLE.time, bytes: now, origin: 'tracer' }] })
  const close = b.entry(2, WASI.fd_close, [1])
  b.request(2, PTRACE.PTRACE_SYSCALL, { addr: 2, line: 19 })
  b.outcome(close, 0)
  const exit = b.entry(2, WASI.proc_exit, [0])
  b.request(2, PTRACE.PTRACE_SYSCALL, { line: 22 })
  b.event(2, 6, 0, { link: exit })
  b.request(2, PTRACE.PTRACE_SYSCALL, { line: 8 })
  b.death(2, exitedStatus(0))
  return b.build()
}

/**
 * n plausible events of two tasks that read and write in turns, one call in eight skipped, one in sixteen
 * failing: for measuring, so the rows are written without the builder's conveniences.
 */
export const bigTrace = (n: number): Trace => {
  const b = new TraceBuilder()
  b.birth(1, 0, 'tracer.ts')
  b.birth(2, 1, 'cat', ['cat', 'war-and-peace.txt'])
  b.birth(3, 1, 'wc', ['wc', '-l'])
  const text = ascii('All happy families resemble one another.\n')
  const iov = words(0x2000, text.length)
  const count = words(text.length)
  for (let i = 0; b.seq < n; i++) {
    const pid = 2 + (i & 1)
    const writes = i % 3 !== 0
    const captures = writes
      ? [
          { addr: 0x1000, bytes: iov },
          { addr: 0x2000, bytes: text },
        ]
      : [{ addr: 0x1000, bytes: iov }]
    const entry = b.entry(pid, writes ? WASI.fd_write : WASI.fd_read, [writes ? 1 : 0, 0x1000, 1, 0x1ffc], { captures })
    const skip = i % 8 === 7
    b.request(pid, PTRACE.PTRACE_SYSCALL, { addr: skip ? 4 : 0, line: 20 + (i % 5) })
    if (skip) b.outcome(entry, 52, { flags: Flag.skipped })
    else {
      const failed = i % 16 === 3
      b.exit(entry, failed ? 8 : 0, failed ? {} : { captures: [{ addr: 0x1ffc, bytes: count }] })
      b.request(pid, PTRACE.PTRACE_SYSCALL, { line: 8 })
    }
  }
  return b.build()
}
