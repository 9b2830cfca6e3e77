import type { MemFS, WASI } from '@wasmer/wasi'
import { ERRNO } from '../engine/abi/errno.ts'
import { lossyText } from '../engine/kernel/text.ts'
import type { Found, Preopen, TreeEntry } from '../engine/kernel/tree.ts'
import type { Vcpu } from '../engine/ports.ts'
import type { Failure } from '../engine/protocol.ts'
import type { Executor, ForeignHost } from '../engine/syscall/executor.ts'
import { invoke } from '../engine/syscall/invoke.ts'
import type { Caller, CallResult, Row } from '../engine/syscall/row.ts'
import { StandardInput, drain } from './host-wasmer-stdio.ts'
import { plantMemfs, readMemfs } from './memfs-tree.ts'
import { Writer } from './rewrite/bytes.ts'
import type { WasmMemoryPort } from './vcpu-jspi.ts'
import type { PackageWorld, Wasmer } from './wasmer-package.ts'

/** Taken before the realm is locked: afterwards the name is gone (script/realm.ts). */
const wasm = WebAssembly

/** Of what the kernel knows: an unknown clock is a panic over there. */
const CLOCKS = 4

type Import = (...args: (number | bigint)[]) => number

/** A process on the other side. */
interface Adopted {
  readonly wasi: WASI
  readonly calls: Readonly<Record<string, Import>>
  /** The memory that the package knows. */
  readonly memory: WebAssembly.Memory
  /** The guest's memory as it is now: of one that was made again it is another one. */
  readonly guestBuffer: () => ArrayBuffer
  readonly stdin: StandardInput
}

export interface WasmerHostOptions {
  readonly tree: readonly TreeEntry[]
  readonly preopens: readonly Preopen[]
  /** Ends the run. */
  fail(failure: Failure): void
  /** Says something to the person, in the trace. */
  say(sentence: string): void
}

/**
 * The module that the package is shown for a guest: it imports a call, which says which WASI is wanted, and gives the
 * guest's memory by the name that the package looks for. So the guest's own module may be rewritten as the loader
 * likes, and a call that a tracer puts in another's place is there even if the guest doesn't import it.
 */
const interpreterModule = (): Uint8Array<ArrayBuffer> => {
  const out = new Writer(128)
  const section = (id: number, write: () => void): void => {
    out.u8(id)
    const start = out.open()
    write()
    out.seal(start)
  }
  out.raw([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0])
  // One type, () → i32.
  section(1, () => out.raw([1, 0x60, 0, 1, 0x7f]))
  section(2, () => {
    out.u32(2)
    out.name('wasi_snapshot_preview1')
    out.name('sched_yield')
    out.raw([0, 0])
    out.name('guest')
    out.name('memory')
    out.raw([2, 0, 0])
  })
  section(7, () => {
    out.u32(1)
    out.name('memory')
    out.raw([2, 0])
  })
  return out.view().slice()
}

/**
 * The host `wasmer`: every preview1 call that is not skipped is executed by @wasmer/wasi itself, on the guest's memory,
 * with a MemFS of its own that all processes of the run share.
 *
 * What comes from outside stays the kernel's: the clocks, chance, the terminal, and the end of a process (there,
 * `proc_exit` throws through the guest's stack). Two mistakes are caught before they get there, because they would
 * be panics: a clock that does not exist, and random bytes for where no memory is. Any other panic ends the run.
 */
export class WasmerHost implements ForeignHost {
  readonly #wasmer: Wasmer
  readonly #options: WasmerHostOptions
  readonly #interpreter = new wasm.Module(interpreterModule())
  readonly #adopted = new Map<Caller, Adopted>()
  #fs: MemFS | undefined
  /** After a panic its state is worth nothing. */
  #broken = false
  /** Who calls: the world is the caller's. */
  #caller: Caller | undefined
  #watched: ArrayBufferLike | undefined

  constructor(start: (world: PackageWorld) => Wasmer, options: WasmerHostOptions) {
    this.#options = options
    this.#wasmer = start({
      now: () => Number((this.#caller?.clock.realtime() ?? 0n) / 1_000_000n),
      fill: (bytes) => this.#caller?.entropy.fill(bytes),
      wrote: (buffer, addr, length) => {
        if (buffer === this.#watched) this.#caller?.memory.writable(addr, length)
      },
    })
  }

  adopt(caller: Caller, vcpu: Vcpu): void {
    const memory = (vcpu.memory as WasmMemoryPort).wasm()
    if (memory === undefined || this.#broken) return
    this.#caller = caller
    try {
      this.#fs ??= this.#plant()
      const wasi = new this.#wasmer.WASI({
        args: caller.argv.map(lossyText),
        env: Object.fromEntries(caller.environ.map((bytes) => pair(lossyText(bytes)))),
        preopens: Object.fromEntries(this.#options.preopens.map(({ guest, path }) => [guest, path])),
        fs: this.#fs,
      })
      // It was consumed, and is given back as another object.
      this.#fs = wasi.fs
      const imports = wasi.getImports(this.#interpreter) as Readonly<Record<string, Readonly<Record<string, Import>>>>
      const calls = imports['wasi_snapshot_preview1'] ?? {}
      wasi.instantiate(new wasm.Instance(this.#interpreter, { ...imports, guest: { memory } } as WebAssembly.Imports))
      this.#adopted.set(caller, { wasi, calls, memory, guestBuffer: () => vcpu.memory.buffer(), stdin: new StandardInput(wasi) })
    } catch (thrown) {
      this.#fail('while it set the process up', thrown)
    } finally {
      this.#caller = undefined
    }
  }

  release(caller: Caller): void {
    const adopted = this.#adopted.get(caller)
    this.#adopted.delete(caller)
    if (adopted === undefined || this.#broken) return
    try {
      adopted.wasi.free()
    } catch (thrown) {
      this.#fail('while it let a process go', thrown)
    }
  }

  readonly execute: Executor = (row, caller, halves) => {
    const adopted = this.#adopted.get(caller)
    if (adopted === undefined || this.#broken) return ERRNO.ENOSYS
    if (row.name === 'proc_exit') return invoke(row, caller, halves)
    const wrong = refused(row, caller, halves)
    return wrong !== 0 ? wrong : this.#run(adopted, row, caller, halves)
  }

  /** All files as the guests left them; what MemFS could not take is as it was. */
  files(): readonly Found[] {
    if (this.#fs === undefined || this.#broken) return []
    return readMemfs(this.#fs, this.#options.tree)
  }

  #plant(): MemFS {
    const fs = new this.#wasmer.MemFS()
    for (const path of plantMemfs(fs, this.#options.tree)) {
      this.#options.say(`${path} is left out: the MemFS of @wasmer/wasi cannot be given symbolic links.`)
    }
    return fs
  }

  #run(adopted: Adopted, row: Row, caller: Caller, halves: Int32Array): CallResult {
    const { calls, stdin, memory, guestBuffer, wasi } = adopted
    const call = calls[row.name]
    // Its table lacks a few (sock_accept).
    if (call === undefined) return ERRNO.ENOSYS
    const wait = stdin.fetch(row, caller, halves, () => this.#run(adopted, row, caller, halves))
    if (wait !== undefined) return wait
    const lent = lend(memory, guestBuffer())
    this.#caller = caller
    this.#watched = memory.buffer
    try {
      const errno = call(...row.args.map((arg, i) => (arg.wasm === 'i64' ? wide(halves, i) : (halves[2 * i] as number))))
      lent?.set(new Uint8Array(memory.buffer, 0, lent.length))
      stdin.settle(row, caller, halves, errno)
      drain(row, wasi, caller)
      return errno
    } catch (thrown) {
      this.#fail(`in ${row.name}`, thrown)
      return ERRNO.EIO
    } finally {
      this.#caller = undefined
      this.#watched = undefined
    }
  }

  #fail(when: string, thrown: unknown): void {
    if (this.#broken) return
    this.#broken = true
    this.#adopted.clear()
    this.#options.fail({
      kind: 'machine',
      title: '@wasmer/wasi broke down',
      cause: `It panicked ${when} (${String((thrown as { message?: unknown } | null)?.message ?? thrown)}). Its state is lost.`,
      cure: 'Run on the kernel instead (host: kernel), or let a tracer answer that call itself with PTRACE_VM_SKIPCALL.',
    })
  }
}

const pair = (text: string): [string, string] => {
  const at = text.indexOf('=')
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

const PAGE = 65_536

/** Puts a guest's bytes into the memory that the package knows, if they are not there. @returns where they are to be put back */
const lend = (memory: WebAssembly.Memory, guest: ArrayBuffer): Uint8Array | undefined => {
  if (guest === memory.buffer) return undefined
  const missing = guest.byteLength - memory.buffer.byteLength
  if (missing > 0) memory.grow(missing / PAGE)
  const bytes = new Uint8Array(guest)
  new Uint8Array(memory.buffer).set(bytes)
  return bytes
}

/** A 64-bit register. */
const wide = (halves: Int32Array, i: number): bigint =>
  (BigInt(halves[2 * i + 1] as number) << 32n) | BigInt((halves[2 * i] as number) >>> 0)

/** What it must not see. */
const refused = (row: Row, { memory }: Caller, halves: Int32Array): number => {
  const first = (halves[0] as number) >>> 0
  switch (row.name) {
    case 'clock_res_get':
    case 'clock_time_get':
      return first < CLOCKS ? 0 : ERRNO.EINVAL
    case 'random_get':
      return memory.has(first, (halves[2] as number) >>> 0) ? 0 : ERRNO.EFAULT
    default:
      return 0
  }
}
