/* The registers of a call (abi.md), as PTRACE_GETREGS and the set NT_PRSTATUS give them: 104 bytes. */
#ifndef _SYS_USER_H
#define _SYS_USER_H

#include <stdint.h>

struct user_regs_struct {
  uint32_t arch;    /* AUDIT_ARCH_WASM32_PREVIEW1 or AUDIT_ARCH_WASM32_LINUX: whose number nr is */
  int32_t nr;       /* -1 outside a call */
  uint64_t args[9]; /* path_open has nine */
  int64_t ret;
  uint32_t pc;      /* offset in the code section; pc, sp and fp read 0 until a build reports them */
  uint32_t sp;      /* the shadow stack's pointer */
  uint32_t fp;      /* depth of the call stack, in frames */
  uint32_t pad;
};

/* A local of the function that a tracee stands in at a step: an array of these is the set NT_WASM_LOCALS. */
struct user_wasm_local {
  uint32_t type;     /* WASM_TYPE_I32, … */
  uint32_t index;    /* parameters first, from 0 */
  uint64_t value[2]; /* the bits, low word first: the second is that of a v128; a reference is 0 where it is null, else 1 */
};

#define WASM_TYPE_I32 0x7f
#define WASM_TYPE_I64 0x7e
#define WASM_TYPE_F32 0x7d
#define WASM_TYPE_F64 0x7c
#define WASM_TYPE_V128 0x7b
#define WASM_TYPE_FUNCREF 0x70
#define WASM_TYPE_EXTERNREF 0x6f
#define WASM_TYPE_EXNREF 0x69

/* The user area of PTRACE_PEEKUSER and POKEUSER. */
struct user {
  struct user_regs_struct regs;
};

#endif
