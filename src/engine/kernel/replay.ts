import type { GuestPort, Vcpu } from '../ports.ts'
import { Crossing, type LogReader, type LogRecord } from './log.ts'
import type { GuestMemory } from './memory.ts'
import { CONTEXT_OFFSET } from './signal-frame.ts'

/** Where a guest is made to stand again: the kernel has it there, and will say how it goes on. */
export type Standing =
  /** In a call that has not given its result. */
  | { readonly at: 'call' }
  /** At a tick: it had run so many since its image began. */
  | { readonly at: 'tick'; readonly ticks: number }
  /** A handler has returned, and it has not gone on. */
  | { readonly at: 'return' }
  /** A call has given its result, and its guest has not gone on; nor can it: only to be looked at. */
  | { readonly at: 'done' }
  /** Between two ticks: it had made so many steps of its build since the last record; or since it had run so many ticks. */
  | { readonly at: 'step'; readonly steps: number; readonly ticks?: number }

/** Who watches a guest that is made again. What answers true wants to see no more: it goes no further. */
export interface Observer {
  /** It stands where it should, with its stack below. */
  stands?(): void
  /** It has stored something that is watched (GuestPort). */
  stored?(addr: number, length: number, pc: number, func: number): boolean
  /** It is about to run this instruction, on a build that steps, after so many steps since the latest record. */
  stepped?(pc: number, func: number, steps: number): void
  /** What kernel and tracers wrote in the latest record is in its memory. */
  passed?(): boolean
}

/** More is given in several portions: the counter has 32 bits. */
const MOST_FUEL = 2 ** 30

/**
 * The far side of a guest that is made again: answers its calls from the log until the log is at its end, and holds it
 * where it stood ("feed it the log through the trampoline's plain path, let it tick to n", design.md). Nothing of the
 * kernel changes by it, and nothing waits before that place.
 */
export class Replay implements GuestPort {
  readonly halves: Int32Array
  readonly #reader: LogReader
  readonly #memory: GuestMemory
  readonly #vcpu: () => Vcpu
  readonly #standing: Standing
  readonly #done: boolean
  readonly #arrived: Promise<number>
  #goOn: (result: number) => void = () => {}
  /** Ticks since the image began, at the last crossing. */
  #ran = 0
  #given = 0
  /** Steps since the record before. */
  #steps = 0
  #stands = false
  #lost = false

  readonly #observer: Observer

  constructor(halves: Int32Array, reader: LogReader, memory: GuestMemory, vcpu: () => Vcpu, standing: Standing, observer: Observer = {}) {
    this.#observer = observer
    this.halves = halves
    this.#reader = reader
    this.#memory = memory
    this.#vcpu = vcpu
    this.#standing = standing
    this.#done = standing.at === 'done'
    this.#arrived = new Promise((resolve) => {
      this.#goOn = resolve
    })
  }

  /** Before the guest is started: writes what was written then, and counts its fuel. */
  begin(): void {
    this.#passWritten()
    this.#prepare()
  }

  /** Does it stand where it should? If not, it has not done the same again. */
  get stands(): boolean {
    return this.#stands && !this.#lost
  }
  /** Ticks that the guest has run, up to where it is now. */
  get ticks(): number {
    return this.#ran + this.#given - this.#vcpu().fuel()
  }

  /** Lets it go on from where it stands, with the call's result. Its vcpu has another port by then. */
  goOn(result: number): void {
    this.#goOn(result)
  }

  plain(index: number, fuel: number): number {
    this.#count(fuel)
    let record = this.#reader.next
    if (record?.kind === Crossing.wrote) record = this.#passWritten()
    if (record === undefined) return this.#stand(this.#done || this.#standing.at === 'call')
    if (record.kind !== Crossing.call || record.where !== index) return this.#stand(false)
    const { value } = record
    this.#pass()
    if (this.#done && this.#reader.next === undefined) this.#stand(true)
    return value
  }

  tickPlain(fuel: number): void {
    this.#count(fuel)
    for (let record = this.#reader.next; record?.kind === Crossing.tick && this.#ran >= record.where; record = this.#reader.next) {
      if (this.#ran !== record.where) {
        this.#stand(false)
        return
      }
      this.#pass()
    }
    const standing = this.#standing
    if (this.#reader.next === undefined && standing.at === 'tick' && this.#ran >= standing.ticks) this.#stand(this.#ran === standing.ticks)
    else {
      if (this.#reader.next === undefined && standing.at === 'step' && this.#ran === standing.ticks) {
        this.#steps = 0
        this.#setStepping(true)
      }
      this.#refill()
    }
  }

  nextSignal(): number {
    const record = this.#reader.next
    const vcpu = this.#vcpu()
    if (record?.kind !== Crossing.enter) {
      vcpu.setSignals(false)
      return 0
    }
    vcpu.setStackPointer(record.where)
    vcpu.setHandlerArguments(record.where, record.where + CONTEXT_OFFSET)
    const { value } = record
    this.#pass()
    return value
  }

  signalReturned(): boolean {
    let record = this.#reader.next
    if (record?.kind === Crossing.wrote) record = this.#passWritten()
    if (record === undefined) {
      this.#stand(this.#standing.at === 'return')
      return true
    }
    if (record.kind !== Crossing.leave) {
      this.#stand(false)
      return false
    }
    const vcpu = this.#vcpu()
    vcpu.setStackPointer(record.where)
    vcpu.setAgain(record.value !== 0)
    this.#pass()
    return false
  }
  signalReturn(): Promise<void> {
    return this.#held()
  }

  /** Where a step was written at, and where it is to stand, steps are counted. */
  stepPlain(pc: number, func: number): void {
    const standing = this.#standing
    this.#steps++
    this.#observer.stepped?.(pc, func, this.#steps)
    for (let record = this.#reader.next; record?.kind === Crossing.step && this.#steps === record.where; record = this.#reader.next) {
      this.#count(this.#vcpu().fuel())
      this.#pass()
    }
    if (this.#reader.next === undefined && standing.at === 'step' && this.#steps >= standing.steps) this.#stand(this.#steps === standing.steps)
  }
  step(pc: number, func: number): void {
    this.stepPlain(pc, func)
  }
  watched(addr: number, length: number, pc: number, func: number): Promise<void> | undefined {
    return this.#observer.stored?.(addr, length, pc, func) === true ? this.#held() : undefined
  }

  finish(): Promise<number> {
    return this.#arrived
  }
  finishTick(): Promise<void> {
    return this.#held()
  }
  /** The vcpu's mode is plain while it replays. */
  suspending(index: number, fuel: number): Promise<number> {
    return Promise.resolve(this.plain(index, fuel))
  }
  tickSuspending(fuel: number): Promise<void> {
    this.tickPlain(fuel)
    return Promise.resolve()
  }

  async #held(): Promise<void> {
    await this.#arrived
  }

  /** It has come to where the log ends. Where it should not have, it has done something else: it must not go on. */
  #stand(rightly: boolean): number {
    const vcpu = this.#vcpu()
    this.#stands = true
    if (rightly) this.#observer.stands?.()
    if (!rightly) {
      this.#lost = true
      vcpu.kill()
    } else if (this.#standing.at !== 'return') vcpu.setTodo(true)
    return 0
  }

  #count(fuel: number): void {
    this.#ran += this.#given - fuel
    this.#given = fuel
  }

  /** Goes on to the next record. */
  #pass(): void {
    this.#reader.take(this.#memory)
    this.#steps = 0
    this.#prepare()
    if (this.#observer.passed?.() === true) this.#vcpu().setTodo(true)
  }

  /** Passes what was written where it stands. Returns what comes then. */
  #passWritten(): LogRecord | undefined {
    while (this.#reader.next?.kind === Crossing.wrote) this.#pass()
    return this.#reader.next
  }

  /** For the next record: what the guest must be asked for to come to it. */
  #prepare(): void {
    const { next } = this.#reader
    if (next?.kind === Crossing.enter) this.#vcpu().setSignals(true)
    const standing = this.#standing
    this.#setStepping(next === undefined ? standing.at === 'step' && standing.ticks === undefined : next.kind === Crossing.step)
    if (next === undefined || next.kind === Crossing.tick) this.#refill()
  }

  #setStepping(on: boolean): void {
    if (on === this.#stepping) return
    this.#stepping = on
    this.#vcpu().setStepping(on)
  }
  #stepping = false

  /** As much fuel as it may use before it is to be asked again. */
  #refill(): void {
    const { next } = this.#reader
    const { at } = this.#standing
    const ticks = at === 'tick' || at === 'step' ? this.#standing.ticks : undefined
    const until = next?.kind === Crossing.tick ? next.where : next === undefined && ticks !== undefined && ticks > this.#ran ? ticks : Infinity
    // The counter is looked at when it is below zero.
    this.#given = Math.max(0, Math.min(until - this.#ran - 1, MOST_FUEL))
    this.#vcpu().setFuel(this.#given)
  }
}
