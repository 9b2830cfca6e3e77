/* Guests are WebAssembly modules: of elf.h only the names of the register sets mean anything here. */
#ifndef _ELF_H
#define _ELF_H

#define NT_PRSTATUS 1
/* Of this machine: the locals of the function that a tracee steps through, struct user_wasm_local (sys/user.h). */
#define NT_WASM_LOCALS 0x5741
#define NT_PRFPREG 2
#define NT_FPREGSET 2
#define NT_PRPSINFO 3

#endif
