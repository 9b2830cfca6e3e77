import { ERRNO } from '../abi/errno.ts'
import type { Errno } from '../abi/errno.ts'
import type { Rights } from '../abi/wasi.ts'
import { addRef, dropRef } from './file.ts'
import type { OpenFile } from './file.ts'

/** A file descriptor's number. */
export type Fd = number

/** Descriptors of one process: RLIMIT_NOFILE. */
export const FD_LIMIT = 1024

/** An entry of the table. Rights and close-on-exec belong to it, offset and flags to the open file. */
export interface Descriptor {
  readonly file: OpenFile
  /** What may be done with it, and with what is opened through it. */
  readonly rights: Rights
  readonly inheriting: Rights
  readonly closeOnExec: boolean
  /** The name under which the guest finds it (fd_prestat_dir_name), for a preopened directory. */
  readonly preopen: string | undefined
}

/** A process's descriptors. Numbers are given from the lowest free one, as POSIX demands. */
export class Descriptors {
  #table = new Map<Fd, Descriptor>()

  get(fd: Fd): Descriptor | undefined {
    return this.#table.get(fd)
  }

  get size(): number {
    return this.#table.size
  }

  /** All, by number. */
  entries(): readonly (readonly [Fd, Descriptor])[] {
    return [...this.#table].sort(([a], [b]) => a - b)
  }

  /** Puts it at the lowest free number not below `from`. Returns the number, or −EMFILE. */
  add(descriptor: Descriptor, from: Fd = 0): Fd {
    for (let fd = from; fd < FD_LIMIT; fd++) {
      if (this.#table.has(fd)) continue
      this.#put(fd, descriptor)
      return fd
    }
    return -ERRNO.EMFILE
  }

  /** Whether `add` would find a number: for calls that must not have done anything before they fail. */
  get full(): boolean {
    return this.#table.size >= FD_LIMIT
  }

  /** Puts it at that number and closes what was there: dup2(2). Returns the number, or −EBADF. */
  place(fd: Fd, descriptor: Descriptor): Fd {
    if (!(fd >= 0 && fd < FD_LIMIT)) return -ERRNO.EBADF
    const old = this.#table.get(fd)
    this.#put(fd, descriptor)
    if (old !== undefined) dropRef(old.file)
    return fd
  }

  /** Replaces the entry's own data, not its file: rights, close-on-exec. */
  change(fd: Fd, to: Partial<Pick<Descriptor, 'rights' | 'inheriting' | 'closeOnExec'>>): Errno {
    const old = this.#table.get(fd)
    if (old === undefined) return ERRNO.EBADF
    this.#table.set(fd, { ...old, ...to })
    return 0
  }

  close(fd: Fd): Errno {
    const old = this.#table.get(fd)
    if (old === undefined) return ERRNO.EBADF
    this.#table.delete(fd)
    dropRef(old.file)
    return 0
  }

  /** fd_renumber: moves `from` to `to`, which must be open and is closed. */
  renumber(from: Fd, to: Fd): Errno {
    const moved = this.#table.get(from)
    if (moved === undefined || !this.#table.has(to)) return ERRNO.EBADF
    if (from === to) return 0
    this.place(to, moved)
    return this.close(from)
  }

  /** fork(2): a table of its own that refers to the same open files. */
  fork(): Descriptors {
    const child = new Descriptors()
    for (const [fd, descriptor] of this.#table) child.#put(fd, descriptor)
    return child
  }

  /** execve(2): closes what is marked close-on-exec. */
  exec(): void {
    for (const [fd, descriptor] of this.entries()) if (descriptor.closeOnExec) this.close(fd)
  }

  /** The process has ended. */
  closeAll(): void {
    for (const [fd] of this.entries()) this.close(fd)
  }

  #put(fd: Fd, descriptor: Descriptor): void {
    this.#table.set(fd, descriptor)
    addRef(descriptor.file)
  }
}
