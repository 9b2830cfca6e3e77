/* The field `arch` of registers, seccomp_data and ptrace_syscall_info: ours (abi.md), and those of Linux that
 * programs compare with (include/uapi/linux/audit.h).
 */
#ifndef _LINUX_AUDIT_H
#define _LINUX_AUDIT_H

#define AUDIT_ARCH_WASM32_PREVIEW1 0x57410001
#define AUDIT_ARCH_WASM32_LINUX 0x57410002

#define AUDIT_ARCH_I386 0x40000003
#define AUDIT_ARCH_ARM 0x40000028
#define AUDIT_ARCH_X86_64 0xc000003e
#define AUDIT_ARCH_AARCH64 0xc00000b7
#define AUDIT_ARCH_RISCV32 0x400000f3
#define AUDIT_ARCH_RISCV64 0xc00000f3

#endif
