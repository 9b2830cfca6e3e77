/* Three children end in three ways; wait(2) tells them apart. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t start(int kind) {
  fflush(stdout);
  pid_t pid = fork();
  if (pid == -1) {
    perror("fork");
    exit(EXIT_FAILURE);
  }
  if (pid > 0) return pid;
  if (kind == 1) raise(SIGTERM);
  if (kind == 2) abort();
  _exit(7);
}

int main(void) {
  for (int kind = 0; kind < 3; kind++) {
    int status;
    pid_t pid = start(kind);
    if (waitpid(pid, &status, 0) != pid) {
      perror("waitpid");
      return EXIT_FAILURE;
    }
    if (WIFEXITED(status)) printf("exited, status=%d\n", WEXITSTATUS(status));
    if (WIFSIGNALED(status)) printf("killed by signal %d (%s)\n", WTERMSIG(status), strsignal(WTERMSIG(status)));
  }
  return EXIT_SUCCESS;
}
