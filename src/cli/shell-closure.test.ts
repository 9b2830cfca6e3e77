import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** What a module imports before it runs: not types alone, and not what it asks for later by `import()`. */
const importsOf = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type\b)(?:[^'"]*? from )?'(\.[^']+)'/gm)].map(([, path]) => join(dirname(file), path as string))

/** Everything that is loaded before the page shows anything, by its path from the root. */
const closureOf = (entry: string): ReadonlySet<string> => {
  const seen = new Set<string>()
  const visit = (file: string): void => {
    if (seen.has(file) || !/\.tsx?$/.test(file)) return
    seen.add(file)
    importsOf(file).forEach(visit)
  }
  visit(join(root, entry))
  return new Set([...seen].map((file) => relative(root, file)))
}

const shell = closureOf('src/ui/main.tsx')

test('the closure of the shell is that of its sources', () => {
  expect(shell.size).toBeGreaterThan(150)
  expect([...shell].filter((file) => !existsSync(join(root, file)))).toEqual([])
  expect(shell).toContain('src/engine/syscall/preview1.ts')
  expect(shell).toContain('src/engine/syscall/linux.ts')
})

test('the shell knows what calls are named, and loads nothing of what they do', () => {
  const data = ['src/engine/kernel/text.ts', 'src/engine/kernel/bytes.ts', 'src/engine/kernel/siginfo-bytes.ts', 'src/engine/kernel/signal-frame.ts']
  const behaviour = [...shell].filter((file) =>
    /^src\/engine\/(?:kernel|seccomp|ptrace|script)\//.test(file) || /^src\/engine\/syscall\/.*handle/.test(file) || file === 'src/engine/syscall/halves.ts')
  expect(behaviour.filter((file) => !data.includes(file))).toEqual([])
})

test.for([
  ['the language of filters', 'src/engine/filter/parse.ts'],
  ['what explains an event', 'src/ui/inspector/event-parts.tsx'],
  ['the Memory tab', 'src/ui/inspector/memory-tab.tsx'],
  ['sentences about events', 'src/engine/decode/describe.ts'],
  ['the Tasks tab', 'src/ui/tasks/task-tab.tsx'],
  ['the Source tab', 'src/ui/inspector/source-tab.tsx'],
  ['what opens links', 'src/ui/session/open-link.ts'],
  ['what unpacks links', 'src/engine/link/fragment.ts'],
  ['what inflates runs', 'src/ui/share/inflate.ts'],
  ['what compresses runs', 'src/ui/share/compress.ts'],
  ['the editor', 'src/ui/editor/script-editor.tsx'],
  ['the bar of decisions', 'src/ui/hand/decision-bar.tsx'],
] as const)('the first picture does without %s', ([, file]) => {
  expect(existsSync(join(root, file))).toBe(true)
  expect(shell).not.toContain(file)
})
