import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ERRNO, errnoName } from '../abi/errno.ts'
import { FDFLAG, FILESTAT, OFLAG, RIGHT, WHENCE } from '../abi/wasi.ts'
import { XLAT } from '../abi/xlat.ts'
import { FD_LIMIT } from '../kernel/descriptors.ts'
import { encodeUtf8 } from '../kernel/text.ts'
import { preview1ByName, preview1ByNumber } from './preview1.ts'
import type { Preview1Name } from './preview1.ts'
import { FakeProcess } from './testing.ts'
import type { FakeOptions } from './testing.ts'

const ROOT = 3
const PATH = 0x100
const IOVS = 0x200
const DATA = 0x400
const OUT = 0x800
const ALL = RIGHT.FD_READ | RIGHT.FD_WRITE | RIGHT.FD_SEEK | RIGHT.FD_TELL | RIGHT.FD_FILESTAT_GET |
  RIGHT.FD_FDSTAT_SET_FLAGS | RIGHT.FD_FILESTAT_SET_SIZE | RIGHT.POLL_FD_READWRITE | RIGHT.FD_ALLOCATE | RIGHT.FD_ADVISE

const start = (options: FakeOptions = {}): FakeProcess =>
  new FakeProcess({ files: [{ path: '/file', bytes: encodeUtf8('0123456789') }], ...options })

const open = (process: FakeProcess, path: string, oflags = 0, rights: number = ALL, fdflags = 0): number => {
  const errno = process.call('path_open', ROOT, 1, ...process.text(PATH, path), oflags, rights, 0, fdflags, OUT)
  return errno === 0 ? process.memory.u32(OUT) : -errno
}
const write = (process: FakeProcess, fd: number, text: string): string | number => {
  const buffer = process.text(DATA, text)
  const errno = process.call('fd_write', fd, ...process.iovecs(IOVS, buffer), OUT)
  return errno === 0 ? process.memory.u32(OUT) : (errnoName(errno) ?? errno)
}
const readResult = (process: FakeProcess, errno: number): string =>
  errno === 0 ? process.readText(DATA, process.memory.u32(OUT)) : (errnoName(errno) ?? 'no errno')
const read = (process: FakeProcess, fd: number, length: number): string =>
  readResult(process, process.call('fd_read', fd, ...process.iovecs(IOVS, [DATA, length]), OUT))

describe('the table', () => {
  test('has the 46 functions of the witx, numbered in its order', () => {
    expect(preview1ByNumber).toHaveLength(46)
    expect(preview1ByNumber.map(({ nr }) => nr)).toEqual([...Array(46).keys()])
    expect(preview1ByName.get('path_open')?.args).toHaveLength(9)
    expect(preview1ByName.get('sock_shutdown')?.nr).toBe(45)
  })

  test('names only lists that there are, and only arguments that it has', () => {
    for (const { args } of preview1ByNumber) {
      const names = args.map(({ name }) => name)
      expect(new Set(names).size).toBe(names.length)
      for (const { show } of args) {
        if (show.kind === 'enum' || show.kind === 'flags') expect(XLAT).toHaveProperty(show.xlat)
        if (show.kind !== 'pointer') continue
        if (show.count !== undefined) expect(names).toContain(show.count)
        if (show.filled !== undefined) expect(names).toContain(show.filled)
      }
    }
  })

  test('never throws and never writes outside memory, whatever a guest passes', () => {
    const number = fc.oneof(
      fc.nat(10), fc.nat(70_000), fc.constantFrom(0, 3, 0x7fff_ffff, 0x8000_0000, 0xffff_fff8, 0xffff_ffff),
    )
    const rows = preview1ByNumber.filter(({ name }) => name !== 'proc_exit')
    const call = fc.tuple(fc.constantFrom(...rows), fc.array(number, { minLength: 9, maxLength: 9 }))
    fc.assert(
      fc.property(fc.array(call, { maxLength: 12 }), (calls) => {
        const process = start({ stdin: 'typed' })
        for (const [row, numbers] of calls) {
          const args = row.args.map(({ as }, i) => (as === 'bigint' ? BigInt(numbers[i] ?? 0) : (numbers[i] ?? 0)))
          const result = process.begin(row.name as Preview1Name, ...args)
          if (typeof result === 'number') expect(result === 0 || errnoName(result) !== undefined).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('reading and writing', () => {
  test('a write in the middle overwrites, a write behind the end leaves zeros', () => {
    const process = start()
    const fd = open(process, 'file')
    expect(process.call('fd_seek', fd, 4, WHENCE.SET, OUT)).toBe(0)
    expect(write(process, fd, 'ab')).toBe(2)
    expect(process.call('fd_seek', fd, 2, WHENCE.END, OUT)).toBe(0)
    expect(write(process, fd, 'z')).toBe(1)
    process.call('fd_seek', fd, 0, WHENCE.SET, OUT)
    expect(read(process, fd, 100)).toBe('0123ab6789\0\0z')
  })

  test('iovecs that overlap each other and their own list are taken as they were', () => {
    const process = start()
    const fd = open(process, 'file')
    process.iovecs(IOVS, [IOVS, 4], [IOVS + 2, 4], [DATA, 2])
    expect(process.call('fd_read', fd, IOVS, 3, OUT)).toBe(0)
    expect(process.memory.u32(OUT)).toBe(10)
    expect(process.readText(IOVS, 6)).toBe('014567')
    expect(process.readText(DATA, 2)).toBe('89')
  })

  test.for<[string, number, number, string]>([
    ['too many iovecs', IOVS, 1025, 'EINVAL'],
    ['a count that overflows', IOVS, 0xffff_ffff, 'EINVAL'],
    ['a list outside memory', 65_530, 1, 'EFAULT'],
  ])('%s is refused', ([, addr, count, expected]) => {
    const process = start()
    expect(errnoName(process.call('fd_write', 1, addr, count, OUT))).toBe(expected)
  })

  test('lengths that overflow ssize_t are EINVAL, a buffer outside memory is EFAULT and nothing is read', () => {
    const process = start({ memorySize: 65_536 })
    const fd = open(process, 'file')
    process.iovecs(IOVS, [DATA, 4], [65_535, 2])
    expect(errnoName(process.call('fd_read', fd, IOVS, 2, OUT))).toBe('EFAULT')
    expect(read(process, fd, 2)).toBe('01')
    const large = new FakeProcess({ memorySize: 2 ** 22 })
    large.iovecs(IOVS, ...Array.from({ length: 1024 }, (): [number, number] => [0, 2 ** 22 - 1]))
    expect(errnoName(large.call('fd_write', 1, IOVS, 1024, OUT))).toBe('EINVAL')
  })

  test('APPEND writes at the end, also by fd_pwrite, which leaves the offset', () => {
    const process = start()
    const fd = open(process, 'file', 0, ALL, FDFLAG.APPEND)
    write(process, fd, 'a')
    process.text(DATA, 'b')
    expect(process.call('fd_pwrite', fd, ...process.iovecs(IOVS, [DATA, 1]), 0, OUT)).toBe(0)
    process.call('fd_tell', fd, OUT)
    expect(process.memory.u64(OUT)).toBe(11n)
    process.call('fd_seek', fd, 0, WHENCE.SET, OUT)
    expect(read(process, fd, 100)).toBe('0123456789ab')
  })

  test('a file that was unlinked lives until it is closed', () => {
    const process = start()
    const fd = open(process, 'file')
    expect(process.call('path_unlink_file', ROOT, ...process.text(PATH, 'file'))).toBe(0)
    expect(open(process, 'file')).toBe(-ERRNO.ENOENT)
    write(process, fd, 'still')
    process.call('fd_seek', fd, 0, WHENCE.SET, OUT)
    expect(read(process, fd, 100)).toBe('still56789')
    process.call('fd_filestat_get', fd, OUT)
    expect(process.memory.u64(OUT + FILESTAT.nlink)).toBe(0n)
    expect(process.call('fd_close', fd)).toBe(0)
  })

  test('rights are checked, and only taken away', () => {
    const process = start()
    const fd = open(process, 'file', 0, RIGHT.FD_READ)
    expect(write(process, fd, 'x')).toBe('ENOTCAPABLE')
    expect(errnoName(process.call('fd_fdstat_set_rights', fd, RIGHT.FD_READ | RIGHT.FD_WRITE, 0))).toBe('ENOTCAPABLE')
    expect(process.call('fd_fdstat_set_rights', fd, 0, 0)).toBe(0)
    expect(read(process, fd, 1)).toBe('ENOTCAPABLE')
  })
})

describe('opening', () => {
  test.for<[string, number, number, string]>([
    ['file', 0, ALL, 'ok'],
    ['new', OFLAG.CREAT, ALL, 'ok'],
    ['new/', OFLAG.CREAT, ALL, 'EISDIR'],
    ['file/', OFLAG.CREAT, ALL, 'EISDIR'],
    ['file/', 0, ALL, 'ENOTDIR'],
    ['file', OFLAG.CREAT | OFLAG.EXCL, ALL, 'EEXIST'],
    ['dangling', OFLAG.CREAT | OFLAG.EXCL, ALL, 'EEXIST'],
    ['dangling', OFLAG.CREAT, ALL, 'ok'],
    ['dangling/', OFLAG.CREAT, ALL, 'EISDIR'],
    ['dir', 0, RIGHT.FD_READ, 'ok'],
    ['dir', 0, RIGHT.FD_WRITE, 'EISDIR'],
    ['dir', OFLAG.CREAT, 0, 'EISDIR'],
    ['dir', OFLAG.TRUNC, 0, 'EISDIR'],
    ['dir', OFLAG.CREAT | OFLAG.EXCL, 0, 'EEXIST'],
    ['file', OFLAG.DIRECTORY, 0, 'ENOTDIR'],
    ['x', OFLAG.CREAT | OFLAG.DIRECTORY, 0, 'EINVAL'],
    ['nope', 0, 0, 'ENOENT'],
    ['a\0b', 0, 0, 'EINVAL'],
    ['file', 16, 0, 'EINVAL'],
    ['/file', 0, 0, 'ENOTCAPABLE'],
  ])('%s with %i is %s', ([path, oflags, rights, expected]) => {
    const process = start({
      files: [
        { path: '/file', bytes: encodeUtf8('x') },
        { path: '/dir', directory: true },
        { path: '/dangling', link: 'made' },
      ],
    })
    const fd = open(process, path, oflags, rights)
    expect(fd >= 0 ? 'ok' : errnoName(-fd)).toBe(expected)
  })

  test('a path that is not UTF-8 is EILSEQ', () => {
    const process = start()
    process.memory.write(PATH, Uint8Array.of(0x66, 0xff))
    expect(errnoName(process.call('path_open', ROOT, 0, PATH, 2, 0, 0, 0, 0, OUT))).toBe('EILSEQ')
  })

  test('gives the lowest free number, and EMFILE when there is none', () => {
    const process = start()
    for (let fd = ROOT + 1; fd < FD_LIMIT; fd++) expect(open(process, 'file')).toBe(fd)
    expect(open(process, 'new', OFLAG.CREAT)).toBe(-ERRNO.EMFILE)
    process.call('fd_close', 500)
    expect(open(process, 'new')).toBe(-ERRNO.ENOENT)
    expect(open(process, 'file')).toBe(500)
  })

  test('remembers the path for the decoder', () => {
    const process = start({ preopens: [{ guest: '/sandbox', path: '/' }] })
    expect(process.files.get(open(process, 'file'))?.file.label).toBe('/sandbox/file')
    expect(process.files.get(1)?.file.label).toBe('stdout')
  })
})

describe('the terminal', () => {
  test('makes fd_read wait until a line is there', () => {
    const process = start()
    const wait = process.begin('fd_read', 0, ...process.iovecs(IOVS, [DATA, 100]), OUT)
    if (typeof wait === 'number') throw new Error('does not wait')
    expect(wait.on).toContain(process.tty.changed)
    process.tty.input(encodeUtf8('hel'))
    const again = wait.retry()
    if (typeof again === 'number') throw new Error('does not wait')
    process.tty.input(encodeUtf8('lo\n'))
    expect(readResult(process, process.finish(again.retry()))).toBe('hello\n')
    process.tty.endOfInput()
    expect(read(process, 0, 100)).toBe('')
  })

  test('does not make a NONBLOCK reader wait', () => {
    const process = start()
    expect(process.call('fd_fdstat_set_flags', 0, FDFLAG.NONBLOCK)).toBe(0)
    expect(read(process, 0, 1)).toBe('EAGAIN')
  })

  test('cannot be sought or read at an offset', () => {
    const process = start()
    expect(errnoName(process.call('fd_seek', 0, 0, WHENCE.CUR, OUT))).toBe('ESPIPE')
    expect(errnoName(process.call('fd_pread', 0, ...process.iovecs(IOVS, [DATA, 1]), 0, OUT))).toBe('ESPIPE')
    expect(errnoName(process.call('fd_pwrite', 1, ...process.iovecs(IOVS, [DATA, 1]), 0, OUT))).toBe('ESPIPE')
  })

  test('shows what several iovecs hold as one piece', () => {
    const process = start()
    const pieces = process.iovecs(IOVS, process.text(DATA, 'ab'), process.text(DATA + 9, 'cd'))
    expect(process.call('fd_write', 2, ...pieces, OUT)).toBe(0)
    expect(process.output).toEqual(['', '', 'abcd'])
  })
})

describe('the rest', () => {
  test('random_get fills any length from the seed, and EFAULT is not a panic', () => {
    const process = start({ memorySize: 2 ** 20 })
    expect(process.call('random_get', 0, 2 ** 20)).toBe(0)
    expect(process.memory.u64(8)).not.toBe(0n)
    expect(errnoName(process.call('random_get', 1, 2 ** 20))).toBe('EFAULT')
    expect(process.call('random_get', 2 ** 20, 0)).toBe(0)
  })

  test('arguments and environment arrive with their NULs', () => {
    const process = start({ argv: ['a', 'ü'], environ: ['X=1'] })
    expect(process.call('args_sizes_get', OUT, OUT + 4)).toBe(0)
    expect([process.memory.u32(OUT), process.memory.u32(OUT + 4)]).toEqual([2, 5])
    expect(process.call('args_get', OUT, DATA)).toBe(0)
    expect(process.readText(process.memory.u32(OUT + 4), 3)).toBe('ü\0')
    expect(errnoName(process.call('environ_get', OUT, 65_535))).toBe('EFAULT')
  })

  test.for<[number, number[] | 'EINVAL']>([[0, []], [2, [2]], [15, [15]], [16, [17]], [30, [31]], [31, 'EINVAL']])(
    'proc_raise(%i) raises Linux signal %s', ([sig, expected]) => {
      const process = start()
      const errno = process.call('proc_raise', sig)
      expect(errno === 0 ? process.raised : errnoName(errno)).toEqual(expected)
    })

  test('sockets are EBADF or ENOTSOCK', () => {
    const process = start()
    expect(errnoName(process.call('sock_shutdown', 99, 1))).toBe('EBADF')
    expect(errnoName(process.call('sock_accept', ROOT, 0, OUT))).toBe('ENOTSOCK')
  })
})
