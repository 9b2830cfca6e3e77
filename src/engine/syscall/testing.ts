import type { LinuxName } from '../abi/linux.ts'
import { KernelBug } from '../kernel/bug.ts'
import { Clock } from '../kernel/clock.ts'
import { Descriptors } from '../kernel/descriptors.ts'
import { MapDisk } from '../kernel/disk.ts'
import type { Disk } from '../kernel/disk.ts'
import { Entropy } from '../kernel/entropy.ts'
import { FileSystem } from '../kernel/fs.ts'
import type { FsLimits } from '../kernel/fs.ts'
import { GuestMemory } from '../kernel/memory.ts'
import { openStdio } from '../kernel/stdio.ts'
import { encodeUtf8, lossyText } from '../kernel/text.ts'
import { openPreopen, plantTree } from '../kernel/tree.ts'
import type { Preopen, TreeEntry } from '../kernel/tree.ts'
import { Tty } from '../kernel/tty.ts'
import { callOfImport } from './import.ts'
import type { Preview1Name } from './preview1.ts'
import type { System } from './system.ts'
import type { Terminal } from './terminal.ts'
import type { Caller, CallResult, RunResult, Wait } from './row.ts'

/** For tests: a process of its own, without kernel, guest or WebAssembly. */

export interface FakeOptions {
  readonly files?: readonly TreeEntry[]
  readonly preopens?: readonly Preopen[]
  /** Bytes that end; without them fd 0 is a terminal. */
  readonly stdin?: string
  readonly argv?: readonly string[]
  readonly environ?: readonly string[]
  readonly limits?: FsLimits
  readonly disk?: Disk
  /** Bytes of memory; ignored if `buffer` is given. */
  readonly memorySize?: number
  readonly buffer?: () => ArrayBuffer
}

/** The machine's boot in tests: 2026-01-01 00:00 UTC. */
export const BOOT = 1_767_225_600_000_000_000n

/** Fake processes make no call that has stops of its own. */
const settled = (result: RunResult): CallResult => {
  if (result instanceof Promise) throw new KernelBug('a call with stops of its own')
  return result
}

export class FakeProcess implements Caller {
  readonly memory: GuestMemory
  readonly files = new Descriptors()
  readonly clock = new Clock(BOOT)
  readonly entropy = new Entropy(1)
  readonly argv: readonly Uint8Array[]
  readonly environ: readonly Uint8Array[]
  readonly fs: FileSystem
  readonly tty: Tty
  /** What was written to fd 1 and 2, and the terminal's echo as 0. */
  readonly output: [string, string, string] = ['', '', '']
  readonly raised: number[] = []
  /** Nobody else is there who could be in the foreground. */
  readonly terminal: Terminal = { mayRead: () => 0, foregroundGroup: () => 1, setForegroundGroup: () => 0 }
  exitCode: number | undefined

  constructor(options: FakeOptions = {}) {
    const memory = new ArrayBuffer(options.memorySize ?? 65_536)
    this.memory = new GuestMemory({ buffer: options.buffer ?? (() => memory) })
    this.argv = (options.argv ?? ['guest']).map(encodeUtf8)
    this.environ = (options.environ ?? []).map(encodeUtf8)
    const now = this.clock.realtime()
    this.fs = new FileSystem(options.disk ?? new MapDisk(), now, options.limits)
    const problem = plantTree(this.fs, options.files ?? [], now)
    if (problem !== undefined) throw new KernelBug(problem)
    const output = (fd: 0 | 1 | 2, bytes: Uint8Array, at = 0, length = bytes.length): void => {
      this.output[fd] += lossyText(bytes.subarray(at, at + length))
    }
    this.tty = new Tty(output, (signo) => this.raised.push(signo))
    const input = options.stdin === undefined ? this.tty : encodeUtf8(options.stdin)
    for (const [fd, descriptor] of openStdio({ input, output }).entries()) this.files.place(fd, descriptor)
    for (const preopen of options.preopens ?? [{ guest: '/', path: '/' }]) {
      const descriptor = openPreopen(this.fs, preopen)
      if (typeof descriptor === 'number') throw new KernelBug(`${preopen.path}: errno ${-descriptor}`)
      this.files.add(descriptor, 3)
    }
  }

  cpuTime(): number {
    return this.clock.now()
  }
  yieldTurn(): 0 {
    return 0
  }
  raise(signo: number): void {
    this.raised.push(signo)
  }
  exit(code: number): void {
    this.exitCode = code
  }
  get system(): System {
    throw new KernelBug('there is no kernel behind a fake process')
  }

  /** Makes a call that must not wait. */
  call(name: Preview1Name, ...args: readonly (number | bigint)[]): number {
    const result = this.begin(name, ...args)
    if (typeof result !== 'number') throw new KernelBug(`${name} waits`)
    return result
  }

  /** Makes a call that may have to wait. */
  begin(name: Preview1Name, ...args: readonly (number | bigint)[]): CallResult {
    const row = callOfImport({ module: 'wasi_snapshot_preview1', name })
    if (row === undefined) throw new KernelBug(`no call ${name}`)
    return settled(row.run(this, ...(args as never[])))
  }

  /** Makes a call of the table linux that must not wait. */
  linux(name: LinuxName, ...args: readonly number[]): number {
    const result = this.beginLinux(name, ...args)
    if (typeof result !== 'number') throw new KernelBug(`${name} waits`)
    return result
  }

  /** Makes one that has to wait. */
  waitLinux(name: LinuxName, ...args: readonly number[]): Wait {
    const result = this.beginLinux(name, ...args)
    if (typeof result === 'number') throw new KernelBug(`${name} does not wait: ${result}`)
    return result
  }

  /** Makes one as a guest does, with the arguments in registers. */
  beginLinux(name: LinuxName, ...args: readonly number[]): CallResult {
    const row = callOfImport({ module: 'linux', name })
    if (row === undefined) throw new KernelBug(`no call ${name}`)
    const halves = new Int32Array(18)
    for (const [i, arg] of args.entries()) halves[2 * i] = arg
    return settled(row.call(this, halves))
  }

  /** Lets time pass until a call that waits has its result. */
  finish(result: CallResult): number {
    for (let now: CallResult = result; ; now = now.retry()) {
      if (typeof now === 'number') return now
      this.#pass(now)
    }
  }

  #pass({ until }: Wait): void {
    if (until === undefined) throw new KernelBug('waits for something that never comes')
    this.clock.jump(until)
  }

  /** Puts text at an address and answers what a call takes: address and length in bytes. */
  text(addr: number, text: string): [number, number] {
    const bytes = encodeUtf8(text)
    if (!this.memory.write(addr, bytes)) throw new KernelBug('outside memory')
    return [addr, bytes.length]
  }

  /** Puts an iovec list at an address; answers address and count. */
  iovecs(addr: number, ...buffers: readonly (readonly [addr: number, length: number])[]): [number, number] {
    for (const [i, [buf, length]] of buffers.entries()) {
      this.memory.setU32(addr + 8 * i, buf)
      this.memory.setU32(addr + 8 * i + 4, length)
    }
    return [addr, buffers.length]
  }

  readText(addr: number, length: number): string {
    return lossyText(this.memory.read(addr, length) ?? new Uint8Array(0))
  }
}
