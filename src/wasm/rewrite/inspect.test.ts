import { expect, test } from 'vitest'
import { inspect } from './inspect.ts'
import { MAX_MODULE_BYTES } from './limit.ts'
import { rewrite } from './rewrite.ts'
import { assemble, must } from './testing.ts'

const text = (content: string): Uint8Array => new TextEncoder().encode(content)

/** What `inspect`, or else `rewrite`, says against a module. */
function problem(bytes: Uint8Array): string {
  const inspected = inspect(bytes)
  const result = inspected.ok ? rewrite(bytes, 'count') : inspected
  return result.ok ? 'none' : `${result.problem.kind}: ${result.problem.sentence}`
}

test('tells what a guest imports, exports and needs', () => {
  const bytes = assemble(
    `(import "wasi_snapshot_preview1" "fd_seek" (func $seek (param i32 i64 i32 i32) (result i32)))
     (import "wasi_snapshot_preview1" "proc_exit" (func (param i32)))
     (memory (export "memory") 2 9) (table (export "t") 1 funcref) (global (export "g") i32 (i32.const 1))
     (func $main (export "_start"))`,
    true,
  )
  expect(must(inspect(bytes))).toEqual({
    imports: [
      { module: 'wasi_snapshot_preview1', name: 'fd_seek', params: ['i32', 'i64', 'i32', 'i32'], results: ['i32'] },
      { module: 'wasi_snapshot_preview1', name: 'proc_exit', params: ['i32'], results: [] },
    ],
    exports: new Map([
      ['memory', 'memory'],
      ['t', 'table'],
      ['g', 'global'],
      ['_start', 'func'],
    ]),
    memory: { initial: 2, maximum: 9 },
    hasStart: false,
    functions: 1,
    names: new Map([
      [0, 'seek'],
      [2, 'main'],
    ]),
  })
})

test.for<[what: string, bytes: Uint8Array, says: RegExp]>([
  ['nothing', text(''), /^not-wasm: This file is empty/],
  ['HTML', text('<!doctype html><title>404</title>'), /^not-wasm: .*HTML page/],
  ['WebAssembly text', text('(module)'), /^not-wasm: .*wat2wasm/],
  ['a script', text('#!/bin/sh\n'), /^not-wasm: .*a script/],
  ['some text', text('hello'), /^not-wasm: .*text/],
  ['a zip archive', text('PK\u0003\u0004'), /^not-wasm: .*zip/],
  ['an ELF file', text('\u007fELF'), /^not-wasm: .*ELF/],
  ['a gzipped file', new Uint8Array([0x1f, 0x8b, 8]), /^not-wasm: .*gzip/],
  ['other bytes', new Uint8Array([1, 2, 3]), /^not-wasm: .*binary/],
  ['half a header', new Uint8Array([0, 0x61, 0x73, 0x6d, 1]), /^not-wasm: .*first eight bytes/],
  ['a component', new Uint8Array([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]), /^component: .*wasm32-wasip1/],
  ['another version', new Uint8Array([0, 0x61, 0x73, 0x6d, 2, 0, 0, 0]), /^version: .*version 2/],
  ['too much', new Uint8Array(MAX_MODULE_BYTES + 1), /^too-large: .*128 MiB/],
])('says what is wrong with %s', ([, bytes, says]) => {
  expect(problem(bytes)).toMatch(says)
})

const bare = (fields: string): Uint8Array => {
  // `assemble` adds a _start: it is renamed.
  const bytes = assemble(fields)
  const at = new TextDecoder('latin1').decode(bytes).lastIndexOf('_start')
  bytes.set(text('_stort'), at)
  return bytes
}

test.for<[what: string, bytes: Uint8Array, says: RegExp]>([
  ['a reactor', bare('(func (export "_initialize"))'), /^reactor/],
  ['a library', bare('(func (export "main"))'), /^no-start/],
  ['a _start with parameters', assemble('(func (export "_start") (param i32))'), /^no-start/],
  ['an imported memory', assemble('(import "env" "memory" (memory 1))'), /^import-kind: .*a memory \(env\.memory\)/],
  ['an imported global', assemble('(import "env" "g" (global i32))'), /^import-kind: .*global/],
  ['a name of ours, imported', assemble('(import "skipcall" "tick" (func))'), /^reserved-name/],
  ['a name of ours, exported', assemble('(func (export "skipcall.start"))'), /^reserved-name/],
  ['an import with a vector', assemble('(import "env" "f" (func (param v128)))'), /^import-type: .*env\.f/],
  ['an import that gives an i64', assemble('(import "env" "f" (func (result i64)))'), /^import-type/],
  ['too large a memory', assemble('(memory 16385)'), /^memory-size/],
  ['too large a table', assemble('(table 1048577 funcref)'), /^table-size/],
])('refuses %s', ([, bytes, says]) => {
  expect(problem(bytes)).toMatch(says)
})

/** A module with one function `_start` of these instructions, and a memory. */
function withCode(...code: number[]): Uint8Array {
  const body = [0, ...code, 0x0b]
  return new Uint8Array([
    0,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0,
    1,
    4,
    1,
    0x60,
    0,
    0,
    3,
    2,
    1,
    0,
    5,
    3,
    1,
    0,
    1,
    7,
    10,
    1,
    6,
    ...text('_start'),
    0,
    0,
    10,
    body.length + 2,
    1,
    body.length,
    ...body,
  ])
}

test.for<[what: string, code: number[], says: RegExp]>([
  ['nothing odd', [0x01], /^none/],
  ['relaxed SIMD', [0xfd, 0x80, 0x02], /^relaxed-simd/],
  ['garbage-collected objects', [0xfb, 0x00], /^unsupported: .*garbage/],
  ['typed function references', [0x14, 0x00], /^unsupported: .*typed/],
  ['an unknown instruction', [0xff], /^unsupported/],
  ['another memory', [0x41, 0, 0x28, 0x42, 0, 0, 0x1a], /^several-memories/],
  ['a global that is not there', [0x23, 0], /^malformed: .*at 0x29 global 0/],
  ['a local that is not there', [0x20, 0], /^malformed: .*local 0/],
  ['a function that is not there', [0x10, 1], /^malformed: .*function 1/],
  ['a label that is not there', [0x0c, 1], /^malformed: .*label 1/],
  ['a type that is not there', [0x02, 1, 0x0b], /^malformed: .*type 1/],
  ['an early end', [0x0b], /^malformed: .*goes on after its end/],
  ['no end', [0x02, 0x40], /^malformed: .*ends too early/],
])('finds in a function: %s', ([, code, says]) => {
  expect(problem(withCode(...code))).toMatch(says)
})
