import type { Clock, Nanoseconds } from './clock.ts'
import { SLICE_HALVINGS, SLICE_TICKS, SLICE_TIME, TICK_COST, YIELD_ENTRIES, YIELD_TICKS } from './cost.ts'
import { Entropy } from './entropy.ts'

/** Whoever takes turns: a guest's task or a script's. */
export interface Runner {
  readonly pid: number
}

/** What a runner does when it has the turn: first among those who are parked, then in the queue. */
interface Turn {
  runner: Runner | undefined
  go: () => void
  /** Who comes after it there. */
  next: Turn | undefined
}

const NOTHING = (): void => {}

/** Turns in the order in which they came; linked, so that to come and to go allocates nothing. */
class Turns {
  #first: Turn | undefined
  #last: Turn | undefined
  length = 0

  append(turn: Turn): void {
    turn.next = undefined
    if (this.#last === undefined) this.#first = turn
    else this.#last.next = turn
    this.#last = turn
    this.length++
  }

  /** Takes the first one out. */
  shift(): Turn | undefined {
    const first = this.#first
    if (first !== undefined) this.#remove(undefined, first)
    return first
  }

  /** Takes out the one that so many come before; there must be one. */
  takeAt(place: number): Turn | undefined {
    let before: Turn | undefined
    let turn = this.#first
    for (let left = place; left > 0 && turn !== undefined; left--) {
      before = turn
      turn = turn.next
    }
    if (turn !== undefined) this.#remove(before, turn)
    return turn
  }

  /** Takes a runner's out. Few wait at a time: it is looked for from the first on. */
  take(runner: Runner): Turn | undefined {
    let before: Turn | undefined
    for (let turn = this.#first; turn !== undefined; turn = turn.next) {
      if (turn.runner === runner) {
        this.#remove(before, turn)
        return turn
      }
      before = turn
    }
    return undefined
  }

  #remove(before: Turn | undefined, turn: Turn): void {
    if (before === undefined) this.#first = turn.next
    else before.next = turn.next
    if (this.#last === turn) this.#last = before
    this.length--
  }
}

interface Timer {
  readonly at: Nanoseconds
  readonly order: number
  readonly fire: () => void
  cancelled: boolean
}

/** What the machine around the kernel does when the run queue hands over. */
export interface SchedulerHost {
  /** Lets the platform's event loop turn once; then takes up what arrived meanwhile. */
  macrotask(): Promise<void>
  /** Nobody is ready, and the clock is about to jump: a promise if something may come before, and it has to be looked at again. */
  beforeJump?(to: Nanoseconds): Promise<void> | undefined
  /** Nobody is ready and no timer is set. Settles when that has changed, or the run is over. */
  idle(): Promise<void>
  /** Is the run over? Then nobody gets a turn again. */
  over(): boolean
  /** Under a schedule of its own: this runner gets its turn, and may compute for so many ticks. */
  begins?(runner: Runner, ticks: number): void
}

/**
 * The kernel's own run queue: exactly one runner has the turn. A runner gives it away with `park`, and gets it
 * back some time after `ready`. First come, first served, so the order is a function of the recipe. With a schedule,
 * which the recipe then has, chance decides who of the ready comes next, and for how long: each schedule has a longest
 * slice, from one as it is otherwise down to one of a microsecond, and every slice is somewhere between nothing and that.
 */
export class Scheduler {
  readonly clock: Clock
  readonly #host: SchedulerHost
  readonly #queue = new Turns()
  readonly #parked = new Turns()
  /** Turns that were taken: objects that stay cost the collector less than new ones. */
  readonly #spare = new Turns()
  #timers: Timer[] = []
  #order = 0
  /** Entries into the kernel since boot: the place where input is taken up is counted in these. */
  entries = 0
  #yieldAtEntries = YIELD_ENTRIES
  #ticksSinceYield = 0
  current: Runner | undefined
  #turnEnd: Nanoseconds = SLICE_TIME
  #slice: Nanoseconds = SLICE_TIME
  readonly #chance: Entropy | undefined
  /** The longest slice, in ticks. */
  readonly #longest: number = SLICE_TICKS

  /** @param schedule a seed; 0: first come, first served */
  constructor(clock: Clock, host: SchedulerHost, schedule = 0) {
    this.clock = clock
    this.#host = host
    if (schedule === 0) return
    this.#chance = new Entropy(schedule)
    this.#longest = SLICE_TICKS / 2 ** (this.#chance.next() % (SLICE_HALVINGS + 1))
  }

  /** Ticks that who has the turn may run before the kernel looks who else wants to. */
  get sliceTicks(): number {
    return this.#slice / TICK_COST
  }

  /** Counts an entry into the kernel, and the ticks that ran before it. */
  enter(ticks: number): void {
    this.entries++
    this.#ticksSinceYield += ticks
  }

  /** Must the machine await a macrotask before it goes on? Counted, never timed. */
  get yieldDue(): boolean {
    return this.entries >= this.#yieldAtEntries || this.#ticksSinceYield >= YIELD_TICKS
  }
  /** Has who has the turn had it for its time, while somebody else may want it? */
  get turnOver(): boolean {
    return this.clock.now() >= this.#turnEnd && this.pending > 0
  }
  /** Does anybody else want the turn? */
  get contended(): boolean {
    return this.#queue.length > 0
  }
  /** Ready runners and set timers: 0 when nothing will happen by itself. */
  get pending(): number {
    return this.#queue.length + this.#timers.length
  }

  /** Puts a runner that has never run at the end of the queue. */
  start(runner: Runner, go: () => void): void {
    this.#queue.append(this.#turn(runner, go))
  }
  #turn(runner: Runner, go: () => void): Turn {
    const turn = this.#spare.shift() ?? { runner, go, next: undefined }
    turn.runner = runner
    turn.go = go
    return turn
  }

  /** Is the run over? Then nobody is given a turn, and nobody parks. */
  get over(): boolean {
    return this.#host.over()
  }

  /** Gives the turn away; settles when this runner has it again, which needs a `ready`. */
  park(runner: Runner): Promise<void> {
    return new Promise((resolve) => this.parkFor(runner, resolve))
  }

  /** As `park`, for who needs no promise: `go` is called as soon as this runner has the turn again. */
  parkFor(runner: Runner, go: () => void): void {
    if (this.#host.over()) return go()
    this.#parked.append(this.#turn(runner, go))
    this.dispatch()
  }

  /** A parked runner may go on: it joins the end of the queue. Nothing happens to one that is not parked. */
  ready(runner: Runner): void {
    const turn = this.#parked.take(runner)
    if (turn !== undefined) this.#queue.append(turn)
  }

  /** Gives the turn away for one round. */
  yieldTurn(runner: Runner): Promise<void> {
    if (this.#host.over()) return Promise.resolve()
    return new Promise((resolve) => {
      this.#queue.append(this.#turn(runner, resolve))
      this.dispatch()
    })
  }

  /** Calls `fire` when the virtual clock is at `at`; answers how to cancel it. */
  timer(at: Nanoseconds, fire: () => void): () => void {
    const timer: Timer = { at, order: this.#order++, fire, cancelled: false }
    let i = this.#timers.length
    while (i > 0 && this.#after(this.#timers[i - 1] as Timer, timer)) i--
    this.#timers.splice(i, 0, timer)
    return () => {
      timer.cancelled = true
      const at = this.#timers.indexOf(timer)
      if (at >= 0) this.#timers.splice(at, 1)
    }
  }
  #after(a: Timer, b: Timer): boolean {
    return a.at > b.at || (a.at === b.at && a.order > b.order)
  }
  #fireDue(): void {
    while (this.#timers.length > 0 && (this.#timers[0] as Timer).at <= this.clock.now()) {
      const timer = this.#timers.shift() as Timer
      if (!timer.cancelled) timer.fire()
    }
  }

  /** The run is over: lets everybody go on to their end, for a suspended stack that is never resumed is never freed. */
  release(): void {
    const turns: Turn[] = []
    for (let turn = this.#queue.shift() ?? this.#parked.shift(); turn !== undefined; turn = this.#queue.shift() ?? this.#parked.shift()) {
      turns.push(turn)
    }
    for (const { go } of turns) go()
  }

  /** Hands the turn to the next runner. Who calls it has given the turn away, or is gone. */
  dispatch(): void {
    this.current = undefined
    if (this.yieldDue) void this.breathe().then(() => this.#next())
    else this.#next()
  }

  /** Lets the platform turn: between two turns, or for a guest that keeps its own. */
  async breathe(): Promise<void> {
    this.#yieldAtEntries = this.entries + YIELD_ENTRIES
    this.#ticksSinceYield = 0
    if (!this.#host.over()) await this.#host.macrotask()
  }

  #next(): void {
    if (this.#host.over()) return
    if (this.#timers.length > 0) {
      this.#fireDue()
      if (this.#queue.length === 0 && this.#timers.length > 0) {
        const { at } = this.#timers[0] as Timer
        const pause = this.#host.beforeJump?.(at)
        if (pause !== undefined) {
          void pause.then(() => this.#next())
          return
        }
        this.clock.jump(at)
        this.#fireDue()
      }
    }
    const turn = this.#choose()
    if (turn === undefined) {
      void this.#host.idle().then(() => this.#next())
      return
    }
    const { runner, go } = turn
    turn.runner = undefined
    turn.go = NOTHING
    this.#spare.append(turn)
    this.current = runner
    this.#turnEnd = this.clock.now() + this.#slice
    if (this.#chance !== undefined && runner !== undefined) this.#host.begins?.(runner, this.sliceTicks)
    go()
  }

  /** Whose turn it is, and how long a slice is then. */
  #choose(): Turn | undefined {
    const chance = this.#chance
    if (chance === undefined || this.#queue.length === 0) return this.#queue.shift()
    this.#slice = (1 + (chance.next() % this.#longest)) * TICK_COST
    return this.#queue.takeAt(chance.next() % this.#queue.length)
  }
}
