import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ERRNO } from '../abi/errno.ts'
import { PTRACE } from '../abi/ptrace.ts'
import { preview1ByName } from '../syscall/preview1.ts'
import { API_NAMES, apiModuleSource, makeApi } from './api.ts'
import { failureOf } from './failure.ts'
import type { Stop } from './stop.ts'
import { ENTRY, EXEC, EXIT, EXITED, FakeProcess, fakeTicks } from './testing.ts'
import type { Answer } from './testing.ts'
import type { TraceOptions } from './trace.ts'

interface Cell {
  value: number
}
/** The parts of the module that the tests call. */
interface Api {
  ptrace(request: number, pid?: number, addr?: unknown, data?: unknown): number
  waitpid(pid: number, status?: Cell | null, options?: number): Promise<number>
  spawn(name?: string, options?: object): number
  trace(pid: number | number[], options?: TraceOptions): AsyncGenerator<Stop, void, undefined>
  sleep(seconds: number): Promise<number>
  WIFSTOPPED(status: number | Cell): boolean
  WSTOPSIG(status: number | Cell): number
  Int: new () => Cell
  iovec: new (values: object) => { iov_len: number }
  user_regs_struct: new (values?: object) => { arch: number; nr: number; ret: number; args: Record<number, number> }
  ptrace_multi: new (values: object) => object
}

const start = (answers: readonly Answer[] = []) => {
  const process = new FakeProcess(answers)
  const ticks = fakeTicks()
  const made = makeApi(process, { ticks, whyNot: (pid) => (pid === 3 ? 'it has been running since event 41' : undefined) })
  return { process, ticks, made, api: made.exports as unknown as Api }
}

const WRITE = preview1ByName.get('fd_write')?.nr ?? -1
const OPEN = preview1ByName.get('path_open')?.nr ?? -1

test('the declarations and the module export exactly the same names', () => {
  const text = readFileSync(new URL('./api.d.ts', import.meta.url), 'utf8')
  const declared = [...text.matchAll(/^ {2}export (?:const|let|function|class) (\w+)/gm)].map((match) => match[1] as string)
  // An overloaded function is declared more than once.
  expect([...new Set(declared)].toSorted()).toEqual([...API_NAMES].toSorted())
})

test('the declared numbers are the numbers', () => {
  const text = readFileSync(new URL('./api.d.ts', import.meta.url), 'utf8')
  const { exports } = makeApi(new FakeProcess(), { ticks: fakeTicks() })
  const declared = [...text.matchAll(/^ {2}export const (\w+): (-?\w+)/gm)]
  expect(declared.length).toBeGreaterThan(200)
  for (const [, name, value] of declared) expect([name, exports[name as string]]).toEqual([name, Number(value)])
})

test('every declared name has a line that explains it', () => {
  const lines = readFileSync(new URL('./api.d.ts', import.meta.url), 'utf8').split('\n')
  const bare = lines.filter((line, i) => /^ {2}export (const|let|function|class)/.test(line) && !/\*\/$/.test(lines[i - 1] ?? ''))
  expect(bare).toEqual([])
})

test('the examples are right by the declarations', { timeout: 60_000 }, () => {
  const root = new URL('../../../', import.meta.url).pathname
  execFileSync(`${root}node_modules/.bin/tsc`, ['-p', `${root}public/examples`], { encoding: 'utf8' })
})

test('the module takes its global away and keeps errno live', async () => {
  const { made, process } = start()
  Object.assign(globalThis, { apiForTest: made })
  const url = `data:text/javascript,${encodeURIComponent(apiModuleSource('apiForTest'))}`
  const module = (await import(/* @vite-ignore */ url)) as unknown as Api & { errno: number; SIGKILL: number }
  expect('apiForTest' in globalThis).toBe(false)
  expect(module.SIGKILL).toBe(9)
  process.failing.set(PTRACE.PTRACE_CONT, ERRNO.ESRCH)
  expect(module.ptrace(PTRACE.PTRACE_CONT, 2, 0, 0)).toBe(-1)
  expect(module.errno).toBe(ERRNO.ESRCH)
})

test('PEEKDATA returns the word, and −1 is told apart by errno', () => {
  const { api, process } = start()
  process.task.setU32(100, 0xffff_ffff)
  expect(api.ptrace(PTRACE.PTRACE_PEEKDATA, 2, 100)).toBe(-1)
})

test('structures are copied in and back', () => {
  const { api, process } = start()
  process.registers.setInt32(4, 42, true)
  process.registers.setBigInt64(80, -5n, true)
  const regs = new api.user_regs_struct()
  expect(api.ptrace(PTRACE.PTRACE_GETREGS, 2, 0, regs)).toBe(0)
  expect([regs.nr, regs.ret, regs.arch]).toEqual([42, -5, 0x5741_0001])
  regs.args[2] = 7
  regs.ret = -1
  api.ptrace(PTRACE.PTRACE_SETREGS, 2, 0, regs)
  expect(process.registers.getBigUint64(24, true)).toBe(7n)
  expect(process.registers.getBigInt64(80, true)).toBe(-1n)
})

test('what a structure points to is placed as well', () => {
  const { api, process } = start()
  const bytes = new Uint8Array([1, 2, 3])
  const vector = new api.iovec({ iov_base: bytes, iov_len: 3 })
  api.ptrace(PTRACE.PTRACE_GETREGSET, 2, 1, vector)
  const addr = Number(process.asked.at(-1)?.split(' ').at(-1))
  const base = process.memory.u32(addr)
  expect([...(process.memory.read(base, 3) ?? [])]).toEqual([1, 2, 3])
  expect(process.memory.u32(addr + 4)).toBe(3)
  expect(vector.iov_len).toBe(3)
})

test('a C program can be translated line by line', async () => {
  const { api, process } = start([{ pid: 2, ...EXEC }, { pid: 2, ...EXITED }])
  const pid = api.spawn('cat')
  const status = new api.Int()
  expect(await api.waitpid(pid, status, 0)).toBe(2)
  expect([api.WIFSTOPPED(status), api.WSTOPSIG(status)]).toEqual([true, 5])
  api.ptrace(PTRACE.PTRACE_CONT, pid, 0, 0)
  expect(await api.waitpid(pid, null)).toBe(2)
  expect(await api.waitpid(pid, null)).toBe(-1)
  expect(process.asked).toEqual(['spawn cat traceme', 'CONT 2 0 0'])
})

test('a loop over stops sets the options, resumes by itself, and ends with the task', async () => {
  const { api, process } = start([
    { pid: 2, ...EXEC }, { pid: 2, ...ENTRY, nr: WRITE, args: [1, 0, 0, 0] }, { pid: 2, ...EXIT }, { pid: 2, status: 0x0a7f },
    { pid: 2, status: 0x0300 },
  ])
  const kinds: string[] = []
  for await (const stop of api.trace(api.spawn())) kinds.push(`${stop.kind} ${stop.signal ?? stop.code ?? stop.call.name}`)
  expect(kinds).toEqual(['syscall-entry fd_write', 'syscall-exit fd_write', 'signal 10', 'exited 3'])
  expect(process.asked).toEqual([
    'spawn - traceme', `SETOPTIONS 2 0 ${0x10_0001}`, 'SYSCALL 2 0 0', 'SYSCALL 2 0 0', 'SYSCALL 2 0 0', 'SYSCALL 2 0 10',
  ])
})

test.for([
  ['skip(3) passes SKIPCALL', (stop: Stop) => stop.skip(3), ['SETREGS', 'SYSCALL 2 4 0'], 3],
  ['fail("ENOSPC") passes SKIPCALL with the errno', (stop: Stop) => stop.fail('ENOSPC'), ['SETREGS', 'SYSCALL 2 4 0'], 51],
  ['skipExit() passes SKIPEXIT', (stop: Stop) => stop.skipExit(), ['SYSCALL 2 2 0'], 0],
  ['resume(CONT) is not followed by another', (stop: Stop) => stop.resume(PTRACE.PTRACE_CONT), ['CONT 2 0 0'], 0],
  ['detach() ends the loop', (stop: Stop) => stop.detach(), ['DETACH 2 0 0'], 0],
  ['deliver(15) injects a signal', (stop: Stop) => stop.deliver(15), ['SYSCALL 2 0 15'], 0],
] as const)('%s', async ([, act, asked, ret]) => {
  const { api, process } = start([{ pid: 2, ...EXEC }, { pid: 2, ...ENTRY, nr: WRITE }, { pid: 2, ...EXITED }])
  for await (const stop of api.trace(api.spawn())) if (stop.kind === 'syscall-entry') act(stop)
  expect(process.asked.slice(3)).toEqual(asked)
  expect(Number(process.registers.getBigInt64(80, true))).toBe(ret)
})

test('a path is read, and rewritten below the stack', async () => {
  const { api, process } = start([
    { pid: 2, ...EXEC }, { pid: 2, ...ENTRY, nr: OPEN, args: [3, 0, 500, 4, 0, 0, 0, 0, 600] }, { pid: 2, ...EXITED },
  ])
  process.task.write(500, new Uint8Array([97, 46, 116, 120]))
  for await (const stop of api.trace(api.spawn())) {
    if (stop.kind !== 'syscall-entry') continue
    expect(stop.call.args).toMatchObject({ fd: 3, path: 'a.tx' })
    stop.rewrite({ path: 'longer/ü.txt', fd: 4 })
    expect(stop.memory.readString(stop.registers.args[2] as number, 13)).toBe('longer/ü.txt')
  }
  const arg = (i: number): number => Number(process.registers.getBigUint64(8 + 8 * i, true))
  expect([arg(0), arg(3)]).toEqual([4, 13])
  expect(arg(2)).toBeLessThanOrEqual(32_768 - 128 - 13)
  expect(arg(2) % 16).toBe(0)
})

test('SYSEMU is a mode', async () => {
  const { api, process } = start([{ pid: 2, ...EXEC }, { pid: 2, ...ENTRY, nr: WRITE }, { pid: 2, ...EXITED }])
  for await (const stop of api.trace(api.spawn(), { mode: 'sysemu' })) if (stop.kind === 'syscall-entry') stop.result = 0
  expect(process.asked.slice(2)).toEqual(['SYSEMU 2 0 0', 'SETREGS', 'SYSEMU 2 0 0'])
})

test('a second wait throws at once, and so does a request during one', async () => {
  const { api, ticks } = start([{ pid: 2, ...EXEC }, { pid: 2, ...EXITED }])
  ticks.tick(12, 0)
  const first = api.waitpid(-1, null)
  expect(() => api.ptrace(PTRACE.PTRACE_CONT, 2, 0, 0)).toThrow('two parts of the script talk to the kernel')
  const second = await api.waitpid(-1, null).catch((error: unknown) => error)
  expect(failureOf(second, ticks)).toMatchObject({ kind: 'two-waits', line: 12 })
  expect(await first).toBe(2)
  expect(await api.waitpid(-1, null)).toBe(2)
})

test('an errno of the comfortable level is a sentence', async () => {
  const { api, process, ticks } = start()
  process.failing.set(PTRACE.PTRACE_SEIZE, ERRNO.ESRCH)
  ticks.tick(7, 0)
  const thrown = await api.trace(3).next().catch((error: unknown) => error)
  expect((thrown as Error).message).toBe('ESRCH: task 3 is not stopped — it has been running since event 41. Await its next stop first.')
  expect(failureOf(thrown, ticks)).toEqual({
    kind: 'errno', title: 'ptrace failed: ESRCH', line: 7,
    cause: 'task 3 is not stopped — it has been running since event 41.', cure: 'Await its next stop first.',
  })
  expect(() => api.spawn('nobody')).toThrow('ENOENT: this run has no program "nobody"')
})

test('a stop refuses what it cannot do, with a sentence', async () => {
  const { api } = start([{ pid: 2, ...EXEC }, { pid: 2, ...EXIT, nr: WRITE }, { pid: 2, ...EXITED }])
  for await (const stop of api.trace(api.spawn())) {
    if (stop.kind === 'exited') expect(() => stop.kill()).toThrow('task 2 has ended')
    else {
      expect(() => stop.skip()).toThrow('only at a stop of kind syscall-entry')
      expect(() => stop.set({ nothing: 1 })).toThrow('It has fd, iovs, iovs_len, nwritten.')
      expect(() => stop.memory.read(70_000, 4)).toThrow('EFAULT: 4 bytes at 0x11170 are not wholly inside the memory of task 2')
    }
  }
})

test('sleeping is measured on the virtual clock', async () => {
  const { api, process } = start()
  await api.sleep(1.5)
  expect(process.asked).toEqual(['sleep 1500000000'])
})

test.for([
  [new ReferenceError('setTimeout is not defined'), 'not-deterministic', /await sleep/],
  [new ReferenceError("Can't find variable: fetch"), 'not-deterministic', /files of the recipe/],
  [new ReferenceError('foo is not defined'), 'exception', /Declare foo/],
  [new TypeError('x is null'), 'exception', /Look at the line/],
  ['just text', 'exception', /Look at the line/],
] as const)('%s becomes a failure with a cure', ([thrown, kind, cure]) => {
  const ticks = fakeTicks()
  ticks.tick(3, 0)
  const failure = failureOf(thrown, ticks)
  expect(failure).toMatchObject({ kind, line: 3 })
  expect(failure?.cure).toMatch(cure)
})

test('a loop without end is named with its line', () => {
  const ticks = fakeTicks()
  const loop = (): void => {
    for (;;) ticks.tick(9, 0)
  }
  let thrown: unknown
  try {
    loop()
  } catch (error) {
    thrown = error
  }
  expect(failureOf(thrown, ticks)).toMatchObject({ kind: 'endless', line: 9 })
  ticks.stop('stopped')
})

test('the structures of signals and filters have Linux’s layouts', () => {
  const { process, made } = start()
  const classes = made.exports as unknown as Record<string, new (values?: object) => Record<string, number>>
  const ask = (request: number, addr: unknown, data: unknown): number[] => {
    ;(made.exports as unknown as Api).ptrace(request, 2, addr, data)
    return (process.asked.at(-1) ?? '').split(' ').slice(2).map(Number)
  }
  const make = (name: string, values?: object) => new (classes[name] as new (values?: object) => Record<string, number>)(values)
  const [args = 0, infos = 0] = ask(PTRACE.PTRACE_PEEKSIGINFO, make('ptrace_peeksiginfo_args', { off: 1, flags: 1, nr: 2 }), [make('siginfo_t'), make('siginfo_t')])
  expect([process.memory.u64(args), process.memory.u32(args + 8), process.memory.u32(args + 12)]).toEqual([1n, 1, 2])
  expect(process.memory.has(infos, 256)).toBe(true)
  const [, mask = 0] = ask(PTRACE.PTRACE_SETSIGMASK, 8, make('sigset_t', { value: 2 ** 9 }))
  expect(process.memory.u64(mask)).toBe(512n)
  const [, program = 0] = ask(PTRACE.PTRACE_SECCOMP_GET_FILTER, 0, [make('sock_filter', { code: 6, jt: 1, jf: 2, k: 0x7fff_0000 })])
  expect([...(process.memory.read(program, 8) ?? [])]).toEqual([6, 0, 1, 2, 0, 0, 0xff, 0x7f])
  const [size, metadata = 0] = ask(PTRACE.PTRACE_SECCOMP_GET_METADATA, 16, make('seccomp_metadata', { filter_off: 3 }))
  expect([size, process.memory.u64(metadata)]).toEqual([16, 3n])
})

test.for([
  ['step() is SINGLESTEP', 'syscall', (stop: Stop) => stop.step(), 'SINGLESTEP 2 0 0'],
  ['step() of a loop over SYSEMU is SYSEMU_SINGLESTEP', 'sysemu', (stop: Stop) => stop.step(), 'SYSEMU_SINGLESTEP 2 0 0'],
  ['stepBlock() is SINGLEBLOCK', 'signals', (stop: Stop) => stop.stepBlock(), 'SINGLEBLOCK 2 0 0'],
  ['a step keeps the tags', 'syscall', (stop: Stop) => (stop.skipExit(), stop.step()), 'SINGLESTEP 2 2 0'],
] as const)('%s', async ([, mode, act, asked]) => {
  const { api, process } = start([{ pid: 2, ...EXEC }, { pid: 2, ...ENTRY, nr: WRITE }, { pid: 2, ...EXITED }])
  for await (const stop of api.trace(api.spawn(), { mode })) if (stop.kind === 'syscall-entry') act(stop)
  expect(process.asked.at(-1)).toBe(asked)
})

test('a seccomp stop has the call, and skipping it makes its number −1', async () => {
  const { api, process } = start([{ pid: 2, ...EXEC }, { pid: 2, status: 0x7_057f, message: 42, nr: WRITE, args: [1, 0, 0, 0] }, { pid: 2, ...EXITED }])
  for await (const stop of api.trace(api.spawn(), { mode: 'signals' })) {
    if (stop.kind !== 'seccomp') continue
    expect([stop.message, stop.call.name, stop.event]).toEqual([42, 'fd_write', 'PTRACE_EVENT_SECCOMP'])
    stop.fail('ENOSPC')
  }
  expect([process.registers.getInt32(4, true), Number(process.registers.getBigInt64(80, true))]).toEqual([-1, 51])
  expect(process.asked.at(-1)).toBe('CONT 2 0 0')
})
