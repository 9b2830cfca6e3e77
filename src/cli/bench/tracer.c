/* tracer: the cost of a ptrace-stop. Its child makes argv[1] calls of clock_gettime(2) by number; it is stopped at
 * each entry and exit by PTRACE_SYSCALL and waited for, and nothing else is done. Prints nanoseconds a stop. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
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
    struct timespec time;
    if (ptrace(PTRACE_TRACEME, 0, 0, 0) != 0) _exit(1);
    raise(SIGSTOP);
    for (long i = 0; i < count; i++) syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &time);
    _exit(0);
  }
  int status;
  if (waitpid(child, &status, 0) != child || !WIFSTOPPED(status)) return 1;
  if (ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_TRACESYSGOOD) != 0) return 1;
  const double begin = now();
  long stops = 0;
  for (;;) {
    if (ptrace(PTRACE_SYSCALL, child, 0, 0) != 0) return 1;
    if (waitpid(child, &status, 0) != child) return 1;
    if (!WIFSTOPPED(status)) break;
    stops++;
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || stops < 2 * count) return 1;
  printf("%.1f\n", (now() - begin) / stops);
  return 0;
}
