import type { GuestMemory } from '../kernel/memory.ts'

/**
 * A script is a process like any other: it has a pid and memory, and makes system calls. This is its side of
 * them. Results are as in the `linux` table (abi.md): the value, or −errno with WASI's numbers.
 */
export interface ScriptProcess {
  readonly pid: number
  /** The script's own memory: what ptrace's pointers point to. Address 0 is NULL. */
  readonly memory: GuestMemory
  /** Seed-dependent chance, shared with nobody: for Math.random of the script. */
  random(): number
  /** Virtual nanoseconds since boot, and since 1970. */
  now(): number
  realtime(): bigint
  /** ptrace(2), the raw call: PEEKTEXT and PEEKDATA store the word at `data`. */
  ptrace(request: number, pid: number, addr: number, data: number): number
  /** wait4(2). The status of the child that is answered is stored at `status` unless that is 0. */
  wait4(pid: number, status: number, options: number): Promise<number>
  /** The same without a promise, of which a stop can cost too many: calls `answer`, perhaps at once. */
  waitFor(pid: number, status: number, options: number, answer: (result: number) => void): void
  kill(pid: number, signo: number): number
  /** process_vm_readv(2) of one stretch: a copy, or −errno. */
  readMemory(pid: number, addr: number, length: number): Uint8Array | number
  /** process_vm_writev(2) of one stretch: 0 or −errno. */
  writeMemory(pid: number, addr: number, bytes: Uint8Array): number
  /**
   * fork, the setup, and exec in one. `trace`: 'traceme' as if the child called PTRACE_TRACEME before exec,
   * 'stopped' as if it then waited to be seized (a script's `trace` seizes it), 'none': it runs at once.
   */
  spawn(spec: SpawnSpec): number
  /** nanosleep(2) on the virtual clock, with a promise and without. */
  sleep(nanoseconds: number): Promise<number>
  sleepFor(nanoseconds: number, answer: (result: number) => void): void
  /** A line for the console. */
  print(text: string): void
  /** The name of the program of a task, for messages. */
  nameOf(pid: number): string
  /** The function that a task which steps is in, by the module's name section; without a name there, its index. */
  functionOf(pid: number): string | undefined
}

export interface SpawnSpec {
  /** Name of a program of the recipe; undefined: its first. */
  readonly name?: string
  /** Arguments after the program's name; undefined: the recipe's. */
  readonly argv?: readonly string[]
  readonly env?: readonly string[]
  readonly trace: 'traceme' | 'stopped' | 'none'
}
