import { WASM_TYPE, type WasmType } from '../abi/ptrace.ts'
import { LOCAL_BYTES } from '../ptrace/locals.ts'

/** A local of the function that a task stands in at a step. */
export interface Local {
  /** Parameters first, from 0. */
  readonly index: number
  readonly type: WasmType
  /** As WebAssembly's JavaScript interface has it: an i64 is a bigint; so is a v128, unsigned. A reference: 0 for null, else 1. */
  readonly value: number | bigint
}

const names = new Map<number, WasmType>(Object.entries(WASM_TYPE).map(([name, code]) => [code, name as WasmType]))

const valueOf = (type: WasmType, view: DataView, at: number): number | bigint => {
  switch (type) {
    case 'i32': return view.getInt32(at, true)
    case 'i64': return view.getBigInt64(at, true)
    case 'f32': return view.getFloat32(at, true)
    case 'f64': return view.getFloat64(at, true)
    case 'v128': return (view.getBigUint64(at + 8, true) << 64n) | view.getBigUint64(at, true)
    case 'funcref':
    case 'externref':
    case 'exnref': return view.getUint32(at, true)
  }
}

/** What PTRACE_GETREGSET wrote for NT_WASM_LOCALS. */
export const localsIn = (bytes: Uint8Array): readonly Local[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: Math.floor(bytes.length / LOCAL_BYTES) }, (_, i) => {
    const at = LOCAL_BYTES * i
    const type = names.get(view.getUint32(at, true)) ?? 'i64'
    return { index: view.getUint32(at + 4, true), type, value: valueOf(type, view, at + 8) }
  })
}
