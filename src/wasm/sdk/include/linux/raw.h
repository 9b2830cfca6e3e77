/* The raw calls: __linux_NAME is the import `linux`.NAME, one call to a tracer, the result the value or -errno. */
#ifndef _LINUX_RAW_H
#define _LINUX_RAW_H

#include <signal.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>

/* rt_sigaction's structure, 20 bytes as on a 32-bit Linux: the mask is two longs, at 12. */
struct kernel_sigaction {
  uintptr_t handler; /* 0 default, 1 ignored, otherwise an index into the table of functions, from 3 on */
  unsigned long flags;
  uintptr_t restorer;
  unsigned long mask[2];
};

#define LINUX_CALL(number, name, arity, parameters) \
  __attribute__((import_module("linux"), import_name(#name))) int __linux_##name parameters;
#include <linux/calls.h>
#undef LINUX_CALL

/* A raw result as libc returns it: -1 with errno set, or the value. */
int __linux_result(int raw);

/* The kernel's sigset_t is libc's: 64 bits. */
#define LINUX_SIGSET_SIZE 8ul

#endif
