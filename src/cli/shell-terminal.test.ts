import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { filesOf, guestsNamedIn, programsOf, type BundledGuest } from '../engine/bundle.ts'
import { lossyText } from '../engine/kernel/text.ts'
import { makeRecipe } from '../engine/recipe.ts'
import { runHeadless } from './headless.ts'

// The bundled shell on its terminal, typed to. A key that comes later than everything that can happen is taken when
// everybody waits: one at a time.

const published = new URL('../../public/guests/', import.meta.url)
const { guests } = JSON.parse(readFileSync(new URL('manifest.json', published), 'utf8')) as {
  readonly guests: Readonly<Record<string, BundledGuest>>
}
const ALL_WAIT = 1e9
const INTERRUPT = '\u0003'
const SUSPEND = '\u001a'
const END = '\u0004'

interface Typed {
  /** What lies there from the beginning. */
  readonly first?: string
  /** A key that comes after so many entries into the kernel. */
  readonly key?: { readonly at: number; readonly text: string }
  /** Each of these when everybody waits. */
  readonly then?: readonly string[]
  readonly argv?: readonly string[]
}

/** What is on the screen in the end. */
const screen = async ({ first = '', key, then = [], argv = [] }: Typed): Promise<string> => {
  const sh = guests['sh'] as BundledGuest
  const others = guestsNamedIn('', guests, 'sh')
  const recipe = makeRecipe({
    programs: [{ name: 'sh', hash: sh.hash, argv }, ...programsOf(others)],
    files: filesOf([['sh', sh], ...others]),
    tty: true,
    stdin: first,
    input: [...(key === undefined ? [] : [key]), ...then.map((text) => ({ at: ALL_WAIT, text }))],
  })
  const modules = recipe.programs.map(({ hash }) => [hash, new Uint8Array(readFileSync(new URL(`${hash}.wasm`, published)))])
  const { trace, end } = await runHeadless(recipe, { modules: Object.fromEntries(modules) })
  expect(end).toEqual({ kind: 'exited' })
  return Array.from({ length: trace.outputs.length }, (_, i) => lossyText(trace.output(i).bytes)).join('').replaceAll('\r\n', '\n')
}

/** Moments from the start of the shell to long after "sleep" sleeps. A sleep on the virtual clock is over as soon as everybody waits. */
const MOMENTS = Array.from({ length: 10 }, (_, i) => 2 + 5 * i)

test('^C ends a sleep in the foreground; whenever it comes, the shell lives on', async () => {
  const screens = await Promise.all(MOMENTS.map((at) => screen({ first: 'sleep 100\n', key: { at, text: INTERRUPT }, then: ['echo status $?\n', 'exit 0\n'] })))
  for (const one of screens) expect(one).toMatch(/\nstatus (?:0|130)\n\$ exit 0\n$/)
  expect(screens.some((one) => one === 'sleep 100\n$ ^C\n$ echo status $?\nstatus 130\n$ exit 0\n')).toBe(true)
})

test('^Z stops a sleep, jobs says so, fg lets it sleep to its end', async () => {
  const screens = await Promise.all(MOMENTS.map((at) => screen({ first: 'sleep 100\n', key: { at, text: SUSPEND }, then: ['jobs\n', 'fg\n', 'echo $?\n', 'exit\n'] })))
  expect(screens).toContain('sleep 100\n$ ^Z\n[1] Stopped  sleep 100\n$ jobs\n[1] Stopped  sleep 100\n$ fg\nsleep 100\n$ echo $?\n0\n$ exit\n')
})

test('^C and ^Z reach both sides of a pipe', async () => {
  expect(await screen({ then: ['cat | cat\n', 'one\n', SUSPEND, 'fg\n', 'two\n', INTERRUPT, 'echo $?\n', 'exit\n'] })).toBe(
    '$ cat | cat\none\none\n^Z\n[1] Stopped  cat | cat\n$ fg\ncat | cat\ntwo\ntwo\n^C\n$ echo $?\n130\n$ exit\n',
  )
})

test('what is in the background is listed, and told of when it is done', async () => {
  expect(await screen({ first: 'sleep 100 &\njobs\nsleep 101\necho awake\nexit\n' })).toMatch(
    /\$ \[1\] 3\n\$ \[1\] Running {2}sleep 100 &\n\$ \[1\] Done {5}sleep 100 &\n\$ awake\n\$ $/,
  )
})

test('commands are piped and redirected', async () => {
  expect(await screen({ then: ['ls /home | wc\n', 'cat < /home/todo.txt > /b\n', 'cat /b\n', 'exit\n'] })).toBe(
    '$ ls /home | wc\n      4       4      32\n$ cat < /home/todo.txt > /b\n$ cat /b\ntrace something\nskip a call\nread ptrace(2)\n$ exit\n',
  )
})

test('what reads the terminal in the background is stopped by SIGTTIN until it is in the foreground', async () => {
  expect(await screen({ then: ['cat &\n', 'jobs\n', 'fg\n', 'hello\n', END, 'echo $?\n', 'exit\n'] })).toBe(
    '$ cat &\n[1] 3\n$ jobs\n[1] Stopped  cat &\n$ fg\ncat &\nhello\nhello\n$ echo $?\n0\n$ exit\n',
  )
})

test('kill ends a job by its number', async () => {
  expect(await screen({ first: 'sleep 100 | cat &\nkill %1\nwait\nkill %7\nexit\n' })).toMatch(/\$ \[1\] 3\n\$ \$ Terminated\n\$ sh: %7: no such job\n\$ $/)
})

test('without a terminal of its own a shell signals the processes of a job: they have no group', async () => {
  expect(await screen({ argv: ['-c', 'sleep 100 & sleep 100 | cat & jobs; kill %1 %2; wait; jobs; kill %1; kill 77'] })).toBe(
    '[1] Running  sleep 100 &\n[2] Running  sleep 100 | cat &\nTerminated\nTerminated\nsh: %1: no such job\nsh: 77: No such process\n',
  )
  expect(await screen({ argv: ['-c', 'sleep 1 & kill -STOP %1; bg %1; fg %1; echo $?'] })).toBe('[1] Running  sleep 1 &\nsleep 1 &\n0\n')
})
