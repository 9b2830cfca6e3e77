// A guest for scripts that follow: argv[1] says what it does.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int seen;
static void on_usr1(int signo, siginfo_t *info, void *context) {
  (void)signo, (void)context;
  seen = info->si_value.sival_int;
}

static int sum(int upto) {
  int all = 0;
  for (int i = 1; i <= upto; i++) all += i;
  return all;
}

int main(int argc, char **argv) {
  const char *what = argc > 1 ? argv[1] : "";
  if (!strcmp(what, "fork")) {
    pid_t child = fork();
    if (child == 0) _exit(3);
    int status;
    waitpid(child, &status, 0);
    return WEXITSTATUS(status) + 1;
  }
  if (!strcmp(what, "vfork")) {
    char *again[] = {argv[0], "leaf", 0};
    pid_t child = vfork();
    if (child == 0) {
      execv(argv[2], again);
      _exit(127);
    }
    int status;
    waitpid(child, &status, 0);
    return WEXITSTATUS(status);
  }
  if (!strcmp(what, "exec")) {
    char *again[] = {argv[0], "leaf", 0};
    execv(argv[2], again);
    return 127;
  }
  if (!strcmp(what, "leaf")) return 5;
  if (!strcmp(what, "signal")) {
    struct sigaction action = {.sa_sigaction = on_usr1, .sa_flags = SA_SIGINFO};
    sigaction(SIGUSR1, &action, 0);
    sigqueue(getpid(), SIGUSR1, (union sigval){.sival_int = 1});
    return seen;
  }
  if (!strcmp(what, "trap")) {
    kill(getpid(), SIGTRAP);
    return 0;
  }
  if (!strcmp(what, "stop")) {
    raise(SIGSTOP);
    return 9;
  }
  if (!strcmp(what, "sum")) {
    getpid();
    int all = sum(4);
    getppid();
    return all;
  }
  return 1;
}
