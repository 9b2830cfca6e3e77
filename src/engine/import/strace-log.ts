import { CLD, SI, SIGNAL, SIGRTMIN } from '../abi/signal.ts'
import { exitedStatus, killedStatus, stoppedStatus } from '../abi/wait.ts'
import { foreignResult, splitArguments, unquoted } from '../decode/foreign-text.ts'
import { encodeUtf8 } from '../kernel/text.ts'
import { foreignNumber, writeForeignEntry, writeForeignExit, MOST_NAMES } from '../trace/foreign.ts'
import { ArchCode, EventKind, Flag, type RowValues, type Seq } from '../trace/format.ts'
import { PayloadWriter } from '../trace/payload.ts'
import { Trace } from '../trace/trace.ts'
import { LogClock, type Epoch } from './clock.ts'
import { LineSplitter, LONGEST_LINE } from './line-splitter.ts'
import { MOST_EVENTS, type ImportProblem } from './problem.ts'
import { readPrefix, type Stamp } from './strace-prefix.ts'
import { readCutLine, readRest, readStraceLine, type CallEnd, type StraceLine } from './strace-line.ts'

/** A log as a trace. */
export interface Imported {
  readonly trace: Trace
  /** When its first line was written; undefined where the log does not tell. */
  readonly epoch: Epoch | undefined
  readonly lines: number
}

interface Task {
  readonly birth: Seq
  /** The call that it is in. */
  open: { readonly seq: Seq; readonly name: string; readonly inside: string } | undefined
}

/** The pid of a first process that the log never tells. */
const NAMELESS = 1

/** Without times every event takes so long, in nanoseconds: the axis by time shows the order. */
const STEP = 1000

const FORKS: ReadonlySet<string> = new Set(['fork', 'vfork', 'clone', 'clone2', 'clone3'])
const EXECS: ReadonlySet<string> = new Set(['execve', 'execveat'])

const RECORD_AGAIN = 'Record it with strace -f -ttt -T -o FILE, so that nothing else is written into the log, and open that file.'

const signalNumber = (name: string): number => {
  const [, real] = /^SIGRT(?:MIN|_(\d+))$/.exec(name) ?? []
  if (name.startsWith('SIGRT')) return SIGRTMIN + Number(real ?? 0)
  return Object.hasOwn(SIGNAL, name) ? SIGNAL[name as keyof typeof SIGNAL] : 0
}

const CODES: Readonly<Record<string, number>> = { ...SI, ...CLD }

/** Where a siginfo says so, its code, sender and status. */
const siginfoWords = (text: string): readonly [number, number, number] => {
  const code = CODES[/si_code=(\w+)/.exec(text)?.[1] ?? ''] ?? 0
  const pid = Number(/si_pid=(\d+)/.exec(text)?.[1] ?? 0)
  const status = /si_status=(\w+)/.exec(text)?.[1] ?? '0'
  return [code >>> 0, pid, /^\d/.test(status) ? Number(status) : signalNumber(status)]
}

/**
 * Reads a log of strace (`-f`, `-t`, `-tt`, `-ttt`, `-r`, `-T`, `-y`, `-n`, `-i`, `-k`, with or without `-o`) into a trace, piece by piece,
 * so that whoever feeds it can do something else in between. Each call becomes an entry and an exit, as it was to strace.
 */
export class StraceReader {
  readonly #trace = new Trace()
  readonly #out = new PayloadWriter()
  readonly #lines = new LineSplitter()
  readonly #clock = new LogClock()
  readonly #tasks = new Map<number, Task>()
  /** By child, of forks that came back before the child was heard of. */
  readonly #parents = new Map<number, number>()
  #line = 0
  #time = 0
  /** An exit that waits for the next line: its -T may reach beyond that. */
  #held: { readonly row: RowValues; readonly write: () => void } | undefined
  /** Whose line was cut in two by a message of strace. */
  #cut: number | undefined
  /** Until a log says who its first process is, its rows have NAMELESS. */
  #nameless: 'unknown' | 'used' | 'known' = 'unknown'
  #problem: ImportProblem | undefined

  /** The number of lines read so far. */
  get lines(): number {
    return this.#line
  }

  /** Takes the next piece of the text. Answers what is wrong with it; nothing more is taken after that. */
  add(piece: string): ImportProblem | undefined {
    const lines = this.#problem === undefined ? this.#lines.add(piece) : []
    if (lines === undefined) {
      this.#refuse(this.#line + 1, LONGEST_LINE, `This line is longer than ${LONGEST_LINE} characters.`, 'No line of strace is: choose another file.')
    } else for (const line of lines) if (!this.#take(line)) break
    return this.#problem
  }

  /** The text has ended. A line that was cut off while strace was writing is left out. */
  end(): Imported | ImportProblem {
    const rest = this.#lines.rest()
    if (this.#problem === undefined && rest !== '') {
      const { at } = readPrefix(rest)
      if (readStraceLine(rest, at).kind !== 'wrong') this.#take(rest)
    }
    if (this.#problem !== undefined) return this.#problem
    this.#flush(Infinity)
    if (this.#trace.events.length === 0) {
      return { line: 1, column: 1, cause: 'There is no line of strace in this file.', cure: RECORD_AGAIN }
    }
    this.#trace.index()
    return { trace: this.#trace, epoch: this.#clock.epoch, lines: this.#line }
  }

  #refuse(line: number, column: number, cause: string, cure: string): false {
    this.#problem ??= { line, column, cause, cure }
    return false
  }

  #take(text: string): boolean {
    this.#line++
    if (text.trim() === '') return true
    if (this.#cut !== undefined && this.#join(this.#cut, text)) return this.#problem === undefined
    const { pid, stamp, at } = readPrefix(text)
    const cut = readCutLine(text, at)
    if (cut !== undefined) {
      this.#pass(stamp)
      this.#cut = this.#who(pid)
      const task = this.#task(this.#cut, { kind: 'unfinished', ...cut })
      if (!this.#enter(this.#cut, task, cut.name, cut.inside)) return false
      if (!this.#tasks.has(cut.child)) this.#bear(cut.child, this.#cut)
      return true
    }
    const line = readStraceLine(text, at)
    if (line.kind === 'nothing') return true
    if (line.kind === 'wrong') {
      const summary = /^% time +seconds/.test(text)
      return this.#refuse(
        this.#line, line.column + 1,
        summary ? 'This is a summary of strace -c, which has no calls in it.' : `This is no line of strace: ${line.what}.`,
        summary ? 'Record the program without -c.' : RECORD_AGAIN,
      )
    }
    if (this.#trace.events.length > MOST_EVENTS) {
      return this.#refuse(this.#line, 1, `The log has more than ${MOST_EVENTS} events.`, 'Record less: strace -e trace=… takes some calls only.')
    }
    this.#pass(stamp)
    if (line.kind === 'attached') {
      if (!this.#tasks.has(line.pid)) this.#bear(line.pid, this.#parentOf(line.pid))
      return true
    }
    return this.#tell(this.#who(pid), line)
  }

  /** The rest of a line that was cut in two, if it is one. */
  #join(pid: number, text: string): boolean {
    this.#cut = undefined
    const rest = readRest(text)
    const task = this.#tasks.get(pid)
    if (rest === undefined || task === undefined) return false
    if (rest !== 'unfinished') {
      this.#pass(undefined)
      this.#leave(pid, task, rest.inside, rest.end, true)
    }
    return true
  }

  #pass(stamp: Stamp | undefined): void {
    const now = this.#clock.at(stamp)
    this.#flush(this.#clock.tells ? now : Infinity)
    this.#time = this.#clock.tells ? Math.max(this.#time, now) : this.#time + STEP
  }

  /** Whose line it is. On a terminal strace tells pids only while there are several. */
  #who(pid: number | undefined): number {
    if (pid === undefined) {
      const [alone] = this.#tasks.keys()
      if (alone !== undefined) return alone
      this.#nameless = 'used'
      return NAMELESS
    }
    if (this.#nameless === 'used' && !this.#tasks.has(pid) && this.#parents.get(pid) === undefined) this.#name(pid)
    return pid
  }

  /** The process that the log began with is told at last: its rows get its pid. */
  #name(pid: number): void {
    const task = this.#tasks.get(NAMELESS)
    this.#nameless = 'known'
    if (task === undefined) return
    this.#tasks.delete(NAMELESS)
    this.#tasks.set(pid, task)
    for (const [child, parent] of this.#parents) if (parent === NAMELESS) this.#parents.set(child, pid)
    this.#trace.events.rename('pid', NAMELESS, pid)
  }

  #parentOf(child: number): number {
    const known = this.#parents.get(child)
    if (known !== undefined) return known
    for (const [pid, { open }] of this.#tasks) if (open !== undefined && FORKS.has(open.name)) return pid
    return 0
  }

  #append(row: RowValues, write: () => void = () => undefined): Seq {
    this.#out.reset()
    write()
    this.#trace.events.append({ time: this.#time, ...row }, this.#out.bytes, this.#out.length)
    return this.#trace.events.length
  }

  /** Appends the exit that waits, at the latest at a time. */
  #flush(latest: number): void {
    const held = this.#held
    if (held === undefined) return
    this.#held = undefined
    this.#time = Math.max(this.#time, Math.min(held.row.time ?? 0, latest))
    this.#append({ ...held.row, time: this.#time }, held.write)
  }

  #bear(pid: number, parent: number, name = '', argv: readonly string[] = [], flags = 0): Task {
    const before = this.#tasks.get(pid)
    const seq = this.#append({ kind: EventKind.birth, arch: ArchCode.foreign, pid, flags, link: (flags & Flag.exec) === 0 ? 0 : (before?.birth ?? 0) }, () => {
      this.#out.number(parent)
      this.#out.string(encodeUtf8(name))
      this.#out.number(argv.length)
      for (const word of argv) this.#out.string(encodeUtf8(word))
    })
    const task: Task = { birth: (flags & Flag.exec) === 0 ? seq : (before?.birth ?? seq), open: before?.open }
    this.#tasks.set(pid, task)
    return task
  }

  #task(pid: number, line: StraceLine): Task {
    const known = this.#tasks.get(pid)
    if (known !== undefined) return known
    if (this.#tasks.size === 0 && line.kind === 'call' && EXECS.has(line.name)) return this.#bear(pid, 0, ...programOf(line.inside))
    const parent = this.#parentOf(pid)
    const thread = this.#tasks.get(parent)?.open?.inside.includes('CLONE_THREAD') === true
    return this.#bear(pid, parent, '', [], thread ? Flag.thread : 0)
  }

  #tell(pid: number, line: Exclude<StraceLine, { kind: 'nothing' | 'wrong' | 'attached' }>): boolean {
    const task = this.#task(pid, line)
    switch (line.kind) {
      case 'call':
        return this.#enter(pid, task, line.name, line.inside) && this.#leave(pid, task, '', line.end, true)
      case 'unfinished':
        return this.#enter(pid, task, line.name, line.inside)
      case 'resumed':
        // The log began, or strace attached, while the call was under way.
        return (task.open !== undefined || this.#enter(pid, task, line.name, '')) && this.#leave(pid, task, line.inside, line.end, false)
      case 'signal': {
        const words = siginfoWords(line.siginfo)
        const nr = signalNumber(line.name)
        this.#append({ kind: EventKind.signal, arch: ArchCode.foreign, pid, nr, status: stoppedStatus(nr) }, () => {
          for (const word of words) this.#out.number(word)
          this.#out.string(encodeUtf8(line.siginfo))
        })
        return true
      }
      case 'stopped': {
        const nr = signalNumber(line.name)
        this.#append({ kind: EventKind.group, pid, nr, status: stoppedStatus(nr) })
        return true
      }
      case 'exited':
        return this.#die(pid, task, exitedStatus(line.status))
      case 'killed':
        return this.#die(pid, task, killedStatus(signalNumber(line.name), line.dumped))
      case 'detached':
      case 'note':
        this.#append({ kind: EventKind.print, pid }, () => this.#out.string(encodeUtf8(line.kind === 'note' ? line.text : `strace: Process ${line.pid} detached`)))
        return true
    }
  }

  #enter(pid: number, task: Task, name: string, inside: string): boolean {
    const nr = foreignNumber(name)
    if (nr === undefined) return this.#refuse(this.#line, 1, `The log has more than ${MOST_NAMES} different calls.`, 'No system has so many: choose another file.')
    const seq = this.#append({ kind: EventKind.entry, arch: ArchCode.foreign, pid, nr, status: stoppedStatus(SIGNAL.SIGTRAP | 0x80) }, () => {
      writeForeignEntry(this.#out, { name, inside })
    })
    task.open = { seq, name, inside }
    return true
  }

  #leave(pid: number, task: Task, inside: string, end: CallEnd, whole: boolean): boolean {
    const open = task.open
    if (open === undefined) return true
    task.open = undefined
    const { result, took } = end
    const { ret, errno } = foreignResult(result)
    const skipped = result.endsWith('(INJECTED)')
    const time = whole && this.#clock.tells ? this.#time + (took ?? 0) : this.#clock.tells ? this.#time : this.#time + STEP
    this.#held = {
      row: {
        kind: EventKind.exit, arch: ArchCode.foreign, pid, nr: foreignNumber(open.name) ?? 0, ret: ret ?? 0, link: open.seq, time,
        status: stoppedStatus(SIGNAL.SIGTRAP | 0x80), flags: (errno === undefined ? 0 : Flag.error) | (skipped ? Flag.skipped : 0),
      },
      write: () => writeForeignExit(this.#out, { inside, result, took }),
    }
    if (ret === undefined || errno !== undefined) return true
    if (FORKS.has(open.name) && ret > 0 && !this.#tasks.has(ret)) this.#parents.set(ret, pid)
    // The first line of a log is an execve, too: its task was born as that program.
    if (EXECS.has(open.name) && ret === 0 && open.seq > task.birth + 1) {
      this.#flush(time)
      this.#bear(pid, 0, ...programOf(open.inside), Flag.exec)
    }
    return true
  }

  #die(pid: number, task: Task, status: number): boolean {
    this.#append({ kind: EventKind.death, pid, status, link: task.birth })
    this.#tasks.delete(pid)
    return true
  }
}

/** The name and the arguments of the program that an execve asks for, as far as the log tells them. */
const programOf = (inside: string): readonly [string, readonly string[]] => {
  const parts = splitArguments(inside)
  const list = parts.findIndex((part) => part.startsWith('['))
  const words = list < 0 ? [] : splitArguments((parts[list] as string).slice(1, -1)).flatMap((word) => unquoted(word) ?? [])
  const path = list > 0 ? unquoted(parts[list - 1] as string) : unquoted(parts[0] ?? '')
  return [(path ?? words[0] ?? '').split('/').at(-1) ?? '', words]
}
