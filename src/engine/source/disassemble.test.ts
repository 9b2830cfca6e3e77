import fc from 'fast-check'
import { expect, test } from 'vitest'
import wabtModule from 'wabt'
import { guest } from '../../wasm/guests/fixture.ts'
import { ATOMIC as KNOWN_ATOMIC, Immediate, MISC as KNOWN_MISC, PLAIN as KNOWN_PLAIN, SIMD as KNOWN_SIMD } from '../../wasm/rewrite/opcode.ts'
import { disassemble, type Disassembly } from './disassemble.ts'
import { readLayout } from './module.ts'
import { readNames } from './name.ts'
import { ATOMIC, type Immediate as Follows, MISC, type Opcode, PLAIN, SIMD } from './opcode.ts'
import { custom, leb, moduleOf, named, section } from './testing.ts'

const wabt = await wabtModule()

/** The instructions of all functions as wabt writes them, without what the two write otherwise on purpose. */
const byWabt = (bytes: Uint8Array): string[] => {
  const module = wabt.readWasm(bytes, { readDebugNames: false, exceptions: true, threads: true, simd: true, tail_call: true, relaxed_simd: true, sat_float_to_int: true, bulk_memory: true, reference_types: true, multi_value: true, sign_extension: true, function_references: true } as never)
  const lines = module.toText({ foldExprs: false, inlineExport: false }).split('\n')
  const found: string[] = []
  let inside = false
  for (const line of lines) {
    if (/^ {2}\(func/.test(line)) {
      inside = true
      // The last instruction closes the function as well.
      if (line.endsWith(')') && !/^ {2}\(func \(;\d+;\) \(type \d+\)(?: \((?:param|result)[^()]*\))*\)?$/.test(line)) found.push(line)
      continue
    }
    if (/^ {2}\(/.test(line)) inside = false
    if (inside && !/^ {4}\(local/.test(line)) found.push(line.replace(/^ {4}/, ''))
  }
  return found.map((line) => normal(line))
}

const normal = (line: string): string =>
  line
    .replace(/(delegate \d+) \(;@\d+;\)/, '$1')
    .replace(/ *;; label = @\d+/, '')
    .replace(/ \(type \d+\)(?= \((?:param|result))| \(type \d+\)$/, (match) => (/^ *(?:call_indirect|return_call_indirect)/.test(line) ? match : ''))
    .replace(/(?:f32|f64)\.const \S+ \(;=(.*);\)/, (_, value: string) => `float ${Number(value)}`)
    .replace(/f(?:32|64)\.const (\S+)$/, (_, value: string) => `float ${Number(value)}`)
    .trimEnd()

/** As wabt closes functions: a bracket at the last instruction, and no `end`. */
const closed = (listing: Disassembly): string[] => {
  const lines = listing.instructions.map(({ depth, text }) => `${'  '.repeat(depth)}${text}`)
  expect(lines.pop()).toBe('end')
  expect(listing.problem).toBe('')
  const last = lines.pop()
  return (last === undefined ? [] : [...lines, `${last})`]).map(normal)
}

const ours = (bytes: Uint8Array): string[] => {
  const layout = readLayout(bytes)
  const names = readNames(undefined)
  return layout.bodies.flatMap((_, i) => {
    const listing = disassemble({ ...layout, exported: new Map(), imported: layout.imported.map(() => '') }, names, i + layout.imported.length)
    return listing === undefined ? [] : closed(listing)
  })
}

const IMMEDIATES: Partial<Record<Follows, number[]>> = {
  none: [], zero: [0], label: [0], labels: [2, 0, 0, 0], function: [0], 'call-indirect': [0, 0], local: [0], global: [0], table: [0], memory: [0],
  'two-tables': [0, 0], 'two-memories': [0, 0], tag: [0], data: [0], element: [0], 'memory-init': [0, 0], 'table-init': [0, 0], lane: [1],
  shuffle: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], i32: [0x7f], i64: [0xc0, 0xbb, 0x78], f32: [0, 0, 0xc0, 0x3f], f64: [0x9a, 0x99, 0x99, 0x99, 0x99, 0x99, 0xb9, 0x3f],
  v128: [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0x80], 'heap-type': [0x70], select: [1, 0x7f],
}

const encoded = (prefix: readonly number[], code: number, { immediate, align }: Opcode): number[] | undefined => {
  const opcode = prefix.length === 0 ? [code] : [...prefix, ...leb(code)]
  if (immediate === 'memarg') return [...opcode, align, 8]
  if (immediate === 'memarg-lane') return [...opcode, align, 8, 1]
  const rest = IMMEDIATES[immediate]
  return rest === undefined ? undefined : [...opcode, ...rest]
}

/** Blocks are tested as blocks; what needs garbage collection or typed references wabt does not know. */
const apart = /^(?:else|end|catch|catch_all|delegate|rethrow|ref\.eq|ref\.as_non_null|br_on_null|br_on_non_null|call_ref|return_call_ref|select)$/

test.for([['', PLAIN, []], ['of bulk memory', MISC, [0xfc]], ['of vectors', SIMD.slice(0, 256), [0xfd]], ['on shared memory', ATOMIC, [0xfe]]] as const)(
  'spells every instruction %s as wabt does', ([, table, prefix]) => {
    let tried = 0
    table.forEach((opcode, code) => {
      const bytes = opcode === undefined || apart.test(opcode.name) ? undefined : encoded(prefix, code, opcode)
      if (bytes === undefined) return
      const module = moduleOf([[1, 1, 0x7f, 0x00, ...bytes, 0x01]])
      expect(ours(module), opcode?.name).toEqual(byWabt(module))
      tried++
    })
    expect(tried).toBeGreaterThan(10)
  })

test('spells blocks, handlers and what divides them as wabt does', () => {
  const body = [0,
    0x02, 0x7f, 0x41, 1, 0x03, 0x40, 0x0c, 1, 0x0b, 0x0b, 0x04, 0x7f, 0x41, 1, 0x05, 0x41, 2, 0x0b,
    0x06, 0x40, 0x10, 0, 0x07, 0, 0x09, 0, 0x19, 0x01, 0x0b, 0x06, 0x40, 0x01, 0x18, 0, 0x02, 1, 0x0d, 0, 0x0b, 0x01]
  const module = moduleOf([body])
  expect(ours(module)).toEqual(byWabt(module))
})

test('spells handlers of exnref with their labels', () => {
  const module = moduleOf([[0, 0x02, 0x40, 0x1f, 0x40, 4, 0, 0, 1, 1, 0, 0, 2, 1, 3, 0, 0x01, 0x0b, 0x0a, 0x0b]])
  const listing = disassemble(readLayout(module), readNames(undefined), 0)
  expect(listing?.instructions.map(({ depth, text }) => `${'  '.repeat(depth)}${text}`)).toEqual([
    'block', '  try_table (catch 0 1 (;@0;)) (catch_ref 0 0 (;@1;)) (catch_all 1 (;@0;)) (catch_all_ref 0 (;@1;))', '    nop', '  end', '  throw_ref', 'end', 'end'])
})

test('is wabt’s text for every function of a C program', { timeout: 30_000 }, () => {
  const bytes = new Uint8Array(guest('ls'))
  expect(ours(bytes)).toEqual(byWabt(bytes))
})

test('says names of functions, locals and globals, in quotes where the text format wants it', () => {
  const names = [...section(1, [2, 0, ...named('main'), 1, ...named('a b')]), ...section(2, [1, 0, 1, 0, ...named('n')]), ...section(7, [1, 0, ...named('__stack_pointer')])]
  const module = moduleOf([[1, 1, 0x7f, 0x20, 0, 0x23, 0, 0x10, 1], [0]], custom('name', names))
  const layout = readLayout(module)
  const listing = disassemble(layout, readNames(layout.custom.get('name')), 0)
  expect(listing?.instructions.map(({ text }) => text)).toEqual(['local.get $n', 'global.get $__stack_pointer', 'call $"a b"', 'end'])
  expect(listing?.instructions[2]?.target).toBe(1)
  expect(listing?.locals).toEqual([{ type: 'i32', name: 'n' }])
})

test('gives each instruction the offset that DWARF and stack traces have for it', () => {
  const listing = disassemble(readLayout(moduleOf([[0], [0, 0x41, 0x80, 0x01, 0x1a]])), readNames(undefined), 1)
  expect(listing?.instructions.map(({ offset, length }) => [offset, length])).toEqual([[6, 3], [9, 1], [10, 1]])
})

test('ends with a reason where bytes are no instruction', () => {
  expect(disassemble(readLayout(moduleOf([[0, 0x01, 0xf7]])), readNames(undefined), 0)).toMatchObject({ problem: 'Here begins what cannot be read: an instruction that is not known: 0xf7.' })
})

test.for([[PLAIN, KNOWN_PLAIN], [MISC, KNOWN_MISC], [SIMD, KNOWN_SIMD], [ATOMIC, KNOWN_ATOMIC]] as const)('knows what the rewriter knows', ([ours, rewriter]) => {
  rewriter.immediate.forEach((immediate, code) => {
    if (immediate !== Immediate.unknown && ours[code] === undefined) expect([0x16, 0x17, 0xfb, 0xfc, 0xfd, 0xfe, 0x1d, 0x1e]).toContain(code)
  })
})

test('never throws, whatever the body', () => {
  fc.assert(fc.property(fc.array(fc.nat(255), { maxLength: 60 }), (bytes) => {
    const listing = disassemble(readLayout(moduleOf([bytes])), readNames(undefined), 0)
    expect(listing).toBeDefined()
  }), { numRuns: 500 })
})

test('never throws, whatever has become of a module', () => {
  const bytes = new Uint8Array(guest('hello'))
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }), (changes) => {
    const damaged = bytes.slice()
    for (const [at, value] of changes) damaged[at] = value
    const layout = readLayout(damaged)
    const names = readNames(layout.custom.get('name'))
    layout.bodies.forEach((_, i) => disassemble(layout, names, layout.imported.length + i))
  }), { numRuns: 200 })
})
