/* vfork(2) and exec(3): the program named by the arguments runs in a child, and how it ended is told. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
  if (argc < 2) {
    fprintf(stderr, "Usage: %s program [argument...]\n", argv[0]);
    return EXIT_FAILURE;
  }
  pid_t pid = vfork();
  if (pid == -1) {
    perror("vfork");
    return EXIT_FAILURE;
  }
  if (pid == 0) {
    execvp(argv[1], argv + 1);
    _exit(errno == ENOENT ? 127 : 126);
  }
  int status;
  while (waitpid(pid, &status, 0) == -1)
    if (errno != EINTR) return EXIT_FAILURE;
  if (WIFEXITED(status)) printf("%s: exit status %d\n", argv[1], WEXITSTATUS(status));
  else printf("%s: %s\n", argv[1], strsignal(WTERMSIG(status)));
  return EXIT_SUCCESS;
}
