import { SIGINFO_SIZE } from './signal-frame.ts'
import type { Siginfo } from './siginfo.ts'

/**
 * siginfo_t as a 32-bit Linux lays it out (abi.md): si_signo, si_errno, si_code, and at 12 the union: si_pid, si_uid,
 * then si_status of a SIGCHLD or si_value of a queued one; si_addr of a fault and si_call_addr of a SIGSYS stand first.
 */
export const siginfoBytes = (info: Siginfo): Uint8Array => {
  const bytes = new Uint8Array(SIGINFO_SIZE)
  storeSiginfo(new DataView(bytes.buffer), info)
  return bytes
}

/** The same, put at the beginning of a view. */
export const storeSiginfo = (view: DataView<ArrayBuffer>, { signo, code, pid, value, fault, raw }: Siginfo): void => {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, SIGINFO_SIZE).fill(0)
  // What a process wrote itself (rt_sigqueueinfo, PTRACE_SETSIGINFO) is handed on as it is.
  if (raw !== undefined) bytes.set(raw.subarray(0, SIGINFO_SIZE))
  view.setInt32(0, signo, true)
  if (raw !== undefined) return
  view.setInt32(8, code, true)
  if (fault !== undefined) {
    view.setUint32(12, fault.addr, true)
    view.setInt32(16, fault.nr, true)
    view.setUint32(20, fault.arch, true)
    if (fault.errno !== undefined) view.setInt32(4, fault.errno, true)
    return
  }
  view.setInt32(12, pid, true)
  view.setInt32(20, value, true)
}

/** The same read back. */
export const siginfoOf = (bytes: Uint8Array): Siginfo => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return {
    signo: view.getInt32(0, true), code: view.getInt32(8, true), pid: view.getInt32(12, true), value: view.getInt32(20, true), raw: bytes.slice(0, SIGINFO_SIZE),
  }
}
