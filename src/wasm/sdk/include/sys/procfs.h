#ifndef _SYS_PROCFS_H
#define _SYS_PROCFS_H

#include <sys/user.h>

typedef struct user_regs_struct elf_gregset_t;
typedef uint64_t elf_greg_t;
#define ELF_NGREG (sizeof(elf_gregset_t) / sizeof(elf_greg_t))

#endif
