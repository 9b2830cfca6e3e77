/* Handlers: one with siginfo, one reset by its first signal, one on an alternate stack; and a blocked signal. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static volatile sig_atomic_t seen, value, elsewhere;
static stack_t other;

static void told(int signo, siginfo_t *info, void *context) {
  (void)context;
  seen = signo;
  value = info->si_value.sival_int;
}

static void counted(int signo) {
  volatile char here = 0;
  size_t depth = (size_t)(&here - (volatile char *)other.ss_sp);
  seen = signo + here;
  elsewhere = other.ss_sp != NULL && depth < other.ss_size;
}

int main(void) {
  struct sigaction act = {.sa_flags = SA_SIGINFO | SA_RESTART};
  act.sa_sigaction = told;
  sigemptyset(&act.sa_mask);
  if (sigaction(SIGRTMIN, &act, NULL) == -1) {
    perror("sigaction");
    return EXIT_FAILURE;
  }
  union sigval sent = {.sival_int = 42};
  sigqueue(getpid(), SIGRTMIN, sent);
  printf("signal SIGRTMIN+%d with %d\n", (int)seen - SIGRTMIN, (int)value);

  struct sigaction once = {.sa_flags = (int)SA_RESETHAND}, now;
  once.sa_handler = counted;
  sigaction(SIGUSR1, &once, NULL);
  raise(SIGUSR1);
  sigaction(SIGUSR1, NULL, &now);
  printf("signal %d, and then the default: %s\n", (int)seen, now.sa_handler == SIG_DFL ? "yes" : "no");

  other.ss_sp = malloc(SIGSTKSZ);
  other.ss_size = SIGSTKSZ;
  struct sigaction aside = {.sa_flags = SA_ONSTACK};
  aside.sa_handler = counted;
  sigaltstack(&other, NULL);
  sigaction(SIGUSR2, &aside, NULL);

  sigset_t blocked, before;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGUSR2);
  sigprocmask(SIG_BLOCK, &blocked, &before);
  kill(getpid(), SIGUSR2);
  printf("blocked: %d\n", (int)seen);
  sigsuspend(&before);
  printf("unblocked: %d, on the other stack: %s\n", (int)seen, elsewhere ? "yes" : "no");
  raise(SIGRTMIN);
  printf("signal %d, with %d\n", (int)seen, (int)value);
  return EXIT_SUCCESS;
}
