/**
 * A test of WebAssembly/wasi-testsuite: its specification (doc/specification.md there) and the verdict. The first form
 * is flat; the second is a list of operations, of which preview1's tests use run, read, write and wait.
 */
export interface TestSpec {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** The folder that the guest sees as "/", beside the specification. */
  readonly root: string | undefined
  readonly stdin: string
  readonly exitCode: number
  readonly stdout: string | undefined
  readonly stderr: string | undefined
}

/** What a run of a guest left behind. */
export interface TestOutcome {
  readonly exitCode: number
  readonly stdout: Uint8Array
  readonly stderr: Uint8Array
}

const DEFAULT: TestSpec = {
  args: [], env: {}, root: undefined, stdin: '', exitCode: 0, stdout: undefined, stderr: undefined,
}

/** Reads a specification; without text it is the default one. Throws a sentence for what is not understood. */
export const readTestSpec = (text: string | undefined): TestSpec => {
  if (text === undefined) return DEFAULT
  const json: unknown = JSON.parse(text)
  if (!isObject(json)) throw new Error('a specification is an object')
  if (json['operations'] === undefined) return readFlat(json)
  if (!Array.isArray(json['operations'])) throw new Error('operations: not a list')
  return json['operations'].reduce<TestSpec>((spec, one: unknown) => readOperation(spec, one), DEFAULT)
}

/** What does not fit; nothing if the test has passed. */
export const judge = (spec: TestSpec, outcome: TestOutcome): readonly string[] => {
  const decoder = new TextDecoder()
  const problems: string[] = []
  if (outcome.exitCode !== spec.exitCode) problems.push(`exit code ${outcome.exitCode}, not ${spec.exitCode}`)
  for (const name of ['stdout', 'stderr'] as const) {
    const expected = spec[name]
    const got = decoder.decode(outcome[name])
    if (expected !== undefined && got !== expected) {
      problems.push(`${name} ${JSON.stringify(got)}, not ${JSON.stringify(expected)}`)
    }
  }
  return problems
}

const readFlat = (json: Record<string, unknown>): TestSpec => {
  const known = ['args', 'env', 'root', 'dirs', 'stdin', 'exit_code', 'stdout', 'stderr']
  for (const key of Object.keys(json)) if (!known.includes(key)) throw new Error(`${key}: not understood`)
  // Older suites say "dirs": a list with the one folder.
  const dirs = strings(json['dirs'] ?? [], 'dirs')
  if (dirs.length > 1) throw new Error('dirs: more than one')
  return {
    args: strings(json['args'] ?? [], 'args'),
    env: environment(json['env'] ?? {}),
    root: optional(json['root'], 'root') ?? dirs[0],
    stdin: optional(json['stdin'], 'stdin') ?? '',
    exitCode: exitCode(json['exit_code']),
    stdout: optional(json['stdout'], 'stdout'),
    stderr: optional(json['stderr'], 'stderr'),
  }
}

const readOperation = (spec: TestSpec, one: unknown): TestSpec => {
  if (!isObject(one)) throw new Error('an operation is an object')
  const payload = optional(one['payload'], 'payload') ?? ''
  switch (one['type']) {
    case 'run':
      return {
        ...spec,
        args: strings(one['args'] ?? [], 'args'),
        env: environment(one['env'] ?? {}),
        root: optional(one['root'], 'root'),
      }
    case 'write': return { ...spec, stdin: spec.stdin + payload }
    case 'wait': return { ...spec, exitCode: exitCode(one['exit_code']) }
    case 'read': {
      const id = one['id'] ?? 'stdout'
      if (id !== 'stdout' && id !== 'stderr') throw new Error(`read ${String(id)}: not understood`)
      return { ...spec, [id]: (spec[id] ?? '') + payload }
    }
    default: throw new Error(`operation ${String(one['type'])}: not understood`)
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const strings = (value: unknown, name: string): readonly string[] => {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value
  throw new Error(`${name}: not a list of strings`)
}

const optional = (value: unknown, name: string): string | undefined => {
  if (value === undefined || typeof value === 'string') return value
  throw new Error(`${name}: not a string`)
}

const environment = (value: unknown): Readonly<Record<string, string>> => {
  if (!isObject(value)) throw new Error('env: not an object')
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, optional(text, name) ?? '']))
}

const exitCode = (value: unknown): number => {
  if (value === undefined) return 0
  if (typeof value === 'number') return value
  throw new Error('exit_code: not a number')
}
