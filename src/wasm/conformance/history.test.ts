import { describe, expect, test } from 'vitest'
import type { Moment } from '../../engine/history/history.ts'
import { lookAt } from '../../engine/history/look.ts'
import type { Seen } from '../../engine/history/remake.ts'
import { momentBehind, stepsBehind } from '../../engine/history/steps.ts'
import { lastWrite, nextWrite, type Write } from '../../engine/history/writer.ts'
import type { Session } from '../../engine/session.ts'
import type { Seq } from '../../engine/trace/format.ts'
import { programs } from './program.ts'
import { traced, untraced, type Given, type Tracer } from './tracer.ts'

/** What is compared: a moment has megabytes, and there are thousands. */
const summary = (bytes: Uint8Array): string => {
  let hash = 0x811c9dc5
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ (words[i] as number), 0x01000193)
  return `${bytes.length} bytes, ${(hash >>> 0).toString(16)}`
}

/** Notes each guest's memory at each of its events, and compares when the run is over. */
const witness = (): { readonly given: Given; readonly compare: (every?: number) => { compared: number; wrong: string[] } } => {
  const was = new Map<Seq, string>()
  let session: Session | undefined
  const given: Given = {
    watch: (made) => {
      session = made
      const { kernel, past } = made
      // In the place of the past's own listener.
      kernel.recorder.listen((seq, kind, pid) => {
        const task = kernel.tasks.get(pid)
        past?.guests.note(seq, kind, task)
        if (task?.vcpu !== undefined && past?.guests.momentOf(seq) !== undefined) was.set(seq, `${summary(task.memory.bytes)}, sp ${task.vcpu.stackPointer()}`)
      })
    },
  }
  return {
    given,
    compare: (every = 1) => {
      const wrong: string[] = []
      let compared = 0
      for (const [seq, before] of was) {
        if (seq % every !== 0) continue
        const moment = session?.past?.guests.momentOf(seq)
        if (session === undefined || moment === undefined) continue
        const seen = lookAt(session.kernel, moment, ({ memory, vcpu }) => `${summary(memory.bytes)}, sp ${vcpu.stackPointer()}`)
        compared++
        const now = seen.ok ? seen.value : seen.sentence
        if (now !== before) wrong.push(`#${seq} ${moment.standing.at} ${moment.records}: ${before} is ${now}`)
      }
      return { compared, wrong }
    },
  }
}

const { acts, cell } = await programs('acts', 'cell')

const check = async (letters: string, body: (tracer: Tracer) => Promise<void>, every = 1): Promise<number> => {
  const { given, compare } = witness()
  await traced(acts, [letters], body, { ...given, tree: [{ path: '/acts', bytes: acts }] })
  const { compared, wrong } = compare(every)
  expect(wrong).toEqual([])
  return compared
}

describe('any moment of a run can be looked at again, its memory as it was', () => {
  test('at every stop of a traced guest, after every poke', async () => {
    const compared = await check('wcwygw', async (tracer) => {
      const pid = await tracer.begin()
      for (let status = await tracer.go(pid); status !== 'exited 0'; status = await tracer.go(pid)) {
        const word = tracer.peek(pid, 64)
        tracer.request('PTRACE_POKEDATA', pid, 64, word + 1)
        tracer.request('PTRACE_POKEDATA', pid, 68, word + 2)
        tracer.request('PTRACE_POKEDATA', pid, 64, word + 3)
        tracer.process.writeMemory(pid, 72, Uint8Array.of(word, 1, 2))
      }
    })
    expect(compared).toBeGreaterThan(40)
  })

  test('at stops for signals, in handlers and behind them', async () => {
    const compared = await check('huwhuRuw', async (tracer) => {
      const pid = await tracer.begin()
      await tracer.rest(pid)
    })
    expect(compared).toBeGreaterThan(20)
  })

  test('between two instructions, with pokes there', async () => {
    const compared = await check('gcwhuw', async (tracer) => {
      const pid = await tracer.begin()
      await tracer.until(pid, 'exit getpid')
      for (let i = 0; i < 120; i++) {
        await tracer.go(pid, 'PTRACE_SINGLESTEP')
        if (i % 7 === 0) {
          tracer.request('PTRACE_POKEDATA', pid, 64, i)
          tracer.request('PTRACE_POKEDATA', pid, 68, i)
        }
      }
      await tracer.until(pid, 'exit write')
      for (let i = 0; i < 60; i++) await tracer.go(pid, 'PTRACE_SINGLESTEP')
      await tracer.rest(pid)
    })
    expect(compared).toBeGreaterThan(150)
  })

  test('of children, and of another program after exec', async () => {
    const { given, compare } = witness()
    await untraced(acts, ['gfww.Wfxgw.Ww'], { ...given, tree: [{ path: '/acts', bytes: acts }] })
    const { compared, wrong } = compare()
    expect(wrong).toEqual([])
    expect(compared).toBeGreaterThan(10)
  })
})

describe('who wrote a byte', () => {
  test('is told of the guest’s own stores, with the functions it was in, of calls and of tracers', async () => {
    let session: Session | undefined
    const stops: Seq[] = []
    let addr = 0
    await traced(cell, [], async (tracer) => {
      const pid = await tracer.begin()
      const note = () => stops.push(session?.recorder.events ?? 0)
      await tracer.until(pid, 'entry write')
      addr = Number(tracer.regs(pid).args[1])
      note()
      await tracer.until(pid, 'exit write')
      await tracer.until(pid, 'entry write')
      note()
      tracer.request('PTRACE_POKEDATA', pid, addr, 77)
      note()
      await tracer.until(pid, 'exit read')
      note()
      await tracer.rest(pid)
    }, { watch: (made) => { session = made } })
    if (session === undefined) throw new Error('no session')
    const { kernel, past } = session
    const at = (seq: Seq) => past?.guests.momentOf(seq) as Moment
    const nameOf = (func: number): string | undefined => kernel.host.functionName?.('it', func)
    const told = (seen: Seen<Write | undefined>): unknown => {
      if (!seen.ok) return seen.sentence
      if (seen.value === undefined) return 'nobody'
      const { by, frames, records } = seen.value
      const when = past?.guests.whenOf(at(seq).image, records, by)
      return by === 'kernel' ? `kernel at ${when?.seq}` : `${when?.after}–${when?.seq} ` + frames.slice(0, 2).map(({ func }) => nameOf(func)).join(' < ')
    }
    let seq = stops[0] as Seq
    const bytes = { addr, length: 4 }
    expect(told(lastWrite(kernel, at(seq), bytes))).toMatch(/^\d–\d first < __original_main$/)
    seq = stops[1] as Seq
    expect(told(lastWrite(kernel, at(seq), bytes))).toBe(`${seq - 1}–${seq} second < __original_main`)
    seq = stops[2] as Seq
    expect(told(lastWrite(kernel, at(seq), bytes))).toBe(`kernel at ${seq}`)
    expect(told(nextWrite(kernel, at(stops[0] as Seq), at(past?.guests.lastOf(at(seq).image) ?? 0), bytes))).toBe(`${(stops[1] as Seq) - 1}–${stops[1]} second < __original_main`)
    seq = stops[3] as Seq
    expect(told(lastWrite(kernel, at(seq), bytes))).toBe(`kernel at ${seq}`)
    expect(told(lastWrite(kernel, at(seq), { addr: addr + 4096, length: 1 }))).toBe('nobody')
  })
})

describe('between two stops', () => {
  test('the guest is seen instruction by instruction, as if it had been stepped', async () => {
    /** Where it is at each step, by PTRACE_SINGLESTEP from the exit of the first getpid. */
    const stepped: string[] = []
    const signals: Seq[] = []
    let session: Session | undefined
    let exit = 0
    await traced(acts, ['gcw'], async (tracer) => {
      const pid = await tracer.begin()
      await tracer.until(pid, 'exit getpid')
      exit = session?.recorder.events ?? 0
      for (let i = 0; i < 60; i++) {
        await tracer.go(pid, 'PTRACE_SINGLESTEP')
        const task = session?.kernel.tasks.get(pid)
        stepped.push(`${task?.func} ${task?.pc} ${summary(task?.memory.bytes ?? new Uint8Array(0))}`)
        signals.push(session?.recorder.events ?? 0)
      }
      await tracer.rest(pid)
    }, { watch: (made) => { session = made } })
    if (session?.past === undefined) throw new Error('no session')
    const { kernel, past } = session
    const moment = past.guests.momentOf(exit) as Moment
    const listed = stepsBehind(kernel, moment, 1, 62)
    if (!listed.ok) throw new Error(listed.sentence)
    const places = Array.from(listed.value.pcs, (pc, i) => `${listed.value.funcs[i]} ${pc}`)
    // The step that ends a call is the trap behind it: from there on each is one instruction.
    const offset = places.indexOf(stepped[1]?.split(' ').slice(0, 2).join(' ') ?? '') - 1
    expect([0, 1]).toContain(offset)
    for (const i of [1, 7, 30, 59]) {
      const behind = momentBehind(moment, i + offset + 1) as Moment
      const seen = lookAt(kernel, behind, ({ memory }) => summary(memory.bytes), 'step')
      expect(`${places[i + offset]} ${seen.ok ? seen.value : seen.sentence}`).toBe(stepped[i])
    }
    // From a step on it goes on in the same way.
    const from = past.guests.momentOf(signals[10] as Seq) as Moment
    const more = stepsBehind(kernel, from, 1, 20)
    expect(more.ok && Array.from(more.value.pcs, (pc, i) => `${more.value.funcs[i]} ${pc}`)).toEqual(places.slice(11 + offset, 31 + offset))
  })
})
