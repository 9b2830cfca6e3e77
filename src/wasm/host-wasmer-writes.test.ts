import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wasmerText } from '../cli/headless.ts'
import { Clock } from '../engine/kernel/clock.ts'
import { Descriptors } from '../engine/kernel/descriptors.ts'
import { Entropy } from '../engine/kernel/entropy.ts'
import { GuestMemory } from '../engine/kernel/memory.ts'
import { openStdio } from '../engine/kernel/stdio.ts'
import { encodeUtf8 } from '../engine/kernel/text.ts'
import type { Vcpu } from '../engine/ports.ts'
import type { Failure } from '../engine/protocol.ts'
import type { Handled } from '../engine/syscall/handled.ts'
import { preview1Handled } from '../engine/syscall/preview1-handlers.ts'
import type { Caller } from '../engine/syscall/row.ts'
import { WasmerHost } from './host-wasmer.ts'
import { loadPackage } from './wasmer-package.ts'

const loader = {
  moduleUrl: (code: string) => `data:text/javascript;charset=utf-8,${encodeURIComponent(code)}`,
  importModule: (url: string): Promise<unknown> => import(/* @vite-ignore */ url),
}

/** A host with one process that never runs: its calls are made here. */
const start = async () => {
  const wasm = new WebAssembly.Memory({ initial: 1, maximum: 1 })
  const memory = new GuestMemory({ buffer: () => wasm.buffer as ArrayBuffer })
  const failures: Failure[] = []
  const host = new WasmerHost((await loadPackage(wasmerText(), loader)).start, {
    tree: [{ path: '/f', bytes: encodeUtf8('some text') }, { path: '/d/g', bytes: new Uint8Array(300) }],
    preopens: [{ guest: '/', path: '/' }],
    fail: (failure) => failures.push(failure),
    say: () => {},
  })
  const files = new Descriptors()
  openStdio({ input: encodeUtf8('typed before'), output: () => {} }).forEach((descriptor, fd) => files.place(fd, descriptor))
  const caller: Caller = {
    memory, files, clock: new Clock(1_700_000_000_000_000_000n), entropy: new Entropy(1),
    argv: ['fuzz', 'x'].map(encodeUtf8), environ: ['A=1', 'B'].map(encodeUtf8),
    cpuTime: () => 0, yieldTurn: () => 0, raise: () => {}, exit: () => {}, system: {} as Caller['system'], terminal: {} as Caller['terminal'],
  }
  host.adopt(caller, { memory: { buffer: () => wasm.buffer, wasm: () => wasm } } as unknown as Vcpu)
  memory.watchWrites(true)
  return { host, caller, memory, failures, bytes: () => new Uint8Array(wasm.buffer) }
}

/** Numbers that are addresses, descriptors, lengths and flags at once. */
const word = fc.oneof(fc.nat(8), fc.constantFrom(64, 128, 256, 512, 1024, 65_532, 65_536, -1), fc.nat(70_000))
const call = fc.record({ nr: fc.nat(preview1Handled.length - 1), words: fc.array(fc.tuple(word, fc.constantFrom(0, 0, 0, -1)), { minLength: 9, maxLength: 9 }) })

test('whatever a call is given: each byte that it changed is noted, and a panic is one failure and nothing more', { timeout: 60_000 }, async () => {
  let changed = 0
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 10, maxLength: 60 }), async (calls) => {
      const { host, caller, memory, failures, bytes } = await start()
      // Paths and vectors where the numbers of `word` point to.
      bytes().set(encodeUtf8('f\0\0\0d/g'), 64)
      new Uint32Array(bytes().buffer, 128, 8).set([512, 16, 1024, 300, 64, 1, 65_530, 6])
      for (const { nr, words } of calls) {
        const row = preview1Handled[nr] as Handled
        const halves = new Int32Array(18)
        words.forEach(([low, high], i) => halves.set([low, high], 2 * i))
        const before = bytes().slice()
        memory.takeWrites()
        const result = host.execute(row, caller, halves)
        expect(typeof result).toBe('number')
        const noted = new Set<number>()
        for (const { addr, length } of memory.takeWrites()) for (let i = 0; i < length; i++) noted.add(addr + i)
        const after = bytes()
        if (Buffer.compare(before, after) !== 0) {
          for (let addr = 0; addr < after.length; addr++) {
            if (after[addr] === before[addr]) continue
            changed++
            if (!noted.has(addr)) throw new Error(`${row.name} changed the byte at ${addr}, and nobody was told`)
          }
        }
        if (failures.length > 0) break
      }
      expect(failures.length).toBeLessThanOrEqual(1)
      for (const { kind, cause } of failures) expect(`${kind}: ${cause}`).toMatch(/^machine: It panicked in \w+ /)
    }),
    { numRuns: 20, seed: 7 },
  )
  expect(changed).toBeGreaterThan(100)
})
