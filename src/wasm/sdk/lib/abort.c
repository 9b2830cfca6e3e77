/* abort(3): SIGABRT, although it be blocked; after a handler that returns the default action. Not through
 * sigaction(), which would make every program that can abort one that has handlers.
 */
#define _GNU_SOURCE
#include <linux/raw.h>
#include <stdlib.h>

_Noreturn void abort(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGABRT);
  __linux_rt_sigprocmask(SIG_UNBLOCK, &set, NULL, LINUX_SIGSET_SIZE);
  raise(SIGABRT);
  const struct kernel_sigaction standard = {0};
  __linux_rt_sigaction(SIGABRT, &standard, NULL, LINUX_SIGSET_SIZE);
  raise(SIGABRT);
  __builtin_trap();
}
