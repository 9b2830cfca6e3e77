import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runHeadless, type Finished } from '../../cli/headless.ts'
import { ERRNO } from '../../engine/abi/errno.ts'
import { SIGNAL } from '../../engine/abi/signal.ts'
import { TABLE, rowOfRequest, type Place } from '../../engine/decision/cell.ts'
import { effectOf, standingAt, type Next, type Standing } from '../../engine/decision/effect.ts'
import { writeScript } from '../../engine/decision/write-script.ts'
import { lossyText } from '../../engine/kernel/text.ts'
import { makeRecipe, type Decision, type Recipe } from '../../engine/recipe.ts'
import { Flag } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { fixture } from '../guests/fixture.ts'

// The table that the page shows, its sentences' predictions, and the script made of decisions, against the machine.
// The rows STEP and the column "event stop inside a call" come with stepping and with fork.

type Choice = Omit<Decision, 'at'>

const usual: Choice = { request: 'syscall', tags: 0, signal: 0 }

const recipeOf = (argv: string, hand: readonly Choice[]): Recipe =>
  makeRecipe({ programs: [{ name: 'calls', hash: 'it', argv: [argv] }], hand: hand.map((choice, i) => ({ at: i + 1, ...choice })) })
const run = (recipe: Recipe): Promise<Finished> => runHeadless(recipe, { modules: { it: fixture('calls') } })

const stopsOf = (trace: Trace): Standing[] =>
  Array.from({ length: trace.length }, (_, i) => standingAt(trace, i + 1)).filter((stop) => stop !== undefined).slice(1)
const output = (trace: Trace): string => Array.from({ length: trace.outputs.length }, (_, i) => lossyText(trace.output(i).bytes)).join('')
const said = (stop: Standing): string => `${stop.kind} ${stop.call || stop.signo}`

/** The usual decisions as far as the first stop of that kind at that call. */
const upTo = async (argv: string, place: string): Promise<Choice[]> => {
  const { trace } = await run(recipeOf(argv, []))
  const at = stopsOf(trace).findIndex((stop) => said(stop) === place)
  return Array.from({ length: at }, () => usual)
}

/** Ways to stand at each kind of stop before an fd_write that writes `w`, in `calls yww`. */
const PLACES: readonly { readonly place: Place; readonly where: string; readonly lead: () => Promise<Choice[]> }[] = [
  { place: 'entry', where: 'entry fd_write', lead: () => upTo('yww', 'entry fd_write') },
  { place: 'other', where: 'exit sched_yield', lead: () => upTo('yww', 'exit sched_yield') },
  {
    place: 'other', where: `signal ${SIGNAL.SIGWINCH}`,
    lead: async () => [...(await upTo('yww', 'exit sched_yield')), { ...usual, signal: SIGNAL.SIGWINCH }],
  },
  {
    place: 'other', where: `group ${SIGNAL.SIGSTOP}`,
    lead: async () => [...(await upTo('yww', 'exit sched_yield')), { ...usual, signal: SIGNAL.SIGSTOP }, { ...usual, signal: SIGNAL.SIGSTOP }],
  },
]

const REQUESTS: readonly Choice[] = (['syscall', 'cont', 'sysemu'] as const).flatMap((request) =>
  [0, 2, 4, 6].map((tags): Choice => ({ request, tags, signal: 0 })))

/** What a cell says, in what can be seen of the next fd_write: did this one run, and where is the next stop? */
const expected = (text: string, row: Place): { readonly runs: boolean | undefined; readonly next: string } => {
  if (row === 'other') return { runs: undefined, next: text === 'free' ? 'none' : 'entry fd_write' }
  if (text.startsWith('skipped if')) return { runs: true, next: 'entry fd_write' }
  return { runs: text.startsWith('run'), next: text.includes('free') ? 'none' : text.includes('exit stop') ? 'exit fd_write' : 'entry fd_write' }
}

describe('the table of ptrace-vm.md', () => {
  const cases = PLACES.flatMap(({ place, where, lead }) => REQUESTS.map((choice) => ({ place, where, lead, choice })))
  test.for(cases)('$choice.request $choice.tags at $where', async ({ place, where, lead, choice }) => {
    const before = await lead()
    const { trace } = await run(recipeOf('yww', [...before, choice]))
    const stops = stopsOf(trace)
    const stop = stops[before.length] as Standing
    expect(said(stop)).toBe(where)
    const row = rowOfRequest(choice.request, choice.tags)
    let cell = row === undefined ? '' : TABLE[row][place].text
    if (cell === 'as 0') cell = TABLE['syscall-0'][place].text
    let { runs, next } = expected(cell, place)
    // "or if the tag has 4"
    if (choice.request === 'sysemu' && place === 'entry') runs = (choice.tags & 4) === 0
    const following = stops[before.length + 1]
    expect(following === undefined ? 'none' : said(following)).toBe(next)
    // "next call: entry stop, skipped": then it is the other fd_write that is missing.
    if (choice.request === 'sysemu') expect(following?.emulated).toBe(true)
    const others = choice.request === 'sysemu' ? '' : 'w\n'
    if (runs !== undefined) expect(output(trace)).toBe(`${runs ? 'w\n' : ''}${others}`)
    expect(effectOf(stop, choice)).toMatchObject({ row, place, runs, next: next.split(' ')[0] })
  })

  test.for([[0, 'exit'], [2, 'entry'], [4, 'entry']] as const)('SYSEMU, entry, SYSCALL %d: not run, next stop %s', async ([tags, next]) => {
    const before: Choice[] = [...(await upTo('yww', 'exit sched_yield')), { ...usual, request: 'sysemu' }]
    const { trace } = await run(recipeOf('yww', [...before, { ...usual, tags }]))
    const stops = stopsOf(trace)
    const stop = stops[before.length] as Standing
    expect(stop).toMatchObject({ kind: 'entry', call: 'fd_write', emulated: true })
    expect(stops[before.length + 1]?.kind).toBe(next)
    expect(trace.outcome(stop.seq)?.flags).toSatisfy((flags: number) => (flags & Flag.skipped) !== 0)
    expect(effectOf(stop, { ...usual, tags })).toMatchObject({ runs: false, next })
    expect(effectOf(stop, { ...usual, tags }).rule.name).toBe(tags === 4 ? 'rule 2' : 'SYSEMU')
  })
})

const signal = fc.constantFrom(0, 0, 0, SIGNAL.SIGWINCH, SIGNAL.SIGCONT, SIGNAL.SIGUSR1, SIGNAL.SIGSTOP, SIGNAL.SIGTERM, SIGNAL.SIGKILL)
const choice: fc.Arbitrary<Choice> = fc.record(
  {
    request: fc.constantFrom('syscall', 'syscall', 'syscall', 'syscall', 'sysemu', 'cont', 'detach', 'kill'),
    tags: fc.constantFrom(0, 0, 0, 2, 4, 6),
    signal,
    result: fc.constantFrom(0, 1, ERRNO.ENOSPC, ERRNO.EAGAIN, 1000, -1),
    args: fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.constantFrom('1', '2', '-1', '18446744073709551615')), { maxLength: 2 }),
    memory: fc.array(fc.record({ addr: fc.integer({ min: 70_000, max: 71_000 }), bytes: fc.array(fc.nat(255), { minLength: 1, maxLength: 4 }) }), { maxLength: 1 }),
  },
  { requiredKeys: ['request', 'tags', 'signal'] },
) as fc.Arbitrary<Choice>
/** Decisions that mostly let the guest go on, with others strewn in, or nothing would be left to decide. */
const choices = fc.array(fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: choice }), { maxLength: 14 })

test('what a decision is said to lead to comes', async () => {
  await fc.assert(fc.asyncProperty(choices, async (hand) => {
    const { trace } = await run(recipeOf('wyn', hand))
    const stops = stopsOf(trace)
    hand.slice(0, stops.length).forEach((made, i) => {
      const stop = stops[i] as Standing
      const { next, runs } = effectOf(stop, made)
      const after: Next = stops[i + 1]?.kind ?? 'none'
      // The guest may end or trap before it calls again, and a signal that waits comes first.
      if (next === 'entry') expect(['entry', 'signal', 'none', 'group']).toContain(after)
      else if (next === 'none') expect(['none', 'signal']).toContain(after)
      else if (next === 'exit') expect(['exit', 'none']).toContain(after)
      else expect([next, 'none']).toContain(after)
      const outcome = stop.kind === 'entry' ? trace.outcome(stop.seq) : undefined
      if (outcome !== undefined) expect((outcome.flags & Flag.skipped) === 0).toBe(runs)
    })
  }), { numRuns: 60 })
})

/** Everything about stops and calls that does not hang on the virtual time that a tracer's own requests cost. */
const shape = (trace: Trace) => ({
  stops: stopsOf(trace).map(({ kind, call, signo, emulated, ret }) => [kind, call, signo, emulated, ret]),
  outcomes: stopsOf(trace).filter(({ kind }) => kind === 'entry').map(({ seq }) => {
    const outcome = trace.outcome(seq)
    return [outcome?.ret, outcome?.flags, outcome?.exit === 0]
  }),
  registers: stopsOf(trace).map(({ seq }) => trace.registers(seq).args.join()),
  output: output(trace),
  deaths: trace.births.filter(({ pid }) => pid !== 1).map(({ death }) => trace.event(death)?.status),
})

const unhanded = ({ hand: _, ...recipe }: Recipe): Recipe => recipe

test('the script that is written of decisions makes the same stops with the same outcomes', async () => {
  await fc.assert(fc.asyncProperty(choices, async (hand) => {
    const played = await run(recipeOf('wnw', hand))
    const stops = stopsOf(played.trace)
    const made = hand.slice(0, stops.length).map((decision, i): Decision => ({ ...decision, at: stops[i]?.seq ?? 0 }))
    const recipe = recipeOf('wnw', [])
    const script = writeScript(played.trace, { ...recipe, hand: made })
    const written = await run({ ...unhanded(recipe), script })
    expect(written.end, script).toEqual(played.end)
    expect(shape(written.trace), script).toEqual(shape(played.trace))
  }), { numRuns: 10 })
}, 60_000)

test('the script says in the words of the API what was decided', async () => {
  const before = await upTo('wyw', 'entry fd_write')
  const hand: Choice[] = [
    ...before, { ...usual, tags: 4, result: ERRNO.ENOSPC }, { ...usual, tags: 2 }, { ...usual, tags: 4, result: 0, args: [[0, '2']] },
    { request: 'cont', tags: 0, signal: 0 },
  ]
  const { trace } = await run(recipeOf('wyw', hand))
  const stops = stopsOf(trace)
  const made = hand.slice(0, stops.length).map((decision, i): Decision => ({ ...decision, at: stops[i]?.seq ?? 0 }))
  const n = before.length
  expect(writeScript(trace, { ...recipeOf('wyw', []), hand: made })).toBe(`// Decided by hand: calls, ${made.length} stops.
// Each case is the number of a stop, and the call that was there. Stops without a case go on as usual.

import { ENOSPC, spawn, trace } from "ptrace"

let stops = 0
for await (const stop of trace(spawn("calls"))) {
  if (stop.kind === "exited" || stop.kind === "killed") continue
  stops++
  switch (stops) {
    case ${n + 1}: // entry of fd_write(1, [{"w\\n", 2}], 1, 0xffdc)
      stop.fail(ENOSPC)
      break
    case ${n + 2}: // entry of sched_yield()
      stop.skipExit()
      break
    case ${n + 3}: // entry of fd_write(1, [{"w\\n", 2}], 1, 0xffdc)
      stop.set({ fd: 2 })
      stop.skip()
      break
  }
}
`)
})
