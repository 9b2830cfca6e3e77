/* stepper: the cost of a step. Its child computes; it is stepped argv[1] times by PTRACE_SINGLESTEP and waited for each
 * time, and nothing else is done. Prints nanoseconds a step. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e9 + time.tv_nsec;
}

int main(int argc, char *argv[]) {
  if (argc != 2) return 2;
  const long count = atol(argv[1]);
  const pid_t child = fork();
  if (child < 0) return 1;
  if (child == 0) {
    if (ptrace(PTRACE_TRACEME, 0, 0, 0) != 0) _exit(1);
    raise(SIGSTOP);
    for (volatile unsigned i = 0;; i = i + 1) continue;
  }
  int status;
  if (waitpid(child, &status, 0) != child || !WIFSTOPPED(status)) return 1;
  const double begin = now();
  for (long i = 0; i < count; i++) {
    if (ptrace(PTRACE_SINGLESTEP, child, 0, 0) != 0) return 1;
    if (waitpid(child, &status, 0) != child || !WIFSTOPPED(status) || WSTOPSIG(status) != SIGTRAP) return 1;
  }
  printf("%.1f\n", (now() - begin) / count);
  kill(child, SIGKILL);
  waitpid(child, &status, 0);
  return 0;
}
