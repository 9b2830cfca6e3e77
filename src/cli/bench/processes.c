/* processes: argv[2] times what argv[1] names. The same source is compiled by gcc for Linux and by the SDK for the
 * kernel here, and prints the nanoseconds each took by its own clock, which tells the truth on Linux only.
 *
 *   fork      fork(2); the child exits at once, and is waited for
 *   exec      the same, but the child executes argv[3]
 *   signal    kill(2) to itself, and its handler
 *   calls     clock_gettime(2); then argv[3] times `fork`
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e9 + time.tv_nsec;
}

static void forks(long count, char *path) {
  for (long i = 0; i < count; i++) {
    const pid_t child = fork();
    if (child < 0) exit(1);
    if (child == 0) {
      char *const none[] = {path, NULL};
      if (path != NULL) execv(path, none);
      _exit(path != NULL);
    }
    int status;
    if (waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) exit(1);
  }
}

static volatile long handled;
static void handle(int signo) {
  (void)signo;
  handled = handled + 1;
}

static void signals(long count) {
  struct sigaction action = {.sa_handler = handle};
  if (sigaction(SIGUSR1, &action, NULL) != 0) exit(1);
  const pid_t self = getpid();
  for (long i = 0; i < count; i++)
    if (kill(self, SIGUSR1) != 0) exit(1);
  if (handled != count) exit(1);
}

static void calls(long count) {
  struct timespec time;
  for (long i = 0; i < count; i++)
    if (clock_gettime(CLOCK_MONOTONIC, &time) != 0) exit(1);
}

int main(int argc, char *argv[]) {
  if (argc < 3) return 2;
  const char *what = argv[1];
  const long count = atol(argv[2]);
  const double begin = now();
  if (strcmp(what, "fork") == 0) forks(count, NULL);
  else if (strcmp(what, "exec") == 0 && argc == 4) forks(count, argv[3]);
  else if (strcmp(what, "signal") == 0) signals(count);
  else if (strcmp(what, "calls") == 0 && argc == 4) {
    calls(count);
    forks(atol(argv[3]), NULL);
  } else return 2;
  printf("%.1f\n", (now() - begin) / (count > 0 ? count : 1));
  return 0;
}
