import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runHeadless } from '../../cli/headless.ts'
import { filesOf, guestsNamedIn, programsOf } from '../../engine/bundle.ts'
import { lossyText } from '../../engine/kernel/text.ts'
import { makeRecipe } from '../../engine/recipe.ts'
import type { HostName, RecipeFile } from '../../engine/recipe.ts'
import { EventKind } from '../../engine/trace/format.ts'

interface Guest {
  readonly hash: string
  readonly argv: readonly string[]
  readonly files: readonly RecipeFile[]
  readonly programs?: readonly string[]
  readonly stdin?: string
  readonly tty?: boolean
}
interface Example {
  readonly id: string
  readonly title: string
  readonly sentence: string
  readonly guest: string
  readonly script: string
  readonly argv?: readonly string[]
  readonly stdin?: string
  readonly tty?: boolean
  readonly untraced?: boolean
  readonly host?: HostName
}

const at = (path: string): URL => new URL(`../../../public/${path}`, import.meta.url)
const text = (path: string): string => readFileSync(at(path), 'utf8')
const { guests } = JSON.parse(text('guests/manifest.json')) as { guests: Readonly<Record<string, Guest>> }
const examples = JSON.parse(text('examples/index.json')) as readonly Example[]

/** A machine takes a thread of its own: tests that look at the same run share it. */
const runs = new Map<string, ReturnType<typeof run>>()
const once = (id: string): ReturnType<typeof run> => {
  const known = runs.get(id) ?? run(id)
  runs.set(id, known)
  return known
}

/** Runs an example as the page does: in a locked realm, over the kernel and the real guest (or another one). */
const run = async (id: string, other: { readonly guest?: string; readonly argv?: readonly string[] } = {}) => {
  const example = { ...(examples.find((one) => one.id === id) as Example), ...other }
  const guest = guests[example.guest] as Guest
  const script = text(`examples/${example.script}`)
  const others = guestsNamedIn(script, guests, example.guest)
  const recipe = makeRecipe({
    programs: [{ name: example.guest, hash: guest.hash, argv: example.argv ?? guest.argv.slice(1) }, ...programsOf(others)],
    files: filesOf([[example.guest, guest], ...others]),
    stdin: example.stdin ?? guest.stdin ?? '',
    tty: example.tty ?? guest.tty ?? false,
    untraced: example.untraced ?? false,
    ...(example.host === undefined ? {} : { host: example.host }),
    script,
  })
  const modules = recipe.programs.map(({ hash }) => [hash, new Uint8Array(readFileSync(at(`guests/${hash}.wasm`)))])
  const done = await runHeadless(recipe, { modules: Object.fromEntries(modules) })
  const printed: string[] = []
  for (let seq = 1; seq <= done.trace.length; seq++) {
    if (done.trace.event(seq)?.kind === EventKind.print) printed.push(done.trace.text(seq))
  }
  const file = (path: string): string => {
    const found = done.files.find((one) => one.path === path)
    return found !== undefined && 'bytes' in found ? lossyText(found.bytes) : ''
  }
  const written = Array.from({ length: done.trace.outputs.length }, (_, i) => lossyText(done.trace.output(i).bytes)).join('')
  return { ...done, printed, file, written }
}

test('every example is listed, short, and says what it does', () => {
  const scripts = readdirSync(at('examples/')).filter((name) => name.endsWith('.ts'))
  expect(examples.map(({ script }) => script).toSorted()).toEqual(scripts.toSorted())
  for (const { id, script, title, sentence, guest } of examples) {
    expect(script).toBe(`${id}.ts`)
    expect(Object.keys(guests)).toContain(guest)
    expect(title.length).toBeLessThan(40)
    expect(sentence).toMatch(/\.$/)
    const source = text(`examples/${script}`)
    expect(source.trimEnd().split('\n').length).toBeLessThan(70)
    expect(source).toMatch(/^\/\/ /)
  }
})

test('strace prints the calls of cat', async () => {
  const { end, printed } = await run('strace')
  expect(end).toEqual({ kind: 'exited' })
  expect(printed).toContain('fd_write(1, [{iov_base="A word is dead\\nWhen it is said,\\n"..., iov_len=81}], 1, [81]) = 0')
  expect(printed.at(-1)).toBe('+++ exited with 0 +++')
})

test('the raw tracer sees the same calls', async () => {
  const { end, printed } = await run('raw')
  expect(end).toEqual({ kind: 'exited' })
  expect(printed).toContain('  writes "A word is dead\\nWhen it is said,\\nSome say.\\nI say it just\\nBegins to live\\nThat day.\\n"')
  expect(printed.at(-1)).toBe('exited with 0')
})

test('one line is missing from the log, and logd says so', async () => {
  const { end, printed, file } = await run('enospc')
  expect(end).toEqual({ kind: 'exited' })
  expect(printed.at(-1)).toBe('logd exited with 1')
  expect(file('/var/log/app.log.1')).toContain('disk 88% full')
  expect(file('/var/log/app.log.1')).not.toContain('disk 91% full')
})

test('cat opens the poem where it asked for its diary', async () => {
  const { end, printed } = await run('redirect')
  expect(end).toEqual({ kind: 'exited' })
  expect(printed).toEqual(['it asks for home/diary.txt', 'and gets descriptor 4'])
})

test.for(['shout', 'freeze'])('%s runs to its end, with fewer stops', async (id) => {
  const { end, counts } = await run(id)
  expect(end).toEqual({ kind: 'exited' })
  expect(counts.stops).toBeLessThan(2 * counts.calls + 1)
})

test('SKIPEXIT halves the stops', async () => {
  const { printed } = await run('skipexit')
  expect(printed.slice(1)).toEqual(['plain            11     11     22', 'SKIPEXIT         11      0     11'])
})

test('a total virtual machine does not mind how it gets its stops', async () => {
  const { end, printed } = await run('total')
  expect(end).toEqual({ kind: 'exited' })
  expect(printed.at(-1)).toBe('The same.')
  expect(printed[0]).toContain('hello, world')
})

test('on wasmer five bytes push the rest of a file aside', async () => {
  const { end, printed } = await run('hosts')
  expect(end).toEqual({ kind: 'exited' })
  expect(printed.at(-1)).toBe('finds a size of 33')
})

test('the same recipe gives the same trace', async () => {
  expect((await run('total')).digest).toBe((await run('total')).digest)
})

test('loaded dice show a six every second time, in one stop for each such throw', async () => {
  const { printed, written, counts } = await once('dice')
  expect(printed[1]).toBe('throw 2: 5, by us')
  expect(printed.at(-1)).toBe('dice ended with 0 and noticed nothing')
  expect(written).toMatch(/^\d \+ 6 \+ \d \+ 6 \+ \d = \d+\n$/)
  // One stop per call and one at the exec; a second one for the three throws that were left to chance.
  expect(counts.stops).toBe(counts.calls + 1 + 3)
})

test('calls are ranked, with what failed', async () => {
  const { printed } = await once('rank')
  expect(printed[1]).toBe(`    4         path_filestat_get    ${'▇'.repeat(16)}`)
  expect(printed).toContain(`    2      1  fd_prestat_get       ${'▇'.repeat(8)}`)
})

test.for([
  ['ls', ['-l', '/moon'], '-       10 1970-01-01 00:00:00 dust.txt\n-       18 1970-01-01 00:00:00 flag.txt\n'],
  ['ls', ['-l', '/moon/flag.txt'], '-       18 1970-01-01 00:00:00 /moon/flag.txt\n'],
  ['walk', ['/moon'], '/moon/\n  dust.txt\n  flag.txt\n1 directory, 2 files\n'],
  ['cat', ['/moon/flag.txt', '/moon/cheese.txt'], 'We came in peace.\ncat: /moon/cheese.txt: No such file or directory\n'],
  ['cp', ['/home/poem.txt', '/moon/dust.txt'], 'cp: /moon/dust.txt: Read-only file system\n'],
] as const)('a directory of the script is there for %s %s, in one stop per call', async ([guest, argv, wanted]) => {
  const { written, counts, file } = await run('moon', { guest, argv })
  expect(written).toBe(wanted)
  expect(counts.stops).toBe(counts.calls + 1)
  expect(file('/moon')).toBe('')
})

test('the sandbox denies what it should, says so, and lets the rest pass', async () => {
  const { printed, written, file } = await once('sandbox')
  expect(printed).toEqual(["denied: [ 'path_open: /home/copy.txt for writing' ]", 'the guest ended with 1'])
  expect(written).toContain('Permission denied')
  expect(file('/home/copy.txt')).toBe('')
  const climber = await run('sandbox', { guest: 'cat', argv: ['/home/../home/poem.txt'] })
  expect(climber.printed[0]).toBe("denied: [ 'path_open: home/../home/poem.txt climbs' ]")
  expect((await run('sandbox', { guest: 'cat', argv: ['/home/poem.txt'] })).written).toContain('A word is dead')
})

test('who sleeps over one stop lets everybody wait, on the virtual clock', async () => {
  expect((await once('slow')).printed.at(-1)).toBe('plain 0.50 s, in slow motion 4.50 s, for both of them')
})

test('the feature probe finds 6', async () => {
  const { end, printed } = await once('probe')
  expect(end).toEqual({ kind: 'exited' })
  expect(printed.at(-1)).toBe('The feature level is 6, and the guest, which exits with 6, agrees.')
})

test('the forks of a shell are a family tree, with who waits for whom', async () => {
  const { end, printed, written } = await once('forks')
  expect(end).toEqual({ kind: 'exited' })
  expect(printed).toContain('sh (2) has a child, 3: still the same program')
  expect(printed).toContain('sh (2) waits: wait4, until sh (3) or sh (4) has ended')
  expect(printed).toContain('wc (4) waits: fd_read, until there is something in the pipe')
  expect(printed.slice(-3)).toEqual(['sh (2): exited with 0', '├─ ls (3): exited with 0', '└─ wc (4): exited with 0'])
  expect(written).toMatch(/^\s+4\s+4\s+32\r?\n$/)
})

test('pid, descriptors and tracer survive an exec, memory does not', async () => {
  const { end, printed, written } = await once('exec')
  expect(end).toEqual({ kind: 'exited' })
  expect(printed).toContain('3 hello: PTRACE_EVENT_EXEC, the same pid and still traced; it was thread 3 that called')
  expect(printed.filter((line) => line.includes('it is another memory'))).toHaveLength(2)
  expect(printed).toContain('   writes to the same descriptor 1: "hello, world\\n"')
  expect(printed).toContain('2 sh has exited with 0\n')
  expect(written).toContain('hello, world')
})

test('the short-lived child lives, dies by another signal, or is not alone in dying', async () => {
  const { end, written } = await once('signals')
  expect(end).toEqual({ kind: 'exited' })
  const acts = written.split(/(?<=hello, world)\r?\n/)
  expect(acts).toHaveLength(5)
  expect(written.match(/the short-lived .*/g)?.map((line) => line.trim())).toEqual([
    'the short-lived was killed: Terminated', 'the short-lived has exited with 0', 'the short-lived was killed: Hangup', 'the short-lived was killed: Terminated',
  ])
  expect(written.match(/the sleeper .*/g)?.map((line) => line.trim())).toEqual([
    ...Array<string>(3).fill('the sleeper has exited with 7'), 'the sleeper was killed: User defined signal 1',
  ])
})

test('PTRACE_CONT lets a stopped task run on, PTRACE_LISTEN leaves it stopped', async () => {
  const { end, printed } = await once('group')
  expect(end).toEqual({ kind: 'exited' })
  expect(printed).toEqual([
    'With PTRACE_CONT', '   signal-delivery-stop of SIGSTOP', '   group-stop by SIGSTOP',
    '   it ran on: two seconds later the end: it has exited with 0\n',
    'With PTRACE_LISTEN', '   signal-delivery-stop of SIGSTOP', '   group-stop by SIGSTOP',
    '   two seconds later it is where it was, and there is nothing to report',
    '   PTRACE_EVENT_STOP: the group-stop is over', '   signal-delivery-stop of SIGCONT', '   the end: it has exited with 0',
  ])
})

test('a filter stops the one call that matters, in the order of Linux since 4.8', async () => {
  const { end, printed, written } = await once('filter')
  expect(end).toEqual({ kind: 'exited' })
  expect(printed.slice(1, 4)).toEqual(['  syscall-entry of getpgid', '  seccomp of getpgid', '  syscall-exit of getpgid'])
  expect(printed.slice(5)).toEqual(["  seccomp: getpgid, and the filter's data are 42", '  killed by signal 31, SIGSYS', '24 stops became 2'])
  expect(written).toContain('jail: getpgid answers 4711')
})

test('steps find the instruction that stores a digit', async () => {
  const { end, printed } = await once('steps')
  expect(end).toEqual({ kind: 'exited' })
  expect(printed[1]).toBe('random_get has given 92')
  expect(printed[2]).toMatch(/^after \d+ instructions 0x[0-9a-f]+ is "3", stored by the one at 0x[0-9a-f]+ in __fwritex$/)
  const counted = printed.slice(4).map((line) => Number.parseInt(line, 10))
  expect(printed[3]).toContain(` ${counted.reduce((sum, count) => sum + count, 0)} instructions`)
  expect(printed.some((line) => line.endsWith('throw_die'))).toBe(true)
})

test('threads wait for a mutex, and each that leaves it wakes one', async () => {
  const { end, printed, written } = await once('threads')
  expect(end).toEqual({ kind: 'exited' })
  expect(printed).toContain('main makes A, thread 3')
  expect(printed).toContain('A waits for the mutex, behind B')
  expect(printed.slice(-4)[0]).toBe('\nthread  waited  woke others')
  const rows = printed.slice(-3).map((line) => line.trim().split(/\s+/))
  expect(rows.map(([name]) => name)).toEqual(['A', 'B', 'C'])
  const sum = (column: number): number => rows.reduce((total, row) => total + Number(row[column]), 0)
  expect(sum(1)).toBe(sum(2))
  expect(written.trim()).toBe('crew: 3 hands, 4 turns each: 12')
})

test.for(['dice', 'rank', 'moon', 'sandbox', 'slow', 'probe', 'forks', 'exec', 'signals', 'group', 'filter', 'steps', 'threads'])('%s twice is one digest', async (id) => {
  expect((await run(id)).digest).toBe((await once(id)).digest)
})
