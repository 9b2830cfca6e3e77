import { ERRNO } from '../abi/errno.ts'
import { PR } from '../abi/linux.ts'
import { SECCOMP_MODE } from '../abi/seccomp.ts'
import { encodeUtf8, lossyText } from '../kernel/text.ts'
import { inside } from './linux-arg.ts'
import { readProgram } from './linux-seccomp.ts'
import type { Caller } from './row.ts'

/** TASK_COMM_LEN: a thread's name and its NUL. */
const NAME_BYTES = 16

/** prctl(2), in the order of kernel/sys.c; unused arguments must be 0 where Linux says so. */
export const prctl = (caller: Caller, option: number, arg2: number, arg3: number, arg4: number, arg5: number): number => {
  const { system, memory } = caller
  switch (option) {
    case PR.PR_SET_NAME: {
      if (!inside(memory, arg2, 1)) return -ERRNO.EFAULT
      const bytes = memory.bytes.slice(arg2, arg2 + NAME_BYTES - 1)
      const end = bytes.indexOf(0)
      system.name = lossyText(end < 0 ? bytes : bytes.subarray(0, end))
      return 0
    }
    case PR.PR_GET_NAME: {
      const name = new Uint8Array(NAME_BYTES)
      name.set(encodeUtf8(system.name).subarray(0, NAME_BYTES - 1))
      return inside(memory, arg2, NAME_BYTES) && memory.write(arg2, name) ? 0 : -ERRNO.EFAULT
    }
    case PR.PR_SET_NO_NEW_PRIVS:
      if (arg2 !== 1 || arg3 !== 0 || arg4 !== 0 || arg5 !== 0) return -ERRNO.EINVAL
      return system.noNewPrivs(true)
    case PR.PR_GET_NO_NEW_PRIVS:
      if (arg2 !== 0 || arg3 !== 0 || arg4 !== 0 || arg5 !== 0) return -ERRNO.EINVAL
      return system.noNewPrivs(false)
    case PR.PR_GET_DUMPABLE:
      return 1
    case PR.PR_GET_SECCOMP:
      return system.seccompMode
    case PR.PR_SET_SECCOMP: {
      if (arg2 === SECCOMP_MODE.SECCOMP_MODE_STRICT) return system.seccompStrict()
      if (arg2 !== SECCOMP_MODE.SECCOMP_MODE_FILTER) return -ERRNO.EINVAL
      const program = readProgram(caller, arg3)
      return typeof program === 'number' ? program : system.seccompFilter(0, program)
    }
    default:
      return -ERRNO.EINVAL
  }
}
