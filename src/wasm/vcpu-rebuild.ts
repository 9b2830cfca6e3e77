import type { GuestEnd, GuestPort, Vcpu, Waited } from '../engine/ports.ts'
import type { Loaded } from './load.ts'
import { MemoryPool, type MemoryLimits } from './memory-pool.ts'
import { makeVcpu, type Stacks, type WasmMemoryPort } from './vcpu-jspi.ts'

/** The one memory of a guest that is made again and again: cleared, if it has not grown, it is that of the next. */
class KeptMemory extends MemoryPool {
  #kept: WebAssembly.Memory | undefined

  override take(limits: MemoryLimits): WebAssembly.Memory {
    const kept = this.#kept
    this.#kept = undefined
    if (kept === undefined) return super.take(limits)
    new Uint8Array(kept.buffer).fill(0)
    return kept
  }
  override give(memory: WebAssembly.Memory, { initial }: MemoryLimits): void {
    if (memory.buffer.byteLength === initial * PAGE) this.#kept = memory
  }
}
const PAGE = 65_536

/**
 * A processor for a browser that cannot suspend WebAssembly ("A stack is never copied, it is rebuilt", design.md). What
 * need not wait is answered at once. A guest that must wait traps out of its stack; when its answer is there, another
 * instance is led through all that was answered before (engine/kernel/again.ts), and goes on. So to wait costs the whole
 * past of the image each time, and there are no threads.
 *
 * @throws what the engine throws when it gives no memory
 */
export const makeRebuildingVcpu = (loaded: Loaded, first: GuestPort, outOfMemory: () => void): Vcpu => {
  /** The kernel's side, and who answers now: it, or the log. */
  let port = first
  let side = first
  let waited: Waited = 'call'
  let killed = false
  let mode = false
  let signals = false
  let stepping = false
  const memories = new KeptMemory()
  let settle: (end: GuestEnd) => void = () => {}

  /** Where a stack would be suspended: it is given up, by a trap that the guest cannot catch. */
  const giveUp = (answer: Promise<unknown>): void => {
    const left = core
    given = left
    left.setTodo(false)
    left.setSignals(false)
    left.kill()
    void answer.then(goOnAgain)
  }
  const stacks: Stacks = {
    suspending: (call) => (...args: never[]) => {
      const answer = call(...args)
      if (!(answer instanceof Promise)) return answer
      giveUp(answer)
      return 0
    },
    promising: (call) => call as (...args: unknown[]) => unknown,
  }
  const waits = <Answer>(where: Waited, answer: Answer): Answer => {
    waited = where
    return answer
  }
  const relay: GuestPort = {
    halves: first.halves,
    plain: (index, fuel) => side.plain(index, fuel),
    suspending: (index, fuel) => waits('call', side.suspending(index, fuel)),
    finish: () => waits('call', side.finish()),
    tickPlain: (fuel) => side.tickPlain(fuel),
    tickSuspending: (fuel) => waits('tick', side.tickSuspending(fuel)),
    finishTick: () => waits('tick', side.finishTick()),
    stepPlain: (pc, func) => side.stepPlain(pc, func),
    step: (pc, func) => waits('step', side.step(pc, func)),
    watched: (addr, length, pc, func) => side.watched?.(addr, length, pc, func),
    nextSignal: () => side.nextSignal(),
    signalReturned: () => side.signalReturned(),
    signalReturn: () => waits('call', side.signalReturn()),
  }
  const makeCore = (): Vcpu => makeVcpu(loaded, relay, outOfMemory, undefined, memories, stacks)
  let core = makeCore()
  /** The core whose guest was given up. */
  let given: Vcpu | undefined

  const start = (): void => {
    const started = core
    void started.run().then((end) => {
      if (started !== given) settle(end)
    })
  }
  const goOnAgain = (): void => {
    if (killed) return settle({ kind: 'ended' })
    core.free()
    try {
      core = makeCore()
    } catch {
      outOfMemory()
      return settle({ kind: 'ended' })
    }
    const replay = port.again?.(waited, core, () => {
      side = port
      core.setMode(mode)
      core.setSignals(signals)
      core.setStepping(stepping)
    })
    if (replay === undefined) return settle({ kind: 'ended' })
    side = replay
    start()
  }

  const memory: WasmMemoryPort = {
    buffer: () => core.memory.buffer(),
    wasm: () => (core.memory as WasmMemoryPort).wasm(),
  }
  return {
    memory,
    build: loaded.build,
    takesSignals: core.takesSignals,
    run: () => {
      const running = new Promise<GuestEnd>((resolve) => {
        settle = resolve
      })
      start()
      return running
    },
    connect: (next) => {
      port = side = next
    },
    setMode: (on) => {
      mode = on
      core.setMode(on)
    },
    setTodo: (todo) => core.setTodo(todo),
    kill: () => {
      killed = true
      core.kill()
    },
    setFuel: (fuel) => core.setFuel(fuel),
    fuel: () => core.fuel(),
    setSignals: (due) => {
      signals = due
      core.setSignals(due)
    },
    setAgain: (again) => core.setAgain(again),
    setHandlerArguments: (siginfo, context) => core.setHandlerArguments(siginfo, context),
    setStepping: (on) => {
      stepping = on
      core.setStepping(on)
    },
    shownLocal: (slot) => core.shownLocal?.(slot) ?? 0n,
    setWatch: (lo, hi) => core.setWatch(lo, hi),
    frames: () => core.frames(),
    spot: () => core.spot(),
    depth: () => core.depth(),
    stackPointer: () => core.stackPointer(),
    setStackPointer: (sp) => core.setStackPointer(sp),
    free: () => core.free(),
  }
}
