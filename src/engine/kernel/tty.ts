import { FILETYPE } from '../abi/wasi.ts'
import { SIGNAL } from '../abi/signal.ts'
import type { Signo } from '../abi/signal.ts'
import { AT_END, NOT_READY } from './stream.ts'
import type { Readiness, Stream } from './stream.ts'
import { WaitQueue } from './wait-queue.ts'

/** Where a terminal's output goes: what was written to fd 1 or 2, and as 0 the echo of what is typed. */
export type Output = (fd: 0 | 1 | 2, bytes: Uint8Array, at?: number, length?: number) => void

/** termios(3), the default c_cc of Linux. */
const VINTR = 0x03
const VEOF = 0x04
const BACKSPACE = 0x08
const VKILL = 0x15
const VLNEXT = 0x16
const VWERASE = 0x17
const VSUSP = 0x1a
const VQUIT = 0x1c
const VERASE = 0x7f
const CR = 0x0d
const LF = 0x0a
const TAB = 0x09
/** Back, a blank over it, back. */
const RUB_OUT = [0x08, 0x20, 0x08]

/** termios(3): "The maximum line length is 4096 chars (including the terminating newline character)". */
const LINE_MAX = 4096
/** Bytes in finished lines that nobody has read; what is typed beyond that is lost, as on Linux. */
const PENDING_MAX = 1 << 20

/** The state of a terminal as plain data, for checkpoints. */
export interface TtyState {
  readonly line: readonly number[]
  readonly lines: readonly Uint8Array[]
  readonly literal: boolean
  readonly ended: boolean
  readonly session: number
  readonly foreground: number | undefined
  readonly hasShell: boolean
}

/**
 * A terminal in canonical mode with echo and signals: ICANON, ECHO, ECHOE, ECHOK, ECHOCTL, ISIG, ICRNL, IUTF8,
 * IEXTEN. A reader gets a line at a time and waits until there is one; output passes unchanged.
 */
export class Tty implements Stream {
  readonly filetype = FILETYPE.CHARACTER_DEVICE
  readonly changed = new WaitQueue()
  /** The session that it controls (job-control.ts); 0 when that one's leader is gone. */
  session = 0
  /** The foreground process group; undefined while everybody is in it. */
  foreground: number | undefined
  /** A guest has moved jobs to and fro: somebody sits before it who may want to interrupt them. */
  hasShell = false
  readonly #output: Output
  /** A control character asks for a signal to the terminal's processes. */
  readonly #signal: (signo: Signo) => void
  #line: number[] = []
  /** Finished lines; an empty one is an end of file (^D at the start of a line). */
  #lines: Uint8Array[] = []
  #pending = 0
  /** The next character is taken as it is (^V). */
  #literal = false
  #ended = false
  #echoed: number[] = []

  constructor(output: Output, signal: (signo: Signo) => void) {
    this.#output = output
    this.#signal = signal
  }

  /** Something was typed. */
  input(bytes: Uint8Array): void {
    for (const byte of bytes) this.#type(byte === CR && !this.#literal ? LF : byte)
    this.#show()
    this.changed.wakeAll()
  }

  /** Nothing more will be typed: what there is can be read, then every read is at the end. */
  endOfInput(): void {
    if (this.#line.length > 0) this.#finish()
    this.#ended = true
    this.changed.wakeAll()
  }

  /** For fd_write: everything goes out at once. */
  put(fd: 1 | 2, bytes: Uint8Array): void {
    this.#output(fd, bytes)
  }

  read(into: Uint8Array): number | undefined {
    const line = this.#lines[0]
    if (line === undefined) return this.#ended ? 0 : undefined
    const length = Math.min(into.length, line.length)
    into.set(line.subarray(0, length))
    this.#pending -= length
    if (length < line.length) this.#lines[0] = line.subarray(length)
    else this.#lines.shift()
    return length
  }

  /** Writing to what stdin refers to, too, shows on the terminal. */
  write(bytes: Uint8Array): number {
    this.#output(1, bytes)
    return bytes.length
  }

  readable(): Readiness {
    const line = this.#lines[0]
    if (line !== undefined) return { ready: true, bytes: line.length, hangup: false }
    return this.#ended ? AT_END : NOT_READY
  }

  writable(): Readiness {
    return { ready: true, bytes: 0, hangup: false }
  }

  /** A terminal outlives its descriptors. */
  close(): void {}

  save(): TtyState {
    const { session, foreground, hasShell } = this
    return {
      line: [...this.#line], lines: [...this.#lines], literal: this.#literal, ended: this.#ended, session, foreground, hasShell,
    }
  }

  restore(state: TtyState): void {
    this.#line = [...state.line]
    this.#lines = [...state.lines]
    this.#pending = state.lines.reduce((sum, line) => sum + line.length, 0)
    this.#literal = state.literal
    this.#ended = state.ended
    this.session = state.session
    this.foreground = state.foreground
    this.hasShell = state.hasShell
  }

  #type(byte: number): void {
    if (this.#ended) return
    if (this.#literal) {
      this.#literal = false
      this.#append(byte)
      return
    }
    switch (byte) {
      case VINTR: return this.#interrupt(byte, SIGNAL.SIGINT)
      case VQUIT: return this.#interrupt(byte, SIGNAL.SIGQUIT)
      case VSUSP: return this.#interrupt(byte, SIGNAL.SIGTSTP)
      case VERASE:
      case BACKSPACE: return this.#erase()
      case VWERASE: return this.#eraseWord()
      case VKILL:
        while (this.#line.length > 0) this.#erase()
        return
      case VLNEXT:
        this.#literal = true
        return
      case VEOF: return this.#finish()
      case LF:
        this.#line.push(LF)
        this.#echo([LF])
        return this.#finish()
      default: return this.#append(byte)
    }
  }

  #append(byte: number): void {
    // The last place of a line is for its newline.
    if (this.#line.length >= LINE_MAX - 1) return
    this.#line.push(byte)
    this.#echo(shown(byte))
  }

  #finish(): void {
    if (this.#pending + this.#line.length <= PENDING_MAX) {
      this.#lines.push(Uint8Array.from(this.#line))
      this.#pending += this.#line.length
    }
    this.#line = []
  }

  #interrupt(byte: number, signo: Signo): void {
    // Without NOFLSH, "the input queue is flushed".
    this.#line = []
    this.#lines = []
    this.#pending = 0
    this.#echo(shown(byte))
    this.#show()
    this.#signal(signo)
  }

  /** Takes back one character: with IUTF8 all of its bytes. */
  #erase(): void {
    let last = this.#line.pop()
    if (last === undefined) return
    const wide = last < 0x20 || last === 0x7f ? shown(last).length : 1
    while (last !== undefined && isContinuation(last) && this.#line.length > 0) last = this.#line.pop()
    for (let i = 0; i < wide; i++) this.#echo(RUB_OUT)
  }

  #eraseWord(): void {
    const isBlank = (): boolean => this.#line.at(-1) === 0x20 || this.#line.at(-1) === TAB
    while (isBlank()) this.#erase()
    while (this.#line.length > 0 && !isBlank()) this.#erase()
  }

  #echo(bytes: readonly number[]): void {
    this.#echoed.push(...bytes)
  }

  /** The echo of what was typed together goes out together: a character's bytes are not torn apart. */
  #show(): void {
    if (this.#echoed.length > 0) this.#output(0, Uint8Array.from(this.#echoed))
    this.#echoed = []
  }
}

/** ECHOCTL: "control characters other than TAB, NL … are echoed as ^X". */
const shown = (byte: number): readonly number[] => {
  if (byte === TAB || byte === LF || (byte >= 0x20 && byte !== 0x7f)) return [byte]
  return [0x5e, byte ^ 0x40]
}

const isContinuation = (byte: number): boolean => (byte & 0xc0) === 0x80
