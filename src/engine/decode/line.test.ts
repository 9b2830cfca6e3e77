import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PTRACE } from '../abi/ptrace.ts'
import { SI, SIGNAL } from '../abi/signal.ts'
import { exitedStatus, killedStatus } from '../abi/wait.ts'
import { preview1ByName } from '../syscall/preview1.ts'
import { Flag } from '../trace/format.ts'
import { TraceBuilder, WASI, ascii, sampleTrace, words } from '../trace/testing.ts'
import { tracedCall } from './call.ts'
import { announce, describe as say } from './describe.ts'
import { eventLine, eventLineText } from './line.ts'
import { fdNamer } from './provenance.ts'
import { explainStatus, whyStopped } from './status.ts'
import { straceLines } from './strace.ts'

test('a register of 64 bits is told to its last digit, and the memory behind it is still found', () => {
  const PREAD = preview1ByName.get('fd_pread')?.nr ?? -1
  const b = new TraceBuilder()
  b.birth(2, 1, 'pread')
  const captures = [{ addr: 0x300, bytes: words(0x400, 3) }]
  const offsets = [2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 63n - 1n, 2n ** 64n - 1n]
  const read = offsets.map((offset) => b.entry(2, PREAD, [3, 0x300, 1, offset, 0x310], { captures }))
  const trace = b.build()
  const vector = '[{iov_base=0x400, iov_len=3}]'
  expect(read.map((seq) => eventLineText(trace, seq))).toEqual(
    offsets.map((offset) => `fd_pread(3, ${vector}, 1, ${BigInt.asIntN(64, offset)}, 0x310 …`),
  )
  expect(read.map((seq) => tracedCall(trace, seq, 'before')?.args[3]?.raw)).toEqual(offsets)
})

describe('the first run, event by event', () => {
  const trace = sampleTrace()
  test.for([
    [2, '+++ born as hello, child of 1 +++'],
    [3, '--- PTRACE_EVENT_STOP, seized ---'],
    [4, 'ptrace(PTRACE_SYSCALL, 2, 0, 0) = 0'],
    [5, 'fd_fdstat_get(1, 0x10fd8 …'],
    [9, 'fd_write(1, [{iov_base="hello, world\\n", iov_len=13}], 1, 0x10f04 …'],
    [11, '<... fd_write resumed> [13]) = 0'],
    [13, 'clock_time_get(realtime, 1, [2147483647000000000 /* 2038-01-19T03:14:07Z */]) = 0'],
    [14, 'ptrace(PTRACE_POKECHARDATA, 2, 0x10f10, "\\0006e\\304\\377d\\315\\35", 8) = 8'],
    [15, 'ptrace(PTRACE_POKEUSER, 2, offsetof(ret), 0) = 0'],
    [16, 'ptrace(PTRACE_SYSCALL, 2, PTRACE_VM_SKIPCALL, 0) = 0'],
    [17, 'fd_close(1) = 0'],
    [19, 'proc_exit(0) = ?'],
    [21, '--- PTRACE_EVENT_EXIT, status 0x0000 ---'],
    [23, '+++ exited with 0 +++'],
    [99, ''],
  ] as const)('%i reads %s', ([seq, text]) => {
    expect(eventLineText(trace, seq)).toBe(text)
  })
  test('brief where the column is narrow', () => {
    expect(eventLineText(trace, 9, 'brief')).toBe('fd_write(1, [{"hello, world\\n", 13}], 1, 0x10f04 …')
    expect(eventLineText(trace, 13, 'brief')).toBe('clock_time_get(realtime, 1, [2038-01-19T03:14:07Z]) = 0')
  })
  test('marks the tag', () => {
    expect(eventLine(trace, 16).find(({ kind }) => kind === 'tag')?.text).toBe('PTRACE_VM_SKIPCALL')
  })
  test.for([
    [9, 'Is about to write 13 bytes from one buffer to fd 1, which is stdout. It has not run yet.'],
    [11, 'Wrote 13 bytes from one buffer to fd 1, which is stdout.'],
    [
      13,
      'Was to ask for the time of the realtime clock. The tracer wrote to its memory, set the result and skipped it: '
        + 'the kernel was not asked, and no exit stop follows.',
    ],
    [
      16,
      'The tracer lets task 2 run until its next system call stop; the call at hand is not run and has no exit stop.',
    ],
    [17, 'Closed fd 1, which is stdout. The tracer asked for no exit stop.'],
    [19, 'Is about to end its process with 0. The call does not come back.'],
    [23, 'Has ended: exited with 0.'],
  ] as const)('%i means: %s', ([seq, text]) => {
    expect(say(trace, seq)).toBe(text)
  })
  test('is announced with its place', () => {
    expect(announce(trace, 23)).toBe('Event 23 of 23. Task 2, hello. Has ended: exited with 0.')
  })
  test('tells why it stopped', () => {
    expect(whyStopped(trace, 9)).toEqual({
      word: '0x00857f',
      bytes: [
        { hex: '7f', text: 'stopped (WIFSTOPPED)' },
        { hex: '85', text: 'SIGTRAP | 0x80: system call (057f without TRACESYSGOOD)' },
        { hex: '00', text: 'no PTRACE_EVENT' },
      ],
      request: 8,
      led: 'led here: PTRACE_SYSCALL, tag 0',
      op: 'SYSCALL_INFO_ENTRY, message 1',
    })
    expect(whyStopped(trace, 17)?.led).toBe('led here: PTRACE_SYSCALL, tag 4 (PTRACE_VM_SKIPCALL)')
    expect(whyStopped(trace, 8)).toBeUndefined()
  })
  test('as strace would have written it', () => {
    expect([...straceLines(trace)]).toEqual([
      'fd_fdstat_get(1, {fs_filetype=CHARACTER_DEVICE, fs_flags=APPEND, fs_rights_base=FD_WRITE, '
        + 'fs_rights_inheriting=0}) = 0',
      'fd_write(1, [{iov_base="hello, world\\n", iov_len=13}], 1, [13]) = 0',
      'clock_time_get(realtime, 1, [2147483647000000000 /* 2038-01-19T03:14:07Z */]) = 0 (INJECTED)',
      'fd_close(1)                             = 0',
      'proc_exit(0)                            = ?',
      '+++ exited with 0 +++',
    ])
  })
})

test.for([
  [exitedStatus(3), 'exited (WIFEXITED) / with 3 (WEXITSTATUS)'],
  [killedStatus(SIGNAL.SIGSEGV, true), 'killed by SIGSEGV, with a core dump (WCOREDUMP) (WIFSIGNALED) / not used'],
  [0x80137f, 'stopped (WIFSTOPPED) / SIGSTOP: a group-stop / PTRACE_EVENT_STOP'],
  [0x057f, 'stopped (WIFSTOPPED) / SIGTRAP: a trap, or a system call (TRACESYSGOOD would tell) / no PTRACE_EVENT'],
] as const)('the status %i is taken apart: %s', ([status, text]) => {
  expect(
    explainStatus(status)
      .bytes.map((byte) => byte.text)
      .join(' / '),
  ).toBe(text)
})

describe('two tasks and a tracer that interferes', () => {
  const b = new TraceBuilder()
  b.birth(1, 0, 'tracer.ts')
  b.birth(2, 1, 'logd')
  const open = b.entry(2, WASI.path_open, [3, 1, 0x100, 15, 1, 64, 0, 1, 0x200], {
    captures: [{ addr: 0x100, bytes: 'var/log/app.log' }],
  })
  b.request(2, PTRACE.PTRACE_SYSCALL)
  const opened = b.exit(open, 0, { captures: [{ addr: 0x200, bytes: words(4) }] })
  b.request(2, PTRACE.PTRACE_SYSCALL)
  b.birth(3, 2, 'wc', ['wc', '-l'])
  const read = b.entry(3, WASI.fd_read, [0, 0x300, 1, 0x310], {
    captures: [{ addr: 0x300, bytes: words(0x400, 4096) }],
  })
  b.request(3, PTRACE.PTRACE_SYSCALL)
  const write = b.entry(2, WASI.fd_write, [4, 0x300, 1, 0x310], {
    captures: [
      { addr: 0x300, bytes: words(0x400, 3) },
      { addr: 0x400, bytes: ascii('hi\n') },
    ],
  })
  b.request(2, PTRACE.PTRACE_POKEUSER, {
    addr: 80,
    data: 51,
    registers: { nr: WASI.fd_write, ret: 51, args: [4, 0x300, 1, 0x310] },
  })
  const skip = b.request(2, PTRACE.PTRACE_SYSCALL, { addr: 4 })
  b.outcome(write, 51, { flags: Flag.skipped })
  const signal = b.signal(2, SIGNAL.SIGUSR1, { code: SI.SI_USER, pid: 4 })
  const inject = b.request(2, PTRACE.PTRACE_SYSCALL, { data: SIGNAL.SIGUSR1 })
  const resumed = b.exit(read, 0, {
    captures: [
      { addr: 0x400, bytes: ascii('hi\n') },
      { addr: 0x310, bytes: words(3) },
    ],
  })
  const renumber = b.entry(3, WASI.fd_renumber, [4, 0])
  b.request(3, PTRACE.PTRACE_SYSCALL, { addr: 2 })
  b.outcome(renumber, 0)
  const refused = b.request(3, PTRACE.PTRACE_CONT, { ret: -71 })
  const seize = b.request(3, PTRACE.PTRACE_SEIZE, { data: 0x49 })
  b.entry(3, WASI.fd_read, [0, 0x300, 1, 0x310])
  b.request(3, PTRACE.PTRACE_SYSCALL)
  const killed = b.death(3, killedStatus(SIGNAL.SIGKILL, false))
  const trace = b.build()

  test('in strace’s words', () => {
    expect([...straceLines(trace)]).toEqual([
      'path_open(3, SYMLINK_FOLLOW, "var/log/app.log", 15, CREAT, FD_WRITE, 0, APPEND, [4]) = 0',
      'strace: Process 3 attached',
      '[pid     3] fd_read(0,  <unfinished ...>',
      '[pid     2] fd_write(4, [{iov_base="hi\\n", iov_len=3}], 1, 0x310) = 51 ENOSPC (No space left on device)'
        + ' (INJECTED)',
      '[pid     2] --- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER, si_pid=4, si_uid=0} ---',
      '[pid     3] <... fd_read resumed>[{iov_base="hi\\n", iov_len=4096}], 1, [3]) = 0',
      '[pid     3] fd_renumber(4, 0)           = 0',
      '[pid     3] fd_read(0,  <unfinished ...>) = ?',
      '[pid     3] +++ killed by SIGKILL +++',
    ])
    expect([...straceLines(trace, { pids: [2] })]).toHaveLength(3)
  })
  test('in lines of a list', () => {
    expect(eventLineText(trace, write, 'brief')).toBe('fd_write(4, [{"hi\\n", 3}], 1, 0x310) = 51 nospc')
    expect(eventLineText(trace, signal, 'brief')).toBe('--- SIGUSR1 {si_code=SI_USER, si_pid=4} ---')
    expect(eventLineText(trace, inject)).toBe('ptrace(PTRACE_SYSCALL, 2, 0, SIGUSR1) = 0')
    expect(eventLineText(trace, resumed, 'brief')).toBe('<... fd_read resumed> [{"hi\\n", 4096}], [3]) = 0')
    expect(eventLineText(trace, refused)).toBe('ptrace(PTRACE_CONT, 3, 0, 0) = -1 ESRCH (No such process)')
    expect(eventLineText(trace, seize)).toBe(
      'ptrace(PTRACE_SEIZE, 3, NULL, PTRACE_O_TRACESYSGOOD|PTRACE_O_TRACECLONE|PTRACE_O_TRACEEXIT) = 0',
    )
    expect(eventLineText(trace, killed)).toBe('+++ killed by SIGKILL +++')
  })
  test('in sentences', () => {
    expect(say(trace, write)).toBe(
      `Was to write 3 bytes from one buffer to fd 4, which is /var/log/app.log, opened at ${open}. `
        + 'The tracer set the result and skipped it: nothing was written, and no exit stop follows.',
    )
    expect(say(trace, opened)).toBe(
      'Opened "var/log/app.log" below fd 3, which is /, preopened, making it if need be, as fd 4.',
    )
    expect(say(trace, refused)).toBe('PTRACE_CONT on task 3 failed: ESRCH, no such process.')
    expect(say(trace, skip)).toContain('not run')
  })
  test('with descriptors that are inherited, renumbered and closed', () => {
    const name = fdNamer(trace)
    expect(name(2, 4, open)).toBeUndefined()
    expect(name(2, 4, opened)).toBe(`/var/log/app.log, opened at ${open}`)
    expect(name(3, 4, read)).toBe(`/var/log/app.log, opened at ${open}`)
    expect(name(3, 0, read)).toBe('stdin')
    expect(name(3, 0, killed)).toBe(`/var/log/app.log, opened at ${open}`)
    expect(name(3, 4, killed)).toBe(`closed at ${renumber + 1}`)
    expect(name(2, 4, killed)).toBe(`/var/log/app.log, opened at ${open}`)
  })
})

test('a trace by a stranger is printed and described without throwing', () => {
  const row = fc.record({
    kind: fc.integer({ min: 0, max: 12 }),
    pid: fc.nat(3),
    by: fc.nat(3),
    arch: fc.integer({ min: 0, max: 3 }),
    nr: fc.oneof(fc.integer({ min: -1, max: 60 }), fc.integer()),
    ret: fc.oneof(fc.integer({ min: -600, max: 300 }), fc.integer()),
    link: fc.nat(9),
    flags: fc.nat(511),
    status: fc.nat(0xff_ffff),
    time: fc.double(),
  })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(row, fc.uint8Array({ maxLength: 60 })), { maxLength: 8 }),
      fc.array(fc.tuple(row, fc.uint8Array({ maxLength: 30 })), { maxLength: 3 }),
      (events, outcomes) => {
        const b = new TraceBuilder()
        for (const [one, payload] of events) b.trace.events.append(one as never, payload)
        for (const [one, payload] of outcomes) b.trace.outcomes.append(one as never, payload)
        const trace = b.build()
        for (let seq = 0; seq <= trace.length + 1; seq++) {
          eventLineText(trace, seq)
          announce(trace, seq)
          whyStopped(trace, seq)
        }
        for (const line of straceLines(trace, { requests: true })) expect(line).not.toContain('undefined')
      },
    ),
    { numRuns: 300 },
  )
})
