/* Handlers: one with siginfo, one reset by its first signal, one on an alternate stack; and a blocked signal. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static volatile sig_atomic_t seen, value;

static void told(int signo, siginfo_t *info, void *context) {
  (void)context;
  seen = signo;
  value = info->si_value.sival_int;
}

static void counted(int signo) { seen = signo; }

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

  stack_t other = {.ss_sp = malloc(SIGSTKSZ), .ss_size = SIGSTKSZ};
  struct sigaction elsewhere = {.sa_flags = SA_ONSTACK};
  elsewhere.sa_handler = counted;
  sigaltstack(&other, NULL);
  sigaction(SIGUSR2, &elsewhere, NULL);

  sigset_t blocked, before;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGUSR2);
  sigprocmask(SIG_BLOCK, &blocked, &before);
  kill(getpid(), SIGUSR2);
  printf("blocked: %d\n", (int)seen);
  sigsuspend(&before);
  printf("unblocked: %d\n", (int)seen);
  return EXIT_SUCCESS;
}
