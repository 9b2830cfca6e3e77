import { ERRNO } from '../abi/errno.ts'
import { F, FD_CLOEXEC, IOCTL, O, WINSIZE } from '../abi/linux.ts'
import { FDFLAG, FILETYPE, RIGHT, STREAM_RIGHTS } from '../abi/wasi.ts'
import { FD_LIMIT } from '../kernel/descriptors.ts'
import type { Descriptor, Fd } from '../kernel/descriptors.ts'
import { openStream } from '../kernel/file.ts'
import type { GuestAddr } from '../kernel/memory.ts'
import { newPipe, nextPipeNumber, pipeOf } from '../kernel/pipe.ts'
import type { Stream } from '../kernel/stream.ts'
import { filetypeOf } from './fd.ts'
import type { LinuxHandlers } from './linux.ts'
import { inside } from './linux-arg.ts'
import { negated } from './result.ts'
import type { Caller } from './row.ts'

/** dup(2), pipe(2), fcntl(2), ioctl(2): the calls of the table linux on descriptors themselves. All answer −errno. */

/** What dup(2) shares is the open file: "The two file descriptors do not share file descriptor flags". */
const copyOf = (descriptor: Descriptor, closeOnExec: boolean): Descriptor => ({
  ...descriptor, closeOnExec, preopen: undefined,
})

const dup = (caller: Caller, oldfd: Fd): number => {
  const descriptor = caller.files.get(oldfd)
  return descriptor === undefined ? -ERRNO.EBADF : caller.files.add(copyOf(descriptor, false))
}

const place = (caller: Caller, oldfd: Fd, newfd: Fd, closeOnExec: boolean): number => {
  const descriptor = caller.files.get(oldfd)
  return descriptor === undefined ? -ERRNO.EBADF : caller.files.place(newfd, copyOf(descriptor, closeOnExec))
}

/** "If oldfd is a valid file descriptor, and newfd has the same value as oldfd, then dup2() does nothing". */
const dup2 = (caller: Caller, oldfd: Fd, newfd: Fd): number => {
  if (oldfd !== newfd) return place(caller, oldfd, newfd, false)
  return caller.files.get(oldfd) === undefined ? -ERRNO.EBADF : newfd
}

/** "If oldfd equals newfd, then dup3() fails with the error EINVAL." */
const dup3 = (caller: Caller, oldfd: Fd, newfd: Fd, flags: number): number => {
  if ((flags & ~O.O_CLOEXEC) !== 0 || oldfd === newfd) return -ERRNO.EINVAL
  return place(caller, oldfd, newfd, flags !== 0)
}

/** pipe2(2): EINVAL, EMFILE, EFAULT; "On error … pipefd is left unchanged". */
const pipe2 = (caller: Caller, pipefd: GuestAddr, flags: number): number => {
  if ((flags & ~(O.O_CLOEXEC | O.O_NONBLOCK)) !== 0) return -ERRNO.EINVAL
  const { files, memory, clock } = caller
  const { pipe, read, write } = newPipe(nextPipeNumber(clock))
  const add = (stream: Stream, without: number): Fd =>
    files.add({
      file: openStream(stream, (flags & O.O_NONBLOCK) !== 0 ? FDFLAG.NONBLOCK : 0, pipe.label),
      rights: STREAM_RIGHTS & ~without,
      inheriting: 0,
      closeOnExec: (flags & O.O_CLOEXEC) !== 0,
      preopen: undefined,
    })
  const readFd = add(read, RIGHT.FD_WRITE)
  if (readFd < 0) return readFd
  const writeFd = add(write, RIGHT.FD_READ)
  if (writeFd >= 0 && inside(memory, pipefd, 8)) {
    memory.setU32(pipefd, readFd)
    memory.setU32(pipefd + 4, writeFd)
    return 0
  }
  files.close(readFd)
  if (writeFd < 0) return writeFd
  files.close(writeFd)
  return -ERRNO.EFAULT
}

/** FDFLAGs and the flags of open(2) that they are. */
const FLAGS: readonly (readonly [fdflag: number, flag: number])[] = [
  [FDFLAG.APPEND, O.O_APPEND],
  [FDFLAG.NONBLOCK, O.O_NONBLOCK],
  [FDFLAG.DSYNC, O.O_DSYNC],
  [FDFLAG.SYNC, O.O_SYNC],
  // open(2): Linux's "O_RSYNC has the same value as O_SYNC".
  [FDFLAG.RSYNC, O.O_SYNC],
]

/** F_GETFL: the access mode follows from the rights that preview1 opened it with. */
const statusFlags = ({ file, rights }: Descriptor): number => {
  const writes = (rights & RIGHT.FD_WRITE) !== 0
  const mode = !writes ? O.O_RDONLY : (rights & RIGHT.FD_READ) !== 0 ? O.O_RDWR : O.O_WRONLY
  return FLAGS.reduce<number>((all, [fdflag, flag]) => ((file.flags & fdflag) !== 0 ? all | flag : all), mode)
}

/** "On Linux, this operation can change only the O_APPEND, O_ASYNC, O_DIRECT, O_NOATIME, and O_NONBLOCK flags." */
const setStatusFlags = ({ file }: Descriptor, to: number): number => {
  const append = (to & O.O_APPEND) !== 0 ? FDFLAG.APPEND : 0
  const nonblock = (to & O.O_NONBLOCK) !== 0 ? FDFLAG.NONBLOCK : 0
  file.flags = (file.flags & ~(FDFLAG.APPEND | FDFLAG.NONBLOCK)) | append | nonblock
  return 0
}

const fcntl = (caller: Caller, fd: Fd, cmd: number, arg: number): number => {
  const { files } = caller
  const descriptor = files.get(fd)
  if (descriptor === undefined) return -ERRNO.EBADF
  const { file } = descriptor
  switch (cmd) {
    case F.F_DUPFD:
    case F.F_DUPFD_CLOEXEC:
      // "EINVAL cmd is F_DUPFD and arg is negative or is greater than the maximum allowable value"
      return arg >= FD_LIMIT ? -ERRNO.EINVAL : files.add(copyOf(descriptor, cmd === F.F_DUPFD_CLOEXEC), arg)
    case F.F_GETFD:
      return descriptor.closeOnExec ? FD_CLOEXEC : 0
    case F.F_SETFD:
      return negated(files.change(fd, { closeOnExec: (arg & FD_CLOEXEC) !== 0 }))
    case F.F_GETFL:
      return statusFlags(descriptor)
    case F.F_SETFL:
      return setStatusFlags(descriptor, arg)
    case F.F_GETPIPE_SZ:
    case F.F_SETPIPE_SZ: {
      const pipe = file.kind === 'stream' ? pipeOf(file.stream)?.pipe : undefined
      if (pipe === undefined) return -ERRNO.EBADF
      return cmd === F.F_GETPIPE_SZ ? pipe.capacity : pipe.resize(arg)
    }
    default:
      return -ERRNO.EINVAL
  }
}

/** The terminal's size, which nothing changes. */
const ROWS = 24
const COLUMNS = 80

const ioctl = (caller: Caller, fd: Fd, request: number, argp: GuestAddr): number => {
  const { files, memory } = caller
  const descriptor = files.get(fd)
  if (descriptor === undefined) return -ERRNO.EBADF
  const { file } = descriptor
  switch (request) {
    case IOCTL.FIOCLEX:
    case IOCTL.FIONCLEX:
      return negated(files.change(fd, { closeOnExec: request === IOCTL.FIOCLEX }))
    case IOCTL.FIONBIO:
      if (!inside(memory, argp, 4)) return -ERRNO.EFAULT
      file.flags = memory.u32(argp) !== 0 ? file.flags | FDFLAG.NONBLOCK : file.flags & ~FDFLAG.NONBLOCK
      return 0
    case IOCTL.FIONREAD: {
      if (file.kind === 'directory') return -ERRNO.ENOTTY
      if (!inside(memory, argp, 4)) return -ERRNO.EFAULT
      const isStream = file.kind === 'stream'
      memory.setU32(argp, isStream ? file.stream.readable().bytes : file.fs.sizeOf(file.ino) - file.offset)
      return 0
    }
    case IOCTL.TIOCGPGRP:
    case IOCTL.TIOCSPGRP:
      if (filetypeOf(file) !== FILETYPE.CHARACTER_DEVICE) return -ERRNO.ENOTTY
      if (!inside(memory, argp, 4)) return -ERRNO.EFAULT
      return request === IOCTL.TIOCGPGRP ? getGroup(caller, argp) : caller.terminal.setForegroundGroup(memory.u32(argp) | 0)
    case IOCTL.TIOCGWINSZ:
    case IOCTL.TIOCSWINSZ:
      if (filetypeOf(file) !== FILETYPE.CHARACTER_DEVICE) return -ERRNO.ENOTTY
      if (!inside(memory, argp, WINSIZE.size)) return -ERRNO.EFAULT
      return request === IOCTL.TIOCGWINSZ ? getSize(caller, argp) : setSize(caller, argp)
    default:
      // "ENOTTY The specified operation does not apply to the kind of object that the file descriptor references."
      return -ERRNO.ENOTTY
  }
}

const getGroup = ({ memory, terminal }: Caller, argp: GuestAddr): number => {
  const pgid = terminal.foregroundGroup()
  if (pgid < 0) return pgid
  memory.setU32(argp, pgid)
  return 0
}

const getSize = ({ memory }: Caller, argp: GuestAddr): number => {
  memory.write(argp, new Uint8Array(WINSIZE.size))
  memory.setU16(argp + WINSIZE.row, ROWS)
  memory.setU16(argp + WINSIZE.col, COLUMNS)
  return 0
}

/** Unlike Linux, only the size that it has is taken: what else a guest wants, the page would not follow. */
const setSize = ({ memory }: Caller, argp: GuestAddr): number =>
  memory.u16(argp + WINSIZE.row) === ROWS && memory.u16(argp + WINSIZE.col) === COLUMNS ? 0 : -ERRNO.EINVAL

/** What the calls do, by name. */
export const descriptorHandlers = {
  dup,
  dup2,
  dup3,
  pipe: (caller, pipefd) => pipe2(caller, pipefd, 0),
  pipe2,
  fcntl: (caller, fd, cmd, arg) => fcntl(caller, fd, cmd, arg >>> 0),
  ioctl,
} satisfies Partial<LinuxHandlers>
