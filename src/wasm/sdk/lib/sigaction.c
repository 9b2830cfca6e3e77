/* Handlers. The kernel knows of each signal's disposition, flags and mask; which function to call, and how, is known
 * here: the engine cannot call into the table of functions, so it calls the one export, __linux_signal
 * (signal-entry.s), and that comes here.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/raw.h>
#include <string.h>

/* The kernel may have put siginfo and context below the stack pointer, no further away than this. */
#define FRAME_BYTES 4096u

static struct {
  union {
    void (*plain)(int);
    void (*info)(int, siginfo_t *, void *);
  } handler;
  int flags;
} handlers[_NSIG];

/* Where a handler's stack begins. `sp` is below the red zone of what was interrupted; the alternate stack is that of
 * this thread. Called before there is a stack: it must not need one.
 */
uintptr_t __linux_signal_stack(int signo, uintptr_t info, uintptr_t context, uintptr_t sp, uintptr_t alternate,
                               uintptr_t size) {
  if ((handlers[signo].flags & SA_ONSTACK) && size != 0 && sp - alternate >= size) sp = alternate + size;
  uintptr_t lowest = sp;
  if (sp + 128 - info < FRAME_BYTES && info < lowest) lowest = info;
  if (context != 0 && sp + 128 - context < FRAME_BYTES && context < lowest) lowest = context;
  return lowest & ~(uintptr_t)15;
}

/* Calls the handler. A signal whose handler was taken away after the kernel had chosen it is lost, as on Linux. */
void __linux_signal_deliver(int signo, siginfo_t *info, void *context) {
  if (handlers[signo].handler.plain == NULL) return;
  if (handlers[signo].flags & SA_SIGINFO) handlers[signo].handler.info(signo, info, context);
  else handlers[signo].handler.plain(signo);
}

/* Keeps the entry in the link: sigaction is what a program refers to. */
extern void __linux_signal(int signo, siginfo_t *info, void *context);
__attribute__((used)) static void (*const entry)(int, siginfo_t *, void *) = __linux_signal;

int sigaction(int signo, const struct sigaction *restrict act, struct sigaction *restrict old) {
  if (signo < 1 || signo >= _NSIG) {
    errno = EINVAL;
    return -1;
  }
  struct kernel_sigaction next, last;
  const __typeof__(handlers[0]) before = handlers[signo];
  if (act != NULL) {
    next.handler = (uintptr_t)act->sa_handler;
    next.flags = (unsigned long)act->sa_flags;
    next.restorer = 0;
    memcpy(next.mask, &act->sa_mask, sizeof next.mask);
    /* First here, then there: the signal may come as soon as the kernel knows. */
    if (act->sa_handler != SIG_DFL && act->sa_handler != SIG_IGN) {
      handlers[signo].handler.plain = act->sa_handler;
      handlers[signo].flags = act->sa_flags;
    }
  }
  const int raw =
      __linux_rt_sigaction(signo, act == NULL ? NULL : &next, old == NULL ? NULL : &last, LINUX_SIGSET_SIZE);
  if (raw < 0) {
    handlers[signo] = before;
    return __linux_result(raw);
  }
  if (old != NULL) {
    memset(old, 0, sizeof *old);
    old->sa_handler = (void (*)(int))last.handler;
    old->sa_flags = (int)last.flags;
    memcpy(&old->sa_mask, last.mask, sizeof last.mask);
  }
  return 0;
}

/* signal(2): glibc's, "BSD semantics": the handler stays, interrupted calls are restarted. */
void (*signal(int signo, void (*handler)(int)))(int) {
  struct sigaction act = {.sa_flags = SA_RESTART}, old;
  act.sa_handler = handler;
  return sigaction(signo, &act, &old) < 0 ? SIG_ERR : old.sa_handler;
}

int siginterrupt(int signo, int interrupt) {
  struct sigaction act;
  if (sigaction(signo, NULL, &act) < 0) return -1;
  if (interrupt) act.sa_flags &= ~SA_RESTART;
  else act.sa_flags |= SA_RESTART;
  return sigaction(signo, &act, NULL);
}

extern void __linux_altstack_set(uintptr_t base, uintptr_t size);

int sigaltstack(const stack_t *restrict stack, stack_t *restrict old) {
  const int raw = __linux_sigaltstack(stack, old);
  if (raw == 0 && stack != NULL) {
    const int disabled = stack->ss_flags & SS_DISABLE;
    __linux_altstack_set(disabled ? 0 : (uintptr_t)stack->ss_sp, disabled ? 0 : stack->ss_size);
  }
  return __linux_result(raw);
}
