import { expect, test } from 'vitest'
import { savings, timesOf } from './saving.ts'
import type { Measurement } from './way.ts'

const of = (stops: number, requests: number, time: number): Measurement => ({
  kind: 'measured', measured: { time, counts: { stops, requests, calls: 10, suspensions: 0, bytesPeeked: 100 } },
})

const TABLE = {
  native: of(0, 0, 1000), syscall: of(20, 500, 52_600), multi: of(20, 60, 4300), skipexit: of(10, 50, 2900),
  sysemu: of(10, 40, 2000), skipcall: of(10, 40, 2000),
}

test('what each way saves is said with its figures', () => {
  const [multi, exits, calls, whole] = savings(TABLE)
  expect(multi).toContain('60 requests instead of 500')
  expect(exits).toContain('10 stops of 20')
  expect(calls).toContain('10 stops alike')
  expect(whole).toContain('53× as slow; with MULTI and SKIPEXIT 2.9×. In 2006 it was 53× and 2.9×')
})

test('nothing is said of what has not been measured', () => {
  expect(savings({})).toEqual([])
  expect(savings({ ...TABLE, multi: { kind: 'missing', why: 'no' } })).toHaveLength(2)
})

test('what saves nothing is not praised', () => {
  const [multi, exits] = savings({ ...TABLE, multi: of(10, 500, 1), skipexit: of(10, 500, 1) })
  expect(multi).toContain('saves no request')
  expect(exits).toContain('saves no stop')
})

test('a ratio has two digits, and none without a base', () => {
  expect([timesOf(1, 1), timesOf(52.6, 1), timesOf(1.26, 0.43), timesOf(12_345, 1), timesOf(1, 0)]).toEqual(['1.0×', '53×', '2.9×', '12,345×', '–'])
})
