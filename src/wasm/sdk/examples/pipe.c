/* The parent writes a word into a pipe, the child reads it from its standard input to the end. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
  const char *word = argc > 1 ? argv[1] : "word";
  int ends[2];
  if (pipe(ends) == -1) {
    perror("pipe");
    return EXIT_FAILURE;
  }
  pid_t pid = fork();
  if (pid == 0) {
    char c;
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    while (read(STDIN_FILENO, &c, 1) > 0) putchar(c);
    putchar('\n');
    return EXIT_SUCCESS;
  }
  close(ends[0]);
  write(ends[1], word, strlen(word));
  close(ends[1]);
  wait(NULL);
  return EXIT_SUCCESS;
}
