import { expect, test } from 'vitest'
import wabtInit from 'wabt'
import { answerInspect } from './answer.ts'
import { guest } from './guests/fixture.ts'

const wabt = await wabtInit()
const module = (text: string): Uint8Array => wabt.parseWat('t.wat', text).toBinary({}).buffer
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const START = '(memory (export "memory") 1) (func (export "_start"))'

test('a command may be a guest', () => {
  expect(answerInspect(guest('hello'))).toEqual({ type: 'inspected' })
  expect(answerInspect(module(`(module ${START})`))).toEqual({ type: 'inspected' })
})

test.for([
  ['nothing', new Uint8Array(), /empty/],
  ['text', bytes('hello there\n'), /it is text/],
  ['HTML', bytes('<!doctype html><title>404</title>'), /HTML/],
  ['WebAssembly text', bytes('(module)'), /WebAssembly text/],
  ['a zip', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), /zip/],
  ['a compressed module', Uint8Array.of(0x1f, 0x8b, 8, 0), /gzip/],
  ['a component', Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0), /component/],
  ['a cut module', guest('hello').subarray(0, 500), /not a valid WebAssembly module/],
  ['a reactor', module('(module (memory (export "memory") 1) (func (export "_initialize")))'), /reactor/],
  ['a library', module('(module (func (export "add")))'), /no _start/],
  ['Emscripten’s', module('(module (import "env" "emscripten_resize_heap" (func (param i32) (result i32))))'), /Emscripten/],
  ['Emscripten’s, small', module('(module (import "a" "b" (func)))'), /Emscripten/],
  ['wasm-bindgen’s', module('(module (import "wbg" "__wbindgen_throw" (func (param i32 i32))))'), /wasm-bindgen/],
  ['Go’s', module('(module (import "gojs" "runtime.ticks" (func (param i32))))'), /GOOS=wasip1/],
  ['WASIX’', module(`(module (import "wasix_32v1" "proc_fork" (func (param i32 i32) (result i32))) ${START})`), /WASIX/],
  ['another host’s', module(`(module (import "env" "draw" (func (param i32))) ${START})`), /env\.draw, which is no call/],
] as const)('%s is told what it is', ([, given, sentence]) => {
  const answer = answerInspect(given)
  expect(answer.type === 'inspected' ? answer.sentence : '').toMatch(sentence)
})
