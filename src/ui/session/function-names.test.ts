import { expect, test } from 'vitest'
import { functionNamesIn } from './function-names.ts'

const ascii = (text: string): readonly number[] => [text.length, ...Array.from(text, (c) => c.charCodeAt(0))]
const section = (id: number, ...body: readonly number[]): readonly number[] => [id, body.length, ...body]
const module = (...sections: readonly (readonly number[])[]): Uint8Array =>
  Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections.flat()])

test('functions have the names of the name section, wherever it stands', () => {
  const names = section(0, ...ascii('name'), 0, 2, 1, 0x61, 1, 14, 2, 3, ...ascii('main'), 0x80, 1, ...ascii('read'))
  expect([...functionNamesIn(module(section(1, 0), names, section(0, ...ascii('producers'), 0)))]).toEqual([[3, 'main'], [128, 'read']])
})

test('a module without that section, or with one that is cut, has the names that are there', () => {
  expect(functionNamesIn(module(section(1, 0))).size).toBe(0)
  expect([...functionNamesIn(module([0, 20, ...ascii('name'), 1, 14, 2, 3, ...ascii('main')]))]).toEqual([[3, 'main']])
  expect(functionNamesIn(new Uint8Array(0)).size).toBe(0)
})
