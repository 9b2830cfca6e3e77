/* sigsetops(3) over the kernel's 64 bits. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>

static int isSignal(int signo) {
  if (signo >= 1 && signo < _NSIG) return 1;
  errno = EINVAL;
  return 0;
}

int sigemptyset(sigset_t *set) {
  set->__bits[0] = set->__bits[1] = 0;
  return 0;
}

int sigfillset(sigset_t *set) {
  set->__bits[0] = set->__bits[1] = ~0ul;
  return 0;
}

int sigaddset(sigset_t *set, int signo) {
  if (!isSignal(signo)) return -1;
  set->__bits[(signo - 1) / 32] |= 1ul << ((signo - 1) % 32);
  return 0;
}

int sigdelset(sigset_t *set, int signo) {
  if (!isSignal(signo)) return -1;
  set->__bits[(signo - 1) / 32] &= ~(1ul << ((signo - 1) % 32));
  return 0;
}

int sigismember(const sigset_t *set, int signo) {
  if (!isSignal(signo)) return -1;
  return (int)(set->__bits[(signo - 1) / 32] >> ((signo - 1) % 32) & 1);
}

int sigisemptyset(const sigset_t *set) { return (set->__bits[0] | set->__bits[1]) == 0; }

int sigorset(sigset_t *to, const sigset_t *a, const sigset_t *b) {
  for (int i = 0; i < 2; i++) to->__bits[i] = a->__bits[i] | b->__bits[i];
  return 0;
}

int sigandset(sigset_t *to, const sigset_t *a, const sigset_t *b) {
  for (int i = 0; i < 2; i++) to->__bits[i] = a->__bits[i] & b->__bits[i];
  return 0;
}
