import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { guest } from '../../wasm/guests/fixture.ts'
import type { FrameState } from './expression.ts'
import { openSource, readVariable, type Source } from './source.ts'

const sample = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`sample/${name}.wasm`, import.meta.url)))
const text = readFileSync(new URL('sample/shapes.c', import.meta.url), 'utf8').split('\n')
/** The line of shapes.c that has these words. */
const lineWith = (words: string): number => text.findIndex((line) => line.includes(words)) + 1

const plain = ['dwarf2', 'dwarf3', 'dwarf4', 'dwarf5']
const optimised = ['dwarf4-optimised', 'dwarf5-optimised']

/** The first place for a breakpoint at the line with these words. */
const at = (source: Source, words: string): number => {
  const [offset] = source.placesOf('/shapes.c', lineWith(words))?.offsets ?? []
  if (offset === undefined) throw new Error(`no code for ${words}`)
  return offset
}

/** Runs the sample up to a call of `sum` or `show` is beyond a reader: its memory is laid out by hand instead. */
const memoryOf = (bytes: ReadonlyMap<number, readonly number[]>): FrameState['memory'] => (address, length) => {
  if (address + length > 0x20000) return undefined
  const out = new Uint8Array(length)
  for (const [start, content] of bytes) content.forEach((byte, i) => { if (start + i >= address && start + i < address + length) out[start + i - address] = byte })
  return out
}

const empty: FrameState = { memory: memoryOf(new Map()), locals: Array.from({ length: 60 }, () => 0n), globals: [0n] }
const bytesOf = (value: number | bigint, size: number): number[] => Array.from({ length: size }, (_, i) => Number((BigInt(value) >> BigInt(8 * i)) & 0xffn))
const doubleBytes = (value: number): number[] => [...new Uint8Array(new Float64Array([value]).buffer)]
const ascii = (value: string): number[] => [...value].map((each) => each.charCodeAt(0))

describe.for([...plain, ...optimised])('%s', (name) => {
  const source = openSource(sample(name))

  test('has both files', () => {
    expect(source.files()).toEqual(expect.arrayContaining(['/shapes.c', '/scale.c']))
    expect(source.hasLines).toBe(true)
  })

  test('leads from a line to code, and back', () => {
    const offset = at(source, 'return copy.x;')
    expect(source.lineOf(offset)).toMatchObject({ file: '/shapes.c', line: lineWith('return copy.x;') })
    expect(source.functionAt(offset)?.name).toBe('show')
  })

  test('goes on to the next line that has code, and says which', () => {
    const declared = lineWith('double weight')
    expect(source.placesOf('/shapes.c', declared)?.line).toBeGreaterThan(lineWith('volatile count_t'))
    expect(source.placesOf('/shapes.c', 10_000)).toBeUndefined()
    expect(source.placesOf('/nowhere.c', 1)).toBeUndefined()
  })

  test('knows no line of what is no code', () => {
    expect(source.lineOf(0)).toBeUndefined()
    expect(source.lineOf(source.layout.code.length + 10)).toBeUndefined()
    expect(source.lineOf(0xffffffff)).toBeUndefined()
    expect(source.framesAt(0)).toEqual([])
  })

  test('names the declaration of a function', () => {
    expect(source.declarationOf(at(source, 'return copy.x;'))).toMatchObject({ file: '/shapes.c', line: lineWith('int show(') })
  })

  test('reads the second compile unit', () => {
    const [offset = 0] = source.placesOf('/scale.c', 4)?.offsets ?? []
    expect(source.framesAt(offset).map((frame) => frame.name)).toEqual(['scaled'])
    expect(source.globalsAt(offset).map((each) => each.name)).toEqual(['scale'])
  })
})

describe.for(plain)('variables of %s, which is not optimised', (name) => {
  const source = openSource(sample(name))
  /** Puts bytes where variables of `show` are, whose frame is at 0x1000. */
  const base = 0x1000
  const locals = Array.from({ length: 60 }, () => BigInt(base))
  const pc = at(source, 'total = copy.x + e.i')
  const variables = source.variablesAt(pc)
  const find = (wanted: string) => {
    const found = variables.find((each) => each.name === wanted)
    if (found === undefined) throw new Error(`no ${wanted}`)
    return found
  }
  const show = (wanted: string, content: readonly number[], more: readonly (readonly [number, readonly number[]])[] = []): string => {
    const place = find(wanted).locate({ memory: empty.memory, locals, globals: [0n] })
    const address = place?.kind === 'memory' ? place.address : 0
    return readVariable(find(wanted), { memory: memoryOf(new Map([[address, content], ...more])), locals, globals: [0n] }).text
  }

  test('are parameters in their order, then locals', () => {
    expect(variables.map((each) => each.name)).toEqual(['p', 'colour', 'really', 'f', 'd', 'c', 'big', 'small', 'copy', 'e', 'callback', 'grid', 'mode'])
    expect(variables.map((each) => each.kind)).toEqual([...Array.from({ length: 8 }, () => 'parameter'), ...Array.from({ length: 5 }, () => 'local')])
    expect(find('e').line).toBe(lineWith('union either e ='))
  })

  test('have types as C writes them', () => {
    const typed = Object.fromEntries(variables.map((each) => [each.name, readVariable(each, empty).type]))
    expect(typed).toMatchObject({
      p: 'struct point *', colour: 'enum colour', f: 'float', d: 'double', c: 'char', big: 'long long', small: 'unsigned char',
      copy: 'struct point', e: 'union either', callback: 'void (*)(int)', grid: 'int [2][3]', mode: 'enum mode',
    })
    expect(typed['really']).toMatch(/^_?[Bb]ool$/)
  })

  test.for([
    ['colour', bytesOf(6, 4), 'BLUE'],
    ['colour', bytesOf(9, 4), '9'],
    ['mode', bytesOf(5, 4), '(READ | APPEND)'],
    ['mode', bytesOf(9, 4), '(READ | unknown: 0x8)'],
    ['really', [1], 'true'],
    ['really', [0], 'false'],
    ['f', [0, 0, 0xc0, 0x3f], '1.5'],
    ['f', [0xcd, 0xcc, 0xcc, 0x3d], '0.100000001'],
    ['f', [0, 0, 0x80, 0xff], '-inf'],
    ['d', doubleBytes(0.1), '0.10000000000000001'],
    ['d', doubleBytes(1e300), '1.0000000000000001e+300'],
    ['d', doubleBytes(-0), '-0'],
    ['d', doubleBytes(Number.NaN), 'nan(0x8000000000000)'],
    ['c', [0x78], "120 'x'"],
    ['c', [0x0a], "10 '\\n'"],
    ['c', [0xc8], "-56 '\\310'"],
    ['small', [200], "200 '\\310'"],
    ['big', bytesOf(-5000000000n, 8), '-5000000000'],
    ['callback', bytesOf(0, 4), '0x0'],
    ['callback', bytesOf(3, 4), '0x3'],
    ['grid', [1, 2, 3, 4, 5, 6].flatMap((each) => bytesOf(each, 4)), '{{1, 2, 3}, {4, 5, 6}}'],
    ['e', [0, 0, 0xc0, 0x3f], '{i = 1069547520, f = 1.5}'],
  ] as const)('print as gdb prints them: %s, %j is %s', ([wanted, content, expected]) => {
    expect(show(wanted, content)).toBe(expected)
  })

  test('are structs with their members, texts and bit fields', () => {
    const content = [
      ...bytesOf(1, 4), ...bytesOf(-2, 4), ...doubleBytes(2.5), ...bytesOf(0x3000, 4), ...ascii('tag'), 0, 0, 0, 0, 0, ...bytesOf(3, 2), 5 | (0x17 << 3), 0,
    ]
    expect(show('copy', content, [[0x3000, [...ascii('label'), 0]]])).toBe(
      '{x = 1, y = -2, weight = 2.5, label = 0x3000 "label", tag = "tag\\000\\000\\000\\000", inner = {a = 3}, flag = 5, rest = -9}')
  })

  test('come with members as children, and what a pointer points to', () => {
    const value = readVariable(find('p'), { memory: memoryOf(new Map([[0x800, bytesOf(7, 4)]])), locals: Array.from({ length: 60 }, () => BigInt(base)), globals: [0n] })
    expect(value.text).toBe('0x0')
    const state: FrameState = { ...empty, locals, memory: (address, length) => (address < 0x20000 ? new Uint8Array(length).fill(0x08) : undefined) }
    const pointing = readVariable(find('p'), { ...state, memory: (address, length) => (length === 4 && address < 0x2000 ? Uint8Array.from([0, 0x40, 0, 0]) : address < 0x20000 ? new Uint8Array(length) : undefined) })
    expect(pointing.text).toBe('0x4000')
    expect(pointing.children[0]?.name).toBe('*p')
    expect(pointing.children[0]?.children.map((child) => child.name)).toEqual(['x', 'y', 'weight', 'label', 'tag', 'inner', 'flag', 'rest'])
  })

  test('say where memory ends', () => {
    expect(readVariable(find('copy'), { memory: () => undefined, locals, globals: [0n] }).text).toMatch(/^<error: Cannot access memory at address 0x[\da-f]+>$/)
  })

  test('are not there where what they need is not', () => {
    expect(readVariable(find('big'), { memory: empty.memory, locals: [], globals: [] }).text).toBe('<optimized out>')
  })

  test('of an inner block are there only inside of it, and before those of the function', () => {
    expect(source.variablesAt(at(source, 'result += square(item)')).map((each) => each.name)).toEqual(['list', 'length', 'item', 'i', 'result'])
    expect(source.variablesAt(at(source, 'return result;')).map((each) => each.name)).toEqual(['list', 'length', 'result'])
  })

  test('outside of functions are those of the compile unit', () => {
    const globals = source.globalsAt(pc)
    expect(globals.map((each) => each.name).toSorted()).toEqual(['greeting', 'numbers', 'total'])
    const numbers = globals.find((each) => each.name === 'numbers')
    expect(readVariable(numbers ?? find('p'), empty).text).toBe('{0, 0, 0, 0, 0}')
  })
})

describe.for(optimised)('what %s inlined', (name) => {
  const source = openSource(sample(name))
  const offsets = source.linesOf('/shapes.c').get(lineWith('int twice = value * value'))?.toSorted((a, b) => a - b) ?? []

  test('stands on the stack by its name, at the line of its call', () => {
    const [offset = 0] = offsets
    const [inner, outer] = source.framesAt(offset)
    expect(inner).toMatchObject({ name: 'square', inlined: true, place: { line: lineWith('int twice') } })
    expect(outer).toMatchObject({ name: 'sum', inlined: false, place: { line: lineWith('result += square(item)') } })
  })

  test('has its own variables, told from the caller’s by depth', () => {
    const variables = source.variablesAt(offsets[0] ?? 0)
    expect(variables.filter((each) => each.depth === 0).map((each) => each.name)).toEqual(expect.arrayContaining(['value']))
    expect(variables.filter((each) => each.depth === 1).map((each) => each.name)).toEqual(expect.arrayContaining(['list', 'length']))
  })

  test('says what was optimised away', () => {
    const texts = source.variablesAt(offsets[0] ?? 0).map((each) => readVariable(each, { memory: () => undefined, locals: [], globals: [] }).text)
    expect(texts).toContain('<optimized out>')
  })
})

test('tells a module without debugging information by its name section, and then by its exports', () => {
  const bytes = new Uint8Array(guest('hello'))
  const source = openSource(bytes)
  expect(source.files()).toEqual(['/hello.c'])
  const start = [...source.names.functions].find(([, each]) => each === '_start')?.[0] ?? 0
  expect(source.function(start)).toMatchObject({ index: start, name: '_start' })
  expect(source.function(0)).toBeUndefined()
  expect(source.functionName(0)).toContain('wasi_snapshot_preview1')
})

test('reads nothing from what is no module', () => {
  for (const bytes of [new Uint8Array(0), new Uint8Array(100), Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 10, 200])]) {
    const source = openSource(bytes)
    expect([source.files(), source.lineOf(5), source.functionAt(5), source.variablesAt(5), source.framesAt(5)]).toEqual([[], undefined, undefined, [], []])
  }
})

/** Asks everything that can be asked. */
const askAll = (source: Source): void => {
  for (const file of source.files()) {
    source.placesOf(file, 1)
    source.linesOf(file)
  }
  for (let offset = 0; offset < source.layout.code.length + 4; offset += 23) {
    source.lineOf(offset)
    source.rowAround(offset)
    source.declarationOf(offset)
    source.framesAt(offset)
    for (const each of [...source.variablesAt(offset), ...source.globalsAt(offset)]) readVariable(each, empty)
  }
}

test.for([...plain, ...optimised])('never throws and comes to an end, whatever has become of %s', { timeout: 60_000 }, (name) => {
  const original = sample(name)
  // Damage to code is none to DWARF: what is behind it is what matters.
  const { code } = openSource(original).layout
  const from = code.at + code.length
  fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: from, max: original.length - 1 }), fc.nat(255)), { minLength: 1, maxLength: 12 }), (changes) => {
    const damaged = original.slice()
    for (const [place, value] of changes) damaged[place] = value
    askAll(openSource(damaged))
  }), { numRuns: 25 })
})

test('takes its debugging information from a twin', () => {
  const full = sample('dwarf5')
  const stripped = openSource(full).layout
  const bare = full.slice(0, stripped.code.at + stripped.code.length)
  expect(openSource(bare).hasLines).toBe(false)
  const source = openSource(bare, full)
  expect(source.lineOf(at(source, 'return copy.x;'))?.line).toBe(lineWith('return copy.x;'))
})
