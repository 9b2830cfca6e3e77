import { describe, expect, test } from 'vitest'
import { encodeUtf8 } from '../../engine/kernel/text.ts'
import type { TreeEntry } from '../../engine/kernel/tree.ts'
import { SIGNAL } from '../../engine/abi/signal.ts'
import { guest, guestManifest } from '../guests/fixture.ts'
import type { GuestEntry } from '../guests/manifest.ts'
import { programs } from './program.ts'
import { traced, untraced, type Given, type Tracer } from './tracer.ts'

// Steps through the kernel: a guest that is stepped for a while does what it does without, call by call and byte by byte.

const { acts, signals } = await programs('acts', 'signals')
const TRAP = `SIG ${SIGNAL.SIGTRAP}`
const STEPS = 2_000

const entries = ({ files }: GuestEntry): readonly TreeEntry[] => files.map((file) =>
  'link' in file ? { path: file.path, link: file.link } : { path: file.path, bytes: encodeUtf8('text' in file ? file.text : '') })

/** A guest in the world that the menu gives it. */
const worldOf = (entry: GuestEntry): Given => ({ tty: entry.tty === true, stdin: entry.stdin ?? '', tree: entries(entry) })

/** Steps take their time, and some guests print it. */
const withoutTime = (name: string, output: string): string => (name === 'clock' || name === 'logd' ? output.replace(/\d+/g, '0') : output)

/** Steps, and calls by their names, until the guest is gone or has made so many. */
const walk = async (tracer: Tracer, pid: number, request: 'PTRACE_SINGLESTEP' | 'PTRACE_SINGLEBLOCK', most: number): Promise<string> => {
  let said = TRAP
  for (let i = 0; i < most && said === TRAP; i++) said = await tracer.go(pid, request)
  return said
}

const bundled = Object.entries(guestManifest().guests)

/** Lets it run, and have its signals, until it has ended. */
const toEnd = async (tracer: Tracer, pid: number, first: string): Promise<string> => {
  let said = first
  while (said.startsWith('SIG')) said = await tracer.go(pid, 'PTRACE_CONT', 0, said === TRAP ? 0 : Number(said.slice(4)))
  return said
}

describe('a guest that is stepped', () => {
  test.for(['PTRACE_SINGLESTEP', 'PTRACE_SINGLEBLOCK'] as const)('prints and ends as without %s: every bundled guest', async (request) => {
    for (const [name, entry] of bundled) {
      const bytes = guest(name)
      const [, ...argv] = entry.argv
      const world = worldOf(entry)
      const wanted: string[] = []
      const plain = await traced(bytes, argv, async (tracer) => {
        const pid = await tracer.begin()
        wanted.push(await toEnd(tracer, pid, await tracer.go(pid, 'PTRACE_CONT')))
      }, world)
      const stepped = await traced(bytes, argv, async (tracer) => {
        const pid = await tracer.begin()
        expect([name, await toEnd(tracer, pid, await walk(tracer, pid, request, STEPS))]).toEqual([name, wanted[0]])
      }, world)
      // Steps take virtual time: of several tasks another one may come first.
      const lines = (output: string): string[] => (entry.sdk === true ? output.split('\n').toSorted() : [withoutTime(name, output)])
      expect([name, lines(stepped.output)]).toEqual([name, lines(plain.output)])
    }
  })

  test('makes the same calls when it goes on with SYSCALL', async () => {
    const calls = async (steps: number): Promise<string[]> => {
      let all: string[] = []
      await traced(acts, ['wgywcw'], async (tracer) => {
        const pid = await tracer.begin()
        await tracer.until(pid, 'exit getpid')
        expect(await walk(tracer, pid, 'PTRACE_SINGLESTEP', steps)).toBe(TRAP)
        all = await tracer.rest(pid)
      })
      return all
    }
    expect(await calls(10)).toEqual(await calls(1))
    expect((await calls(10)).filter((said) => said.startsWith('entry'))).toEqual([
      'entry sched_yield', 'entry write', 'entry write', 'entry exit_group',
    ])
  })

  test('steps into a handler, whose first step comes before its first instruction, and out of it', async () => {
    const { output } = await traced(acts, ['hgw'], async (tracer) => {
      const pid = await tracer.begin()
      await tracer.until(pid, 'exit getpid')
      expect(tracer.kill(pid, SIGNAL.SIGUSR1)).toBe(0)
      expect(await tracer.go(pid)).toBe(`SIG ${SIGNAL.SIGUSR1}`)
      expect(await tracer.go(pid, 'PTRACE_SINGLESTEP', 0, SIGNAL.SIGUSR1)).toBe(TRAP)
      expect(await walk(tracer, pid, 'PTRACE_SINGLESTEP', 30)).toBe(TRAP)
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe('exited 0')
    })
    expect(output).toBe('h\nw\n')
  })

  test('can be written to between two steps, and forks all the same', async () => {
    const { output } = await traced(acts, ['gcfw.Ww'], async (tracer) => {
      const pid = await tracer.begin()
      await tracer.until(pid, 'exit getpid')
      expect(await walk(tracer, pid, 'PTRACE_SINGLESTEP', 300)).toBe(TRAP)
      // The word stays as it is: what matters is that a write crossed the border where no call was made.
      expect(tracer.request('PTRACE_POKEDATA', pid, 64, tracer.peek(pid, 64))).toBe(0)
      expect(await walk(tracer, pid, 'PTRACE_SINGLESTEP', 300)).toBe(TRAP)
      expect((await tracer.rest(pid)).at(-1)).toBe('exited 0')
    })
    expect(output).toBe('w\nw\n')
  })

  test('has what a call wrote, and what was poked at its stops, when it is made again there', async () => {
    for (const [request, other] of [['PTRACE_SINGLESTEP', 'PTRACE_SINGLEBLOCK'], ['PTRACE_SINGLEBLOCK', 'PTRACE_SINGLESTEP']] as const) {
      const { output } = await traced(acts, ['wfw.W'], async (tracer) => {
        const pid = await tracer.begin()
        // argv is written by these two calls: a build of its own for each stop of theirs.
        await tracer.until(pid, 'exit args_sizes_get')
        expect(await tracer.go(pid, request)).toBe(TRAP)
        await tracer.until(pid, 'entry args_get')
        expect(await tracer.go(pid, request)).toBe(TRAP)
        expect(await tracer.go(pid, other)).toBe(TRAP)
        await tracer.until(pid, 'entry fork')
        expect(tracer.request('PTRACE_POKEDATA', pid, 64, 0x1234)).toBe(0)
        tracer.request('PTRACE_SETOPTIONS', pid, 0, 3)
        expect(await tracer.go(pid)).toBe('event 1')
        const child = tracer.message(pid)
        await tracer.wait(child)
        expect([tracer.peek(pid, 64), tracer.peek(child, 64)]).toEqual([0x1234, 0x1234])
        expect(await tracer.go(child, 'PTRACE_CONT')).toBe('exited 7')
        expect((await tracer.rest(pid)).at(-1)).toBe('exited 0')
      }, { tree: [{ path: '/acts', bytes: acts }] })
      expect(output).toBe('w\nw\n')
    }
  })

  test('does it again with the same digest', async () => {
    const run = () => traced(signals, ['nested'], async (tracer) => {
      const pid = await tracer.begin()
      // Step and block by turns: each is a build of its own, and so is to run freely.
      let said = TRAP
      for (let i = 0; said.startsWith('SIG'); i++) {
        const request = i > 3_000 ? 'PTRACE_CONT' : i % 2 === 0 ? 'PTRACE_SINGLESTEP' : 'PTRACE_SINGLEBLOCK'
        said = await tracer.go(pid, request, 0, said === TRAP ? 0 : Number(said.slice(4)))
      }
      expect(said).toBe('exited 0')
    })
    const first = await run()
    expect(first.output).toBe((await untraced(signals, ['nested'])).output)
    expect((await run()).digest).toBe(first.digest)
  })
})
