/* clone(2) as the C libraries wrap it. With CLONE_VM the child is a second instance of the image on the same memory,
 * which the engine enters at __linux_thread_start with its __stack_pointer at stack_top (abi.md); without, it is a
 * fork. wasi-libc is the one for single threads: errno, malloc and stdio are shared and not locked.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/raw.h>
#include <sched.h>
#include <stdarg.h>
#include <unistd.h>

/* The thread's first function and, by "the return value of fn is the exit status of the child", its last. */
__attribute__((export_name("__linux_thread_start"))) void __linux_thread_start(int (*fn)(void *), void *arg) {
  const int status = fn(arg);
  for (;;) __linux_exit(status);
}

/* The last three arguments are there only if a flag asks for them. */
#define WANTS_PARENT (CLONE_PARENT_SETTID | CLONE_PIDFD)
#define WANTS_CHILD (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID)

int clone(int (*fn)(void *), void *stack, int flags, void *arg, ...) {
  va_list list;
  va_start(list, arg);
  int *parent = va_arg(list, int *);
  void *tls = va_arg(list, void *);
  int *child = va_arg(list, int *);
  va_end(list);
  if (!(flags & WANTS_PARENT)) parent = NULL;
  if (!(flags & CLONE_SETTLS)) tls = NULL;
  if (!(flags & WANTS_CHILD)) child = NULL;
  if (fn == NULL || ((flags & CLONE_VM) && stack == NULL)) {
    errno = EINVAL;
    return -1;
  }
  if (flags & CLONE_VM) {
    void *top = (void *)((uintptr_t)stack & ~(uintptr_t)15);
    return __linux_result(__linux_clone((unsigned long)flags, top, parent, tls, child, fn, arg));
  }
  const int raw = __linux_clone((unsigned long)flags, NULL, parent, tls, child, NULL, NULL);
  if (raw == 0) _exit(fn(arg));
  return __linux_result(raw);
}
