import type { GuestPort, Vcpu } from '../ports.ts'
import { Crossing, type LogReader } from './log.ts'
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
  readonly #arrived: Promise<number>
  #goOn: (result: number) => void = () => {}
  /** Ticks since the image began, at the last crossing. */
  #ran = 0
  #given = 0
  #stands = false
  #lost = false

  constructor(halves: Int32Array, reader: LogReader, memory: GuestMemory, vcpu: () => Vcpu, standing: Standing) {
    this.halves = halves
    this.#reader = reader
    this.#memory = memory
    this.#vcpu = vcpu
    this.#standing = standing
    this.#arrived = new Promise((resolve) => {
      this.#goOn = resolve
    })
  }

  /** Before the guest is started: counts its fuel. */
  begin(): void {
    this.#refill()
  }

  /** Does it stand where it should? If not, it has not done the same again. */
  get stands(): boolean {
    return this.#stands && !this.#lost
  }
  /** Calls that it has answered, and ticks, for whoever charges them. */
  get ticks(): number {
    return this.#ran
  }

  /** Lets it go on from where it stands, with the call's result. Its vcpu has another port by then. */
  goOn(result: number): void {
    this.#goOn(result)
  }

  plain(index: number, fuel: number): number {
    this.#count(fuel)
    const record = this.#reader.next
    if (record === undefined) return this.#stand(this.#standing.at === 'call')
    if (record.kind !== Crossing.call || record.where !== index) return this.#stand(false)
    const { value } = record
    this.#pass()
    return value
  }

  tickPlain(fuel: number): void {
    this.#count(fuel)
    const record = this.#reader.next
    if (record === undefined) {
      const { at } = this.#standing
      if (at === 'tick' && this.#ran >= this.#standing.ticks) this.#stand(this.#ran === this.#standing.ticks)
      else this.#refill()
    } else if (record.kind === Crossing.tick && this.#ran >= record.where) {
      if (this.#ran === record.where) this.#pass()
      else this.#stand(false)
    } else this.#refill()
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
    const record = this.#reader.next
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

  /** Nobody steps before it stands. */
  step(): void {}

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
    const { next } = this.#reader
    if (next?.kind === Crossing.enter) this.#vcpu().setSignals(true)
    if (next === undefined || next.kind === Crossing.tick) this.#refill()
  }

  /** As much fuel as it may use before it is to be asked again. */
  #refill(): void {
    const { next } = this.#reader
    const until = next?.kind === Crossing.tick ? next.where : next === undefined && this.#standing.at === 'tick' ? this.#standing.ticks : Infinity
    // The counter is looked at when it is below zero.
    this.#given = Math.max(0, Math.min(until - this.#ran - 1, MOST_FUEL))
    this.#vcpu().setFuel(this.#given)
  }
}
