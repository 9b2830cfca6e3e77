import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { ERRNO, errnoMessage } from '../../engine/abi/errno.ts'
import { GRND, IOCTL, LINUX_NR } from '../../engine/abi/linux.ts'
import * as ptrace from '../../engine/abi/ptrace.ts'
import * as signal from '../../engine/abi/signal.ts'
import * as wait from '../../engine/abi/wait.ts'
import { linuxByName } from '../../engine/syscall/linux.ts'
import { compileAll, compileProgram } from './compile.mjs'
import { complaintsAbout, readCalls, readInterface } from './interface.ts'
import { runHandlers } from './testing.ts'

const folder = new URL('./', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, folder), 'utf8')
const calls = readCalls(read('include/linux/calls.h'))

const assertions = (table: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(table).flatMap(([name, value]) =>
    typeof value === 'number' ? [`_Static_assert((unsigned)${name} == ${value >>> 0}u, "${name}");`] : [])

/** Sizes and places that abi.md and the kernel's headers fix, for 4-byte words and 64-bit time. */
const layout = {
  'sizeof(long)': 4,
  'sizeof(sigset_t)': 8,
  'sizeof(siginfo_t)': 128,
  'offsetof(siginfo_t, si_code)': 8,
  'offsetof(siginfo_t, si_pid)': 12,
  'offsetof(siginfo_t, si_uid)': 16,
  'offsetof(siginfo_t, si_status)': 20,
  'offsetof(siginfo_t, si_utime)': 24,
  'offsetof(siginfo_t, si_value)': 20,
  'offsetof(siginfo_t, si_addr)': 12,
  'offsetof(siginfo_t, si_band)': 12,
  'offsetof(siginfo_t, si_fd)': 16,
  'offsetof(siginfo_t, si_call_addr)': 12,
  'offsetof(siginfo_t, si_syscall)': 16,
  'offsetof(siginfo_t, si_arch)': 20,
  'sizeof(struct kernel_sigaction)': 20,
  'offsetof(struct kernel_sigaction, mask)': 12,
  'sizeof(stack_t)': 12,
  'offsetof(stack_t, ss_size)': 8,
  'sizeof(struct user_regs_struct)': 104,
  'offsetof(struct user_regs_struct, args)': 8,
  'offsetof(struct user_regs_struct, ret)': 80,
  'offsetof(struct user_regs_struct, pc)': 88,
  'sizeof(struct ptrace_syscall_info)': 88,
  'offsetof(struct ptrace_syscall_info, entry.args)': 32,
  'offsetof(struct ptrace_syscall_info, exit.is_error)': 32,
  'offsetof(struct ptrace_syscall_info, seccomp.ret_data)': 80,
  'sizeof(struct ptrace_peeksiginfo_args)': 16,
  'sizeof(struct seccomp_metadata)': 16,
  'sizeof(struct ptrace_multi)': 16,
  'sizeof(struct seccomp_data)': 64,
  'sizeof(struct sock_filter)': 8,
  'sizeof(struct sock_fprog)': 8,
  'sizeof(struct iovec)': 8,
  'sizeof(struct timespec)': 16,
  'sizeof(struct itimerval)': 32,
  'sizeof(struct rusage)': 88,
}

const headers = [
  'linux/audit.h', 'linux/errno.h', 'linux/filter.h', 'linux/raw.h', 'linux/seccomp.h', 'elf.h', 'errno.h', 'sched.h',
  'signal.h', 'spawn.h', 'stddef.h', 'stdio.h', 'string.h', 'sys/ioctl.h', 'sys/prctl.h', 'sys/ptrace.h',
  'sys/random.h', 'sys/syscall.h', 'sys/uio.h', 'sys/wait.h', 'unistd.h',
]

describe('the headers', () => {
  test('have the numbers and layouts of the engine', { timeout: 240_000 }, async () => {
    const { ARCH_PREVIEW1, ARCH_LINUX, PTRACE_EVENTMSG_SYSCALL_ENTRY, PTRACE_EVENTMSG_SYSCALL_EXIT } = ptrace
    const source = [
      '#define _GNU_SOURCE',
      ...headers.map((header) => `#include <${header}>`),
      ...[
        ERRNO, signal.SIGNAL, signal.SI, signal.CLD, ptrace.PTRACE, ptrace.PTRACE_OPTION, ptrace.PTRACE_EVENT,
        ptrace.PTRACE_SYSCALL_INFO, layout, wait, GRND,
        Object.fromEntries(Object.entries(IOCTL).filter(([name]) => name !== 'TCGETS')),
        { SIGRTMIN: signal.SIGRTMIN, SIGRTMAX: signal.SIGNAL_MAX, NT_PRSTATUS: ptrace.NT_PRSTATUS, NT_WASM_LOCALS: ptrace.NT_WASM_LOCALS },
        Object.fromEntries(Object.entries(ptrace.WASM_TYPE).map(([name, code]) => [`WASM_TYPE_${name.toUpperCase()}`, code])),
        { AUDIT_ARCH_WASM32_PREVIEW1: ARCH_PREVIEW1, AUDIT_ARCH_WASM32_LINUX: ARCH_LINUX },
        { PTRACE_EVENTMSG_SYSCALL_ENTRY, PTRACE_EVENTMSG_SYSCALL_EXIT },
        Object.fromEntries(calls.map(({ name, number }) => [`SYS_${name}`, number])),
      ].flatMap(assertions),
      ...Object.entries(ERRNO).filter(([, errno]) => errno >= 200 && errno < 512)
        .map(([name]) => `const char *said_${name}(void) { return strerror(${name}); }`),
      'int main(void) { return 0; }',
    ].join('\n')
    const module = await compileProgram({ name: 'numbers', source, extra: ['-Werror'] })
    expect(complaintsAbout(module, calls)).toEqual([])
  })

  test('have the calls of the engine', () => {
    expect(Object.fromEntries(calls.map(({ name, number }) => [name, number]))).toEqual(LINUX_NR)
    for (const { name, arity } of calls) {
      const row = linuxByName.get(name)
      if (row !== undefined) expect([name, row.args.length]).toEqual([name, arity])
    }
  })

  test('say of the errnos that WASI lacks what the engine says', () => {
    const messages = [...read('lib/error.c').matchAll(/"([^"]+)"/g)].map(([, message]) => message)
    const lacking = Object.values(ERRNO).filter((errno) => errno >= 200 && errno < 512)
    expect(messages).toEqual(lacking.map(errnoMessage))
  })
})

describe('a program of the SDK', () => {
  const names = ['handler', 'tracer']
  let programs: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
  beforeAll(async () => {
    const sources = names.map((name) => ({ name, source: read(`examples/${name}.c`) }))
    programs = await compileAll(sources, { extra: ['-Werror'] })
  }, 240_000)
  const program = (name: string): Uint8Array<ArrayBuffer> => programs.get(name) ?? new Uint8Array()

  test.for(names)('imports only what the two tables have: %s', (name) => {
    expect(complaintsAbout(program(name), calls)).toEqual([])
    expect(readInterface(program(name)).imports.some(({ module }) => module === 'linux')).toBe(true)
  })

  test('exports the entry for signals if it has handlers, and only then', () => {
    expect(readInterface(program('handler')).exports).toContain('__linux_signal')
    expect(readInterface(program('tracer')).exports).not.toContain('__linux_signal')
  })

  test('hears of signals through the entry, in handlers of both kinds', async () => {
    expect(await runHandlers(program('handler'))).toBe([
      'signal SIGRTMIN+0 with 42',
      'signal 10, and then the default: yes',
      'blocked: 10',
      'unblocked: 12, on the other stack: yes',
      'signal 32, with 0',
      '',
    ].join('\n'))
  })
})

describe('a complaint', () => {
  test('is made about an import of no table, and about an i64', () => {
    const imported = (module: string, name: string): number[] =>
      [module, name].flatMap((text) => [text.length, ...new TextEncoder().encode(text)])
    const entries = [...imported('env', 'x'), 0, 0, ...imported('linux', 'getpid'), 0, 1]
    const module = Uint8Array.of(
      0, 97, 115, 109, 1, 0, 0, 0,
      1, 8, 2, 0x60, 0, 0, 0x60, 0, 1, 0x7e,
      2, entries.length + 1, 2, ...entries,
    )
    expect(complaintsAbout(module, calls)).toEqual(['env.x is in no table', 'linux.getpid is -> i64, not -> i32'])
  })
})
