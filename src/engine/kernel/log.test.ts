import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Crossing, CrossingLog, LOG_BYTES, type LogRecord } from './log.ts'
import { GuestMemory } from './memory.ts'

const memoryOf = (size: number): GuestMemory => {
  const buffer = new ArrayBuffer(size)
  return new GuestMemory({ buffer: () => buffer })
}

const all = (log: CrossingLog, memory: GuestMemory): LogRecord[] => {
  const reader = log.reader()
  const records: LogRecord[] = []
  for (let next = reader.next; next !== undefined; next = reader.next) {
    records.push({ kind: next.kind, where: next.where, value: next.value })
    reader.take(memory)
  }
  return records
}

const aRecord = fc.record({
  kind: fc.constantFrom(...Object.values(Crossing)),
  where: fc.integer({ min: 0, max: 2 ** 50 }),
  value: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  writes: fc.array(fc.record({ addr: fc.integer({ min: 0, max: 200 }), bytes: fc.uint8Array({ maxLength: 40 }) }), { maxLength: 3 }),
})

test('what was appended is read in the same order, and its bytes are where they were', () => {
  fc.assert(
    fc.property(fc.array(aRecord, { maxLength: 60 }), fc.nat(60), (records, forkAt) => {
      const log = new CrossingLog()
      const memory = memoryOf(256)
      let child: CrossingLog | undefined
      records.forEach(({ kind, where, value, writes }, i) => {
        for (const { addr, bytes } of writes) memory.write(addr, bytes)
        log.append(kind, where, value, memory, writes.map(({ addr, bytes }) => ({ addr, length: bytes.length })))
        if (i === forkAt) child = log.fork()
      })
      const heads = records.map(({ kind, where, value }) => ({ kind, where, value }))
      const again = memoryOf(256)
      expect(all(log, again)).toEqual(heads)
      expect(again.bytes).toEqual(memory.bytes)
      if (child !== undefined) expect(all(child, memoryOf(256))).toEqual(heads.slice(0, forkAt + 1))
    }),
  )
})

test('a fork and its parent go on by themselves', () => {
  const memory = memoryOf(8)
  const log = new CrossingLog()
  log.append(Crossing.call, 1, 10, memory, [])
  const child = log.fork()
  log.append(Crossing.call, 2, 20, memory, [])
  child.append(Crossing.call, 3, 30, memory, [])
  const grandchild = child.fork()
  child.append(Crossing.leave, 0, 1, memory, [])
  const values = (of: CrossingLog): number[] => all(of, memory).map(({ value }) => value)
  expect([values(log), values(child), values(grandchild)]).toEqual([[10, 20], [10, 30, 1], [10, 30]])
})

test('a log that becomes too long is lost, and says so', () => {
  const memory = memoryOf(1 << 20)
  const log = new CrossingLog()
  for (let i = 0; i <= LOG_BYTES / 2 ** 20; i++) log.append(Crossing.call, 0, 0, memory, [{ addr: 0, length: 1 << 20 }])
  expect(log.lost).toBe(true)
  expect(log.reader().next).toBe(undefined)
})
