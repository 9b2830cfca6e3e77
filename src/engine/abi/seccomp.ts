/** Numbers of seccomp(2): include/uapi/linux/seccomp.h, filter.h and bpf_common.h of Linux 6.18. */

/** What prctl(PR_GET_SECCOMP) says, and PR_SET_SECCOMP takes. */
export const SECCOMP_MODE = {
  SECCOMP_MODE_DISABLED: 0,
  SECCOMP_MODE_STRICT: 1,
  SECCOMP_MODE_FILTER: 2,
} as const
export type SeccompMode = (typeof SECCOMP_MODE)[keyof typeof SECCOMP_MODE]

export const SECCOMP_OPERATION = {
  SECCOMP_SET_MODE_STRICT: 0,
  SECCOMP_SET_MODE_FILTER: 1,
  SECCOMP_GET_ACTION_AVAIL: 2,
  SECCOMP_GET_NOTIF_SIZES: 3,
} as const

export const SECCOMP_FILTER_FLAG = {
  SECCOMP_FILTER_FLAG_TSYNC: 0x1,
  SECCOMP_FILTER_FLAG_LOG: 0x2,
  SECCOMP_FILTER_FLAG_SPEC_ALLOW: 0x4,
  SECCOMP_FILTER_FLAG_NEW_LISTENER: 0x8,
  SECCOMP_FILTER_FLAG_TSYNC_ESRCH: 0x10,
  SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV: 0x20,
} as const

/** What a filter returns, besides SECCOMP_RET_DATA; the strictest first, which is the least as a signed number. */
export const SECCOMP_RET = {
  SECCOMP_RET_KILL_PROCESS: 0x8000_0000,
  SECCOMP_RET_KILL_THREAD: 0x0000_0000,
  SECCOMP_RET_TRAP: 0x0003_0000,
  SECCOMP_RET_ERRNO: 0x0005_0000,
  SECCOMP_RET_USER_NOTIF: 0x7fc0_0000,
  SECCOMP_RET_TRACE: 0x7ff0_0000,
  SECCOMP_RET_LOG: 0x7ffc_0000,
  SECCOMP_RET_ALLOW: 0x7fff_0000,
} as const
export type SeccompAction = keyof typeof SECCOMP_RET

export const SECCOMP_RET_ACTION_FULL = 0xffff_0000
export const SECCOMP_RET_DATA = 0x0000_ffff

/**
 * Bytes of `struct seccomp_data`, of `struct sock_filter`, and of the 32-bit `struct sock_fprog`: u16 len, then the
 * address at 4.
 */
export const SECCOMP_DATA_BYTES = 64
export const SOCK_FILTER_BYTES = 8
export const SOCK_FPROG_BYTES = 8

/** `struct seccomp_notif_sizes`, three u16: what SECCOMP_GET_NOTIF_SIZES stores. */
export const SECCOMP_NOTIF_SIZES = [80, 24, 64] as const

/** Instructions of one filter; words of its scratch memory. */
export const BPF_MAXINSNS = 4096
export const BPF_MEMWORDS = 16

/** The parts of an instruction's code: its class, and what each class has besides. */
export const BPF = {
  BPF_LD: 0x00,
  BPF_LDX: 0x01,
  BPF_ST: 0x02,
  BPF_STX: 0x03,
  BPF_ALU: 0x04,
  BPF_JMP: 0x05,
  BPF_RET: 0x06,
  BPF_MISC: 0x07,

  BPF_W: 0x00,
  BPF_IMM: 0x00,
  BPF_ABS: 0x20,
  BPF_MEM: 0x60,
  BPF_LEN: 0x80,

  BPF_ADD: 0x00,
  BPF_SUB: 0x10,
  BPF_MUL: 0x20,
  BPF_DIV: 0x30,
  BPF_OR: 0x40,
  BPF_AND: 0x50,
  BPF_LSH: 0x60,
  BPF_RSH: 0x70,
  BPF_NEG: 0x80,
  BPF_XOR: 0xa0,

  BPF_JA: 0x00,
  BPF_JEQ: 0x10,
  BPF_JGT: 0x20,
  BPF_JGE: 0x30,
  BPF_JSET: 0x40,

  BPF_K: 0x00,
  BPF_X: 0x08,
  BPF_A: 0x10,

  BPF_TAX: 0x00,
  BPF_TXA: 0x80,
} as const
