/* Stands before wasi-libc's placeholder of one byte: the kernel's set, 64 bits. */
#ifndef __wasilibc___typedef_sigset_t_h
#define __wasilibc___typedef_sigset_t_h

typedef struct {
  unsigned long __bits[2];
} sigset_t;

#endif
