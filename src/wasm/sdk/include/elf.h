/* Guests are WebAssembly modules: of elf.h only the names of the register sets mean anything here. */
#ifndef _ELF_H
#define _ELF_H

#define NT_PRSTATUS 1
#define NT_PRFPREG 2
#define NT_FPREGSET 2
#define NT_PRPSINFO 3

#endif
