import { ERRNO } from '../abi/errno.ts'
import type { Errno } from '../abi/errno.ts'
import { DIRENT, RIGHT } from '../abi/wasi.ts'
import type { Fd } from '../kernel/descriptors.ts'
import { list } from '../kernel/directory.ts'
import type { GuestAddr } from '../kernel/memory.ts'
import { encodeUtf8 } from '../kernel/text.ts'
import { directory } from './check.ts'
import { filetypeOfKind } from './filestat.ts'
import type { Caller } from './row.ts'

/**
 * Fills the buffer with entries; the last one is cut off where the buffer ends, and a buffer that is not full
 * means the end of the directory.
 */
export const fdReaddir = (
  caller: Caller, fd: Fd, buf: GuestAddr, bufLen: number, cookie: number, bufused: GuestAddr,
): Errno => {
  const from = directory(caller, fd, RIGHT.FD_READDIR)
  if (typeof from === 'number') return from
  const { memory } = caller
  if (!memory.has(buf, bufLen) || !memory.has(bufused, 4)) return ERRNO.EFAULT
  const { fs, ino } = from.file
  let used = 0
  for (const entry of list(fs, ino, cookie)) {
    if (used >= bufLen) break
    const name = encodeUtf8(entry.name)
    const bytes = new Uint8Array(DIRENT.size + name.length)
    const view = new DataView(bytes.buffer)
    view.setBigUint64(DIRENT.next, BigInt(entry.next), true)
    view.setBigUint64(DIRENT.ino, BigInt(entry.ino), true)
    view.setUint32(DIRENT.namlen, name.length, true)
    view.setUint8(DIRENT.type, filetypeOfKind(entry.kind))
    bytes.set(name, DIRENT.size)
    const part = bytes.subarray(0, bufLen - used)
    memory.write(buf + used, part)
    used += part.length
  }
  fs.touch(ino, caller.clock.realtime())
  memory.setU32(bufused, used)
  return 0
}
