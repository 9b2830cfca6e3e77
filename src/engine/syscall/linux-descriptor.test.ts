import { describe, expect, test } from 'vitest'
import { errnoName } from '../abi/errno.ts'
import { F, FD_CLOEXEC, IOCTL, O } from '../abi/linux.ts'
import { FDFLAG, RIGHT } from '../abi/wasi.ts'
import { FD_LIMIT } from '../kernel/descriptors.ts'
import { encodeUtf8 } from '../kernel/text.ts'
import { FakeProcess } from './testing.ts'

const ROOT = 3
const PATH = 0x100
const OUT = 0x200
const DATA = 0x400

const start = (): FakeProcess => new FakeProcess({ files: [{ path: '/file', bytes: encodeUtf8('0123456789') }] })
const name = (result: number): string | number => errnoName(-result) ?? result
const open = (process: FakeProcess, rights: number = RIGHT.FD_READ | RIGHT.FD_WRITE, flags = 0): number => {
  expect(process.call('path_open', ROOT, 0, ...process.text(PATH, 'file'), 0, rights, 0, flags, OUT)).toBe(0)
  return process.memory.u32(OUT)
}
const read = (process: FakeProcess, fd: number, length: number): string =>
  process.readText(DATA, process.linux('read', fd, DATA, length))

describe('dup', () => {
  test('shares the open file, its offset and its flags, but not close-on-exec', () => {
    const process = start()
    const fd = open(process)
    process.linux('fcntl', fd, F.F_SETFD, FD_CLOEXEC)
    const copy = process.linux('dup', fd)
    expect(copy).toBe(fd + 1)
    expect([read(process, fd, 3), read(process, copy, 3)]).toEqual(['012', '345'])
    process.linux('fcntl', copy, F.F_SETFL, O.O_APPEND)
    expect(process.linux('fcntl', fd, F.F_GETFL, 0)).toBe(O.O_RDWR | O.O_APPEND)
    expect([fd, copy].map((one) => process.linux('fcntl', one, F.F_GETFD, 0))).toEqual([FD_CLOEXEC, 0])
    process.linux('close', fd)
    expect(read(process, copy, 3)).toBe('678')
  })

  test('is EBADF of none, and EMFILE when there is no number left', () => {
    const process = start()
    expect(name(process.linux('dup', 99))).toBe('EBADF')
    while (process.files.size < FD_LIMIT) process.linux('dup', 0)
    expect(name(process.linux('dup', 0))).toBe('EMFILE')
  })
})

describe('dup2 and dup3', () => {
  test('take the number given and close what was there', () => {
    const process = start()
    process.linux('pipe', OUT)
    const [from, to] = [process.memory.u32(OUT), process.memory.u32(OUT + 4)]
    const file = open(process)
    expect(process.linux('dup2', file, to)).toBe(to)
    expect(process.linux('read', from, DATA, 1)).toBe(0)
    expect(process.files.get(to)?.file).toBe(process.files.get(file)?.file)
    expect(process.linux('dup2', file, 500)).toBe(500)
    expect(process.linux('dup3', file, 500, O.O_CLOEXEC)).toBe(500)
    expect(process.files.get(500)?.closeOnExec).toBe(true)
  })

  test('redirect what is written', () => {
    const process = start()
    expect(process.linux('dup2', 2, 1)).toBe(1)
    process.linux('write', 1, ...process.text(DATA, 'both'))
    expect(process.output).toEqual(['', '', 'both'])
  })

  test.for<['dup2' | 'dup3', readonly number[], string | number]>([
    ['dup2', [0, 0], 0], ['dup2', [99, 99], 'EBADF'], ['dup2', [99, 0], 'EBADF'], ['dup2', [0, FD_LIMIT], 'EBADF'],
    ['dup2', [0, 0xffff_ffff], 'EBADF'], ['dup3', [0, 0, 0], 'EINVAL'], ['dup3', [0, 9, 1], 'EINVAL'],
    ['dup3', [99, 9, 0], 'EBADF'], ['dup3', [0, FD_LIMIT, 0], 'EBADF'], ['dup3', [0, 9, 0], 9],
  ])('%s of %j is %s', ([call, args, expected]) => {
    const process = start()
    expect(name(process.linux(call, ...args))).toBe(expected)
    expect(process.files.get(0)).toBeDefined()
  })
})

describe('fcntl', () => {
  test('duplicates from a number on', () => {
    const process = start()
    expect(process.linux('fcntl', 0, F.F_DUPFD, 10)).toBe(10)
    expect(process.linux('fcntl', 0, F.F_DUPFD_CLOEXEC, 10)).toBe(11)
    expect([10, 11].map((fd) => process.linux('fcntl', fd, F.F_GETFD, 0))).toEqual([0, FD_CLOEXEC])
    expect(name(process.linux('fcntl', 0, F.F_DUPFD, FD_LIMIT))).toBe('EINVAL')
    expect(name(process.linux('fcntl', 0, F.F_DUPFD, 0xffff_ffff))).toBe('EINVAL')
    process.linux('dup2', 0, FD_LIMIT - 1)
    expect(name(process.linux('fcntl', 0, F.F_DUPFD, FD_LIMIT - 1))).toBe('EMFILE')
  })

  test.for<[string, number, number, number]>([
    ['reads', RIGHT.FD_READ, 0, O.O_RDONLY],
    ['writes', RIGHT.FD_WRITE, 0, O.O_WRONLY],
    ['does both', RIGHT.FD_READ | RIGHT.FD_WRITE, FDFLAG.NONBLOCK, O.O_RDWR | O.O_NONBLOCK],
    ['synchronizes', RIGHT.FD_WRITE, FDFLAG.SYNC | FDFLAG.APPEND, O.O_WRONLY | O.O_SYNC | O.O_APPEND],
    ['synchronizes data', RIGHT.FD_WRITE, FDFLAG.DSYNC, O.O_WRONLY | O.O_DSYNC],
  ])('tells the flags of what %s', ([, rights, fdflags, expected]) => {
    const process = start()
    const fd = open(process, rights)
    const file = process.files.get(fd)?.file
    if (file !== undefined) file.flags = fdflags
    expect(process.linux('fcntl', fd, F.F_GETFL, 0)).toBe(expected)
  })

  test('changes O_APPEND and O_NONBLOCK, and of the other flags none', () => {
    const process = start()
    const fd = open(process, RIGHT.FD_WRITE, 0)
    const file = process.files.get(fd)?.file
    if (file !== undefined) file.flags = FDFLAG.SYNC
    expect(process.linux('fcntl', fd, F.F_SETFL, O.O_NONBLOCK | O.O_RDWR | O.O_DSYNC)).toBe(0)
    expect(process.linux('fcntl', fd, F.F_GETFL, 0)).toBe(O.O_WRONLY | O.O_SYNC | O.O_NONBLOCK)
    process.linux('fcntl', fd, F.F_SETFL, 0)
    expect(process.linux('fcntl', fd, F.F_GETFL, 0)).toBe(O.O_WRONLY | O.O_SYNC)
  })

  test('tells of the ends of a pipe which is which, and its size', () => {
    const process = start()
    process.linux('pipe', OUT)
    expect([4, 5].map((fd) => process.linux('fcntl', fd, F.F_GETFL, 0))).toEqual([O.O_RDONLY, O.O_WRONLY])
    expect(process.linux('fcntl', 4, F.F_GETPIPE_SZ, 0)).toBe(65_536)
    expect(process.linux('fcntl', 4, F.F_SETPIPE_SZ, 5000)).toBe(8192)
    expect(process.linux('fcntl', 5, F.F_GETPIPE_SZ, 0)).toBe(8192)
    expect(process.linux('write', 5, DATA, 8000)).toBe(8000)
    expect(name(process.linux('fcntl', 5, F.F_SETPIPE_SZ, 4096))).toBe('EBUSY')
    expect(name(process.linux('fcntl', 5, F.F_SETPIPE_SZ, 2 ** 24))).toBe('EPERM')
  })

  test.for<[number, number, string]>([
    [99, F.F_GETFD, 'EBADF'], [0, F.F_GETLK, 'EINVAL'], [0, 9999, 'EINVAL'], [0, F.F_GETPIPE_SZ, 'EBADF'],
    [ROOT, F.F_SETPIPE_SZ, 'EBADF'],
  ])('of %i, command %i, is %s', ([fd, cmd, expected]) => {
    expect(name(start().linux('fcntl', fd, cmd, 0))).toBe(expected)
  })
})

describe('ioctl', () => {
  test('tells the size of the terminal, and takes no other', () => {
    const process = start()
    expect(process.linux('ioctl', 1, IOCTL.TIOCGWINSZ, OUT)).toBe(0)
    expect([0, 2, 4, 6].map((at) => process.memory.u16(OUT + at))).toEqual([24, 80, 0, 0])
    expect(process.linux('ioctl', 0, IOCTL.TIOCSWINSZ, OUT)).toBe(0)
    process.memory.setU16(OUT, 25)
    expect(name(process.linux('ioctl', 0, IOCTL.TIOCSWINSZ, OUT))).toBe('EINVAL')
  })

  test('tells how much can be read', () => {
    const process = start()
    const fionread = (fd: number): number => {
      expect(process.linux('ioctl', fd, IOCTL.FIONREAD, OUT)).toBe(0)
      return process.memory.u32(OUT)
    }
    const fd = open(process)
    read(process, fd, 3)
    process.tty.input(encodeUtf8('line\n'))
    process.linux('pipe', OUT)
    const [from, to] = [process.memory.u32(OUT), process.memory.u32(OUT + 4)]
    process.linux('write', to, DATA, 9)
    expect([fd, 0, from, to].map(fionread)).toEqual([7, 5, 9, 9])
  })

  test('sets and clears O_NONBLOCK and close-on-exec', () => {
    const process = start()
    process.memory.setU32(OUT, 1)
    process.linux('ioctl', 0, IOCTL.FIONBIO, OUT)
    process.linux('ioctl', 0, IOCTL.FIOCLEX, 0)
    expect(process.files.get(0)).toMatchObject({ closeOnExec: true, file: { flags: FDFLAG.NONBLOCK } })
    process.memory.setU32(OUT, 0)
    process.linux('ioctl', 0, IOCTL.FIONBIO, OUT)
    process.linux('ioctl', 0, IOCTL.FIONCLEX, 0)
    expect(process.files.get(0)).toMatchObject({ closeOnExec: false, file: { flags: 0 } })
  })

  test.for<[number, number, number, string]>([
    [99, IOCTL.TIOCGWINSZ, OUT, 'EBADF'],
    [ROOT, IOCTL.TIOCGWINSZ, OUT, 'ENOTTY'],
    [ROOT, IOCTL.FIONREAD, OUT, 'ENOTTY'],
    [0, 0x1234, OUT, 'ENOTTY'],
    [0, IOCTL.TIOCGWINSZ, 0, 'EFAULT'],
    [0, IOCTL.FIONREAD, 0, 'EFAULT'],
    [0, IOCTL.FIONBIO, 65_535, 'EFAULT'],
  ])('of %i, request %i, to %i is %s', ([fd, request, argp, expected]) => {
    expect(name(start().linux('ioctl', fd, request, argp))).toBe(expected)
  })
})
