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

/* The user area of PTRACE_PEEKUSER and POKEUSER. */
struct user {
  struct user_regs_struct regs;
};

#endif
