import { WASM_TYPE } from '../abi/ptrace.ts'
import type { Task } from '../kernel/task.ts'
import type { Host, Vcpu } from '../ports.ts'

/** Bytes of `struct user_wasm_local`: {u32 type; u32 index; u64 value[2]}. */
export const LOCAL_BYTES = 24

/**
 * The locals of a function of this program that a guest stands in at a step, parameters first, one structure each. Of a
 * v128 both words are used, of an i32 or f32 the low half of the first; a reference is 0 where it is null, else 1.
 */
export const packLocals = (host: Host, hash: string, func: number, vcpu: Vcpu): Uint8Array => {
  const locals = host.locals?.(hash, func) ?? []
  const bytes = new Uint8Array(LOCAL_BYTES * locals.length)
  const view = new DataView(bytes.buffer)
  const shown = (slot: number): bigint => vcpu.shownLocal?.(slot) ?? 0n
  for (const [index, { type, slot }] of locals.entries()) {
    const at = LOCAL_BYTES * index
    view.setUint32(at, WASM_TYPE[type], true)
    view.setUint32(at + 4, index, true)
    view.setBigUint64(at + 8, shown(slot), true)
    if (type === 'v128') view.setBigUint64(at + 16, shown(slot + 1), true)
  }
  return bytes
}

/**
 * NT_WASM_LOCALS: the locals of the function that the task is in.
 *
 * @returns undefined where they are not known: anywhere but before an instruction of a task that steps
 */
export const localBytes = (host: Host, { vcpu, standing, process, func }: Task): Uint8Array | undefined =>
  standing !== 'step' || vcpu?.shownLocal === undefined ? undefined : packLocals(host, process.image.hash, func, vcpu)
