/**
 * C's structures for scripts: bytes with named fields. Layouts are those of a 32-bit Linux (abi.md): a word and
 * a pointer have 4 bytes, numbers are little-endian. 64-bit fields read as numbers, exact up to 2^53.
 */

type Scalar = 'u8' | 'u16' | 'u32' | 'i32' | 'u64' | 'i64' | 'pointer'
type FieldType = Scalar | readonly ['u64', number]
type Fields = Readonly<Record<string, readonly [FieldType, number]>>

/** What may stand where C has a pointer: an address, or something that is copied in before and back after. */
export type Pointed = number | bigint | null | undefined | string | ArrayBufferView | Struct | readonly Struct[]

/** The bytes of a structure, and what its pointers point to. */
export class Struct {
  readonly #bytes: Uint8Array<ArrayBuffer>
  readonly #view: DataView
  /** By offset; made with the first pointer, which most never have. */
  #pointers: Map<number, Pointed> | undefined
  readonly #fields: Fields

  constructor(size: number, fields: Fields) {
    this.#bytes = new Uint8Array(size)
    this.#view = new DataView(this.#bytes.buffer)
    this.#fields = fields
  }

  static sizeOf(struct: Struct): number {
    return struct.#bytes.length
  }

  /** The bytes themselves, without what its pointers point to. */
  static bytesOf(struct: Struct): Uint8Array {
    return struct.#bytes
  }

  /** The structure as it lies in memory, with what it points to placed there as well. */
  static placed(struct: Struct, arena: { place(value: Pointed): number }): Uint8Array {
    if (struct.#pointers === undefined) return struct.#bytes
    const bytes = struct.#bytes.slice()
    const view = new DataView(bytes.buffer)
    for (const [at, pointed] of struct.#pointers) view.setUint32(at, arena.place(pointed), true)
    return bytes
  }

  /** Takes over new bytes, of its own size, but keeps what the pointers point to. */
  static assign(struct: Struct, bytes: Uint8Array): void {
    struct.#bytes.set(bytes)
    // Under a pointer to a value there is no address.
    if (struct.#pointers !== undefined) for (const at of struct.#pointers.keys()) struct.#view.setUint32(at, 0, true)
  }

  /** Names and values, for printing. */
  static entriesOf(struct: Struct): readonly (readonly [string, unknown])[] {
    return Object.keys(struct.#fields).map((name) => [name, (struct as unknown as Record<string, unknown>)[name]])
  }

  static read(struct: Struct, type: Scalar, at: number): unknown {
    const view = struct.#view
    switch (type) {
      case 'u8': return view.getUint8(at)
      case 'u16': return view.getUint16(at, true)
      case 'u32': return view.getUint32(at, true)
      case 'i32': return view.getInt32(at, true)
      // Rounded once, by the addition: as Number(getBigUint64()) is, at a fraction of its price.
      case 'u64': return view.getUint32(at + 4, true) * TWO_32 + view.getUint32(at, true)
      case 'i64': return view.getInt32(at + 4, true) * TWO_32 + view.getUint32(at, true)
      case 'pointer': return struct.#pointers?.get(at) ?? view.getUint32(at, true)
    }
  }

  static write(struct: Struct, type: Scalar, at: number, value: unknown): void {
    const view = struct.#view
    switch (type) {
      case 'u8': return view.setUint8(at, Number(value))
      case 'u16': return view.setUint16(at, Number(value), true)
      case 'u32':
      case 'i32':
        if (Number.isSafeInteger(value)) return view.setUint32(at, (value as number) >>> 0, true)
        return view.setUint32(at, Number(BigInt.asUintN(32, toBig(value))), true)
      case 'u64':
      case 'i64':
        if (!Number.isSafeInteger(value)) return view.setBigUint64(at, BigInt.asUintN(64, toBig(value)), true)
        view.setUint32(at, (value as number) >>> 0, true)
        return view.setInt32(at + 4, Math.floor((value as number) / TWO_32), true)
      case 'pointer': {
        const isAddress = typeof value === 'number' || typeof value === 'bigint' || value === null || value === undefined
        if (isAddress) struct.#pointers?.delete(at)
        else (struct.#pointers ??= new Map()).set(at, value as Pointed)
        view.setUint32(at, isAddress ? Number(value ?? 0) : 0, true)
      }
    }
  }
}

const TWO_32 = 2 ** 32
const toBig = (value: unknown): bigint => (typeof value === 'bigint' ? value : BigInt(Math.trunc(Number(value)) || 0))

/**
 * A list of registers that reads and writes as an array of numbers. Its elements are accessors of a prototype that is
 * made once for each length: one list is made at every access of `args`.
 */
class RegisterList {
  readonly #struct: Struct
  readonly #at: number

  constructor(struct: Struct, at: number) {
    this.#struct = struct
    this.#at = at
    Object.freeze(this)
  }
  static get(list: RegisterList, i: number): unknown {
    return Struct.read(list.#struct, 'u64', list.#at + 8 * i)
  }
  static set(list: RegisterList, i: number, value: unknown): void {
    Struct.write(list.#struct, 'u64', list.#at + 8 * i, value)
  }
}

const listClasses = new Map<number, new (struct: Struct, at: number) => RegisterList>()

const listClass = (count: number): new (struct: Struct, at: number) => RegisterList => {
  const known = listClasses.get(count)
  if (known !== undefined) return known
  const made = class extends RegisterList {}
  for (let i = 0; i < count; i++) {
    Object.defineProperty(made.prototype, i, {
      enumerable: true,
      get(this: RegisterList) {
        return RegisterList.get(this, i)
      },
      set(this: RegisterList, value: unknown) {
        RegisterList.set(this, i, value)
      },
    })
  }
  Object.defineProperty(made.prototype, 'length', { value: count })
  Object.defineProperty(made.prototype, Symbol.iterator, { value: Array.prototype[Symbol.iterator] })
  listClasses.set(count, made)
  return made
}

const registerList = (struct: Struct, at: number, count: number): object => new (listClass(count))(struct, at)

/** Makes a class of structures: `new S()` is all zeros, `new S({ field: value })` sets some. */
const structClass = (name: string, size: number, fields: Fields, nested: Readonly<Record<string, Fields>> = {}) => {
  const define = (target: object, of: (self: unknown) => Struct, group: Fields): void => {
    for (const [field, [type, at]] of Object.entries(group)) {
      Object.defineProperty(target, field, {
        enumerable: true,
        get(this: unknown) {
          return typeof type === 'string' ? Struct.read(of(this), type, at) : registerList(of(this), at, type[1])
        },
        set(this: unknown, value: unknown) {
          if (typeof type === 'string') Struct.write(of(this), type, at, value)
          else Object.assign(registerList(of(this), at, type[1]), value)
        },
      })
    }
  }
  const made = class extends Struct {
    constructor(values?: Readonly<Record<string, unknown>>) {
      super(size, fields)
      if (values !== undefined) Object.assign(this, values)
    }
    static readonly size = size
  }
  define(made.prototype, (self) => self as Struct, fields)
  for (const [group, inner] of Object.entries(nested)) {
    Object.defineProperty(made.prototype, group, {
      enumerable: true,
      get(this: Struct) {
        const view = {}
        define(view, () => this, inner)
        return Object.freeze(view)
      },
    })
  }
  Object.defineProperty(made, 'name', { value: name })
  return made
}

/** The registers (PTRACE_GETREGS, NT_PRSTATUS): abi.md. */
export const user_regs_struct = structClass('user_regs_struct', 104, {
  arch: ['u32', 0], nr: ['i32', 4], args: [['u64', 9], 8], ret: ['i64', 80], pc: ['u32', 88], sp: ['u32', 92], fp: ['u32', 96],
})

/** A local of the function that a task steps through: PTRACE_GETREGSET with NT_WASM_LOCALS gives an array of them. */
export const user_wasm_local = structClass('user_wasm_local', 24, { type: ['u32', 0], index: ['u32', 4], value: [['u64', 2], 8] })

/** include/uapi/linux/ptrace.h: PTRACE_GET_SYSCALL_INFO. */
export const ptrace_syscall_info = structClass(
  'ptrace_syscall_info', 88,
  { op: ['u8', 0], flags: ['u16', 2], arch: ['u32', 4], instruction_pointer: ['u64', 8], stack_pointer: ['u64', 16] },
  {
    entry: { nr: ['u64', 24], args: [['u64', 6], 32] },
    exit: { rval: ['i64', 24], is_error: ['u8', 32] },
    seccomp: { nr: ['u64', 24], args: [['u64', 6], 32], ret_data: ['u32', 80] },
  },
)

/** The 32-bit layout of include/uapi/asm-generic/siginfo.h. */
export const siginfo_t = structClass('siginfo_t', 128, {
  si_signo: ['i32', 0], si_errno: ['i32', 4], si_code: ['i32', 8], si_pid: ['i32', 12], si_uid: ['u32', 16],
  si_status: ['i32', 20], si_value: ['u32', 20], si_addr: ['u32', 12],
  si_call_addr: ['u32', 12], si_syscall: ['i32', 16], si_arch: ['u32', 20],
})

/** include/uapi/linux/ptrace.h: which pending signals PTRACE_PEEKSIGINFO copies. */
export const ptrace_peeksiginfo_args = structClass('ptrace_peeksiginfo_args', 16, {
  off: ['u64', 0], flags: ['u32', 8], nr: ['i32', 12],
})

/** include/uapi/linux/ptrace.h: a filter's place goes in, its flags come out. */
export const seccomp_metadata = structClass('seccomp_metadata', 16, { filter_off: ['u64', 0], flags: ['u64', 8] })

/** include/uapi/linux/filter.h: an instruction of classic BPF. */
export const sock_filter = structClass('sock_filter', 8, { code: ['u16', 0], jt: ['u8', 2], jf: ['u8', 3], k: ['u32', 4] })

/** A set of signals (8 bytes): bit n − 1 is signal n. Exact up to signal 53; a BigUint64Array has all. */
export const sigset_t = structClass('sigset_t', 8, { value: ['u64', 0] })

export const iovec = structClass('iovec', 8, { iov_base: ['pointer', 0], iov_len: ['u32', 4] })

/** One request of a PTRACE_MULTI vector (Davoli). */
export const ptrace_multi = structClass('ptrace_multi', 16, {
  request: ['u32', 0], addr: ['u32', 4], localaddr: ['pointer', 8], length: ['u32', 12],
})

/** An `int` of the script that a call writes into: waitpid(pid, status, 0). */
export const Int = structClass('Int', 4, { value: ['i32', 0] })
/** An `unsigned long`: PTRACE_GETEVENTMSG. */
export const Ulong = structClass('Ulong', 4, { value: ['u32', 0] })
