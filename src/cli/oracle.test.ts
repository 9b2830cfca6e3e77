import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { runOracle } from './oracle-run.ts'

const oracle = fileURLToPath(new URL('../../../shared/oracle', import.meta.url))
const isHere = existsSync(join(oracle, 'scenarios'))
const unless = isHere ? '' : ' (SKIPPED: there is no ../shared/oracle)'

/** One of each concern; `npm run oracle -- ../shared/oracle` runs them all. */
const SAMPLE = [
  'attach_sigstop', 'exec_legacy_syscall_order', 'fork_event', 'groupstop_legacy_reported_twice', 'nested_tracers', 'restart_read_handler_sa_restart',
  'seccomp_trace_event', 'seize_listen_sigcont', 'set_syscall_info_seccomp', 'signal_handlers_nest', 'singlestep_into_handler', 'sysemu_switch_modes',
  'thread_exec_takes_over_leader', 'vfork_exec_releases_parent', 'vm_skipcall_equals_sysemu', 'waitid_wnowait',
]

const results = async (directory: string, names: readonly string[]) => {
  const found: Record<string, string | undefined> = {}
  for await (const { name, problem } of runOracle(directory, names, mkdtempSync(join(tmpdir(), 'oracle-out-')))) found[name] = problem
  return found
}

test.skipIf(!isHere)(`C programs, tracer and tracee, print here what they print on Linux${unless}`, { timeout: 240_000 }, async () => {
  expect(await results(oracle, SAMPLE)).toEqual(Object.fromEntries(SAMPLE.map((name) => [name, undefined])))
})

test.skipIf(!isHere)(`a golden output that was altered fails, and only that one, with the line${unless}`, { timeout: 120_000 }, async () => {
  const copy = mkdtempSync(join(tmpdir(), 'oracle-'))
  cpSync(oracle, copy, { recursive: true })
  const golden = join(copy, 'golden', 'fork_event.out')
  writeFileSync(golden, readFileSync(golden, 'utf8').replace('event=FORK', 'event=VFORK'))
  const found = await results(copy, ['fork_event', 'attach_sigstop'])
  expect(found['attach_sigstop']).toBe(undefined)
  expect(found['fork_event']).toMatch(/^line 1: .*event=FORK.*and Linux .*event=VFORK/)
})
