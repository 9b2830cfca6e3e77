import { PTRACE } from '../../engine/abi/ptrace.ts'
import { WIFEXITED, WIFSIGNALED, WIFSTOPPED, WSTOPSIG } from '../../engine/abi/wait.ts'
import { encodeUtf8, lossyText } from '../../engine/kernel/text.ts'
import type { TreeEntry } from '../../engine/kernel/tree.ts'
import type { RunEnd } from '../../engine/protocol.ts'
import { makeRecipe, type Recipe } from '../../engine/recipe.ts'
import type { ScriptProcess, SpawnSpec } from '../../engine/script/port.ts'
import { Session } from '../../engine/session.ts'
import { rowOf } from '../../engine/syscall/find.ts'
import { TraceDigest } from '../../engine/trace/digest.ts'
import { Trace } from '../../engine/trace/trace.ts'
import { fixture } from '../guests/fixture.ts'
import { Programs, programHost } from '../programs.ts'

/** Where the tracer keeps what its requests point to. */
const STATUS = 0x100
const REGS = 0x200
const WORD = 0x300
const INFO = 0x400
/** Free for a test's own structures. */
export const SCRATCH = 0x1000

/** A tracee's registers as GETREGS gives them. */
export interface Regs {
  readonly arch: number
  readonly nr: number
  readonly args: readonly number[]
  readonly ret: number
}

/** A tracer that is written in a test: the raw calls of a script's process, and what tests ask of them all the time. */
export class Tracer {
  readonly process: ScriptProcess
  readonly session: Session

  constructor(session: Session, process: ScriptProcess) {
    this.session = session
    this.process = process
  }

  /** The raw call, by its name: 0, a positive result, or −errno. */
  request(name: keyof typeof PTRACE, pid: number, addr = 0, data = 0): number {
    return this.process.ptrace(PTRACE[name], pid, addr, data)
  }
  spawn(spec: Partial<SpawnSpec> = {}): number {
    return this.process.spawn({ trace: 'traceme', ...spec })
  }
  /** waitpid: the status, or −errno. */
  async wait(pid: number, options = 0): Promise<number> {
    const result = await this.process.wait4(pid, STATUS, options)
    return result > 0 ? this.process.memory.u32(STATUS) : result
  }

  regs(pid: number): Regs {
    this.request('PTRACE_GETREGS', pid, 0, REGS)
    const { memory } = this.process
    return {
      arch: memory.u32(REGS),
      nr: memory.u32(REGS + 4) | 0,
      args: Array.from({ length: 9 }, (_, i) => memory.u32(REGS + 8 + 8 * i)),
      ret: memory.u32(REGS + 80) | 0,
    }
  }
  /** Sets some registers and leaves the others. */
  setRegs(pid: number, change: Partial<Regs>): number {
    this.regs(pid)
    const { memory } = this.process
    if (change.nr !== undefined) memory.setU32(REGS + 4, change.nr)
    if (change.ret !== undefined) memory.setU64(REGS + 80, BigInt.asUintN(64, BigInt(change.ret)))
    change.args?.forEach((arg, i) => memory.setU64(REGS + 8 + 8 * i, BigInt(arg)))
    return this.request('PTRACE_SETREGS', pid, 0, REGS)
  }
  /** The word at addr of the tracee, or −errno. */
  peek(pid: number, addr: number): number {
    const result = this.request('PTRACE_PEEKDATA', pid, addr, WORD)
    return result < 0 ? result : this.process.memory.u32(WORD)
  }
  /** GETSIGINFO: signal, code and sender as `19 0 1`, or −errno. */
  siginfo(pid: number): string | number {
    const result = this.request('PTRACE_GETSIGINFO', pid, 0, INFO)
    if (result < 0) return result
    const { memory } = this.process
    return [0, 8, 12].map((at) => memory.u32(INFO + at) | 0).join(' ')
  }
  kill(pid: number, signo: number): number {
    return this.process.kill(pid, signo)
  }
  /** scn.h's until_blocked: every other process does what it can do by itself. */
  async settle(): Promise<void> {
    for (let i = 0; i < 3; i++) await this.process.sleep(1_000_000)
  }
  message(pid: number): number {
    this.request('PTRACE_GETEVENTMSG', pid, 0, WORD)
    return this.process.memory.u32(WORD)
  }

  /** Starts a tracee and brings it to its first stop (SIGTRAP after exec), with TRACESYSGOOD. */
  async begin(options = 1): Promise<number> {
    const pid = this.spawn()
    await this.wait(pid)
    this.request('PTRACE_SETOPTIONS', pid, 0, options)
    return pid
  }
  /** Resumes, waits, and says what came: `entry fd_write`, `exit fd_write`, `SIG 5`, `event 6`, `exited 0`, `killed 9`. */
  async go(pid: number, request: keyof typeof PTRACE = 'PTRACE_SYSCALL', addr = 0, data = 0): Promise<string> {
    const error = this.request(request, pid, addr, data)
    return error < 0 ? `error ${-error}` : this.said(pid, await this.wait(pid))
  }
  said(pid: number, status: number): string {
    if (status < 0) return `error ${-status}`
    if (WIFEXITED(status)) return `exited ${status >> 8}`
    if (WIFSIGNALED(status)) return `killed ${status & 0x7f}`
    if (!WIFSTOPPED(status)) return `status ${status}`
    const event = status >>> 16
    if (event !== 0) return `event ${event}`
    if (WSTOPSIG(status) !== (5 | 0x80)) return `SIG ${WSTOPSIG(status)}`
    const { arch, nr } = this.regs(pid)
    const name = rowOf(arch, nr)?.name ?? '?'
    return `${this.message(pid) === 1 ? 'entry' : 'exit'} ${name}`
  }
  /** Goes on with plain PTRACE_SYSCALL until it stands there. */
  async until(pid: number, place: string): Promise<void> {
    for (let i = 0; i < 1000; i++) {
      const said = await this.go(pid)
      if (said === place) return
      if (said.startsWith('exited') || said.startsWith('killed') || said.startsWith('error')) break
    }
    throw new Error(`it never came to ${place}`)
  }
  /** All that follows, resumed alike, until the tracee is gone. */
  async rest(pid: number, request: keyof typeof PTRACE = 'PTRACE_SYSCALL', addr = 0): Promise<string[]> {
    const all: string[] = []
    for (let i = 0; i < 1000; i++) {
      const said = await this.go(pid, request, addr)
      all.push(said)
      if (/^(exited|killed|error)/.test(said)) return all
    }
    throw new Error('it goes on and on')
  }
}

/** A run that is over. */
export interface Ran {
  readonly end: RunEnd
  readonly trace: Trace
  readonly output: string
  readonly digest: string
  /** Tasks that nobody has waited for. */
  readonly left: number
}

/** Programs by their bytes: the same array is loaded once. */
const loaded = new WeakMap<Uint8Array, Programs>()

/** Fields of the recipe besides the program's, and the files that are there. */
export interface Given extends Partial<Recipe> {
  readonly tree?: readonly TreeEntry[]
  /** Keep the past, and show the session before it runs. */
  readonly watch?: (session: Session) => void
  /** False: guests that wait are made again, as where there is no JSPI. */
  readonly suspends?: boolean
}

const machineOf = (bytes: Uint8Array, { tree = [], watch, suspends, ...given }: Given): Session => {
  const programs = loaded.get(bytes) ?? new Programs()
  const sentence = programs.add('it', bytes)
  if (sentence !== undefined) throw new Error(sentence)
  loaded.set(bytes, programs)
  const recipe = makeRecipe({ programs: [{ name: 'it', hash: 'it', argv: [] }], ...given })
  const session = new Session(recipe, {
    ...programHost(programs, () => {}, suspends),
    macrotask: () => new Promise((resolve) => {
      setImmediate(resolve)
    }),
    waitForInput: () => Promise.resolve(),
    took: () => {},
    line: () => 0,
    scriptGoesOn: () => {},
  }, { tree, preopens: [{ guest: '/', path: '/' }], interactive: false, past: watch !== undefined })
  watch?.(session)
  return session
}

const readTrace = (session: Session): Pick<Ran, 'trace' | 'output' | 'digest'> => {
  const trace = new Trace()
  const digest = new TraceDigest()
  session.recorder.flush((table, chunk) => {
    trace.append(table, chunk)
    digest.add(table, chunk)
  })
  const pieces = Array.from({ length: trace.outputs.length }, (_, i) => lossyText(trace.output(i).bytes))
  return { trace, output: pieces.join(''), digest: digest.hex() }
}

/** Its trace is read when somebody asks: a property that runs ten thousand times looks at few. */
const finished = async (session: Session, run: Promise<RunEnd>): Promise<Ran> => {
  const end = await run
  let read: ReturnType<typeof readTrace> | undefined
  const reading = (): ReturnType<typeof readTrace> => (read ??= readTrace(session))
  return {
    end,
    left: session.kernel.tasks.size,
    get trace() {
      return reading().trace
    },
    get output() {
      return reading().output
    },
    get digest() {
      return reading().digest
    },
  }
}

/**
 * Runs a fixture, or a module, under a tracer that the test plays.
 *
 * @param given recipe fields besides the program's; `argv` are the fixture's arguments
 */
export const traced = async (
  name: string | Uint8Array, argv: readonly string[], body: (tracer: Tracer) => Promise<void>, given: Given = {},
): Promise<Ran> => {
  const bytes = typeof name === 'string' ? fixture(name) : name
  const session = machineOf(bytes, { script: '', programs: [{ name: typeof name === 'string' ? name : 'it', hash: 'it', argv }], ...given })
  const run = session.run()
  if (session.script === undefined) throw new Error('a traced run has a script')
  try {
    await body(new Tracer(session, session.script))
    session.scriptEnded()
  } catch (error) {
    session.finish({ kind: 'exited' })
    throw error
  }
  return finished(session, run)
}

/** Runs a fixture that nobody traces. */
export const untraced = (name: string | Uint8Array, argv: readonly string[], given: Given = {}): Promise<Ran> => {
  const bytes = typeof name === 'string' ? fixture(name) : name
  const session = machineOf(bytes, { untraced: true, programs: [{ name: typeof name === 'string' ? name : 'it', hash: 'it', argv }], ...given })
  return finished(session, session.run())
}

/** Writes text into a tracer's memory; answers its address. */
export const place = (tracer: Tracer, text: string, at = SCRATCH): number => {
  tracer.process.memory.write(at, encodeUtf8(text))
  return at
}
