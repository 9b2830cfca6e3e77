import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runHeadless } from '../../cli/headless.ts'
import { lossyText } from '../../engine/kernel/text.ts'
import { makeRecipe } from '../../engine/recipe.ts'
import type { HostName, RecipeFile } from '../../engine/recipe.ts'
import { EventKind } from '../../engine/trace/format.ts'

interface Guest {
  readonly hash: string
  readonly argv: readonly string[]
  readonly files: readonly RecipeFile[]
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

/** Runs an example as the page does: in a locked realm, over the kernel and the real guest. */
const run = async (id: string) => {
  const example = examples.find((one) => one.id === id) as Example
  const guest = guests[example.guest] as Guest
  const recipe = makeRecipe({
    programs: [{ name: example.guest, hash: guest.hash, argv: example.argv ?? guest.argv.slice(1) }],
    files: guest.files,
    stdin: example.stdin ?? guest.stdin ?? '',
    tty: example.tty ?? guest.tty ?? false,
    untraced: example.untraced ?? false,
    ...(example.host === undefined ? {} : { host: example.host }),
    script: text(`examples/${example.script}`),
  })
  const done = await runHeadless(recipe, { modules: { [guest.hash]: new Uint8Array(readFileSync(at(`guests/${guest.hash}.wasm`))) } })
  const printed: string[] = []
  for (let seq = 1; seq <= done.trace.length; seq++) {
    if (done.trace.event(seq)?.kind === EventKind.print) printed.push(done.trace.text(seq))
  }
  const file = (path: string): string => {
    const found = done.files.find((one) => one.path === path)
    return found !== undefined && 'bytes' in found ? lossyText(found.bytes) : ''
  }
  return { ...done, printed, file }
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
    expect(source.trimEnd().split('\n').length).toBeLessThan(60)
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
