import { ERRNO } from '../abi/errno.ts'
import { NT_PRSTATUS, NT_WASM_LOCALS } from '../abi/ptrace.ts'
import { GuestMemory } from '../kernel/memory.ts'
import type { RegisterFile, Task } from '../kernel/task.ts'
import type { Host } from '../ports.ts'
import { ARGS } from '../trace/registers.ts'
import { LOCAL_BYTES, localBytes } from './locals.ts'

/** Bytes of `struct user_regs_struct`: {u32 arch; i32 nr; u64 args[9]; i64 ret; u32 pc, sp, fp, pad} (abi.md). */
export const REGS_BYTES = 104

/** Puts the registers there as GETREGS and NT_PRSTATUS lay them out: 104 bytes that are inside of `memory`. */
export const storeRegisters = (memory: GuestMemory, at: number, { regs, vcpu, pc }: Task): void => {
  const { arch, nr, halves, ret } = regs
  memory.setU32(at, arch)
  memory.setU32(at + 4, nr)
  for (let i = 0; i < 2 * ARGS; i++) memory.setU32(at + 8 + 4 * i, halves[i] as number)
  memory.setU32(at + 80, ret)
  memory.setU32(at + 84, Math.floor(ret / 2 ** 32))
  memory.setU32(at + 88, pc)
  memory.setU32(at + 92, vcpu?.stackPointer() ?? 0)
  memory.setU32(at + 96, vcpu?.depth() ?? 0)
  memory.setU32(at + 100, 0)
}

/** The same as bytes of their own. */
export const registerBytes = (task: Task): Uint8Array => {
  const buffer = new ArrayBuffer(REGS_BYTES)
  storeRegisters(new GuestMemory({ buffer: () => buffer }), 0, task)
  return new Uint8Array(buffer)
}

/** Takes what a tracer may change: number, arguments, result. `arch`, `pc`, `sp` and `fp` are what the guest makes them. */
export const setRegisters = (regs: RegisterFile, bytes: Uint8Array): void => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  regs.nr = view.getInt32(4, true)
  for (let i = 0; i < 2 * ARGS; i++) regs.halves[i] = view.getInt32(8 + 4 * i, true)
  regs.ret = Number(view.getBigInt64(80, true))
}

/** PTRACE_GETREGS: the address is ignored, `data` is where they go. EFAULT as from copy_regset_to_user(). */
export const getregs = (tracer: GuestMemory, tracee: Task, data: number): number => {
  if (data === 0 || !tracer.has(data, REGS_BYTES)) return -ERRNO.EFAULT
  storeRegisters(tracer, data, tracee)
  return 0
}

/** PTRACE_SETREGS. */
export const setregs = (tracer: GuestMemory, tracee: Task, data: number): number => {
  const bytes = data === 0 ? undefined : tracer.read(data, REGS_BYTES)
  if (bytes === undefined) return -ERRNO.EFAULT
  setRegisters(tracee.regs, bytes)
  return 0
}

/**
 * PTRACE_GETREGSET and SETREGSET: `addr` says which set, NT_PRSTATUS or NT_WASM_LOCALS; `data` is a struct iovec {base, len}. "On return, the kernel modifies iov.len to
 * indicate the actual number of bytes returned." A length that is no multiple of the register size, or too long to set,
 * is EINVAL. kernel/ptrace.c: ptrace_regset()
 */
export const regset = (host: Host, tracer: GuestMemory, tracee: Task, type: number, data: number, set: boolean): number => {
  if (data === 0 || !tracer.has(data, 8)) return -ERRNO.EFAULT
  const base = tracer.u32(data)
  const asked = tracer.u32(data + 4)
  if (type === NT_WASM_LOCALS) return localSet(host, tracer, tracee, { data, base, asked }, set)
  if (type !== NT_PRSTATUS || asked % 4 !== 0) return -ERRNO.EINVAL
  const length = Math.min(asked, REGS_BYTES)
  if (set) {
    const given = base === 0 ? undefined : tracer.read(base, length)
    if (given === undefined) return -ERRNO.EFAULT
    const bytes = registerBytes(tracee)
    bytes.set(given)
    setRegisters(tracee.regs, bytes)
  } else if (base === 0 || !tracer.write(base, registerBytes(tracee).subarray(0, length))) return -ERRNO.EFAULT
  tracer.setU32(data + 4, length)
  return 0
}

/**
 * The guest shows its locals and does not take them back: a set without `set`, EOPNOTSUPP. One that is not there now is
 * ENODEV, as an inactive set is in arch/x86/kernel/fpu/regset.c.
 */
const localSet = (
  host: Host, tracer: GuestMemory, tracee: Task, { data, base, asked }: { readonly data: number; readonly base: number; readonly asked: number }, set: boolean,
): number => {
  if (asked % LOCAL_BYTES !== 0) return -ERRNO.EINVAL
  if (set) return -ERRNO.ENOTSUP
  const bytes = localBytes(host, tracee)
  if (bytes === undefined) return -ERRNO.ENODEV
  const length = Math.min(asked, bytes.length)
  if (length > 0 && (base === 0 || !tracer.write(base, bytes.subarray(0, length)))) return -ERRNO.EFAULT
  tracer.setU32(data + 4, length)
  return 0
}
