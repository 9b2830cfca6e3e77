/* courier: delivers a letter, /post/letter.txt, and trusts nobody.
 *
 * In the trace: one path_open for the directory, and one for the letter, relative to it, by a name in a buffer of
 * courier's own. When that has come back, courier looks whether the buffer, and what lies behind it, is as it was.
 * Then it reads 16 bytes at a time until there is nothing more, and writes out what it got.
 *
 * To try: write another name over the one in the buffer at the entry of path_open.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char wanted[] = "letter.txt";

static struct {
  char name[16];
  char seal[32];
} order = {.seal = "sealed by the postmaster"};

static int complain(const char *what) {
  fprintf(stderr, "courier: %s: %s\n", what, strerror(errno));
  return EXIT_FAILURE;
}

static bool deliver(int letter, long *total) {
  char bytes[16];
  for (;;) {
    const ssize_t count = read(letter, bytes, sizeof bytes);
    if (count <= 0) return count == 0;
    if (write(STDOUT_FILENO, bytes, (size_t)count) != count) return false;
    *total += count;
  }
}

int main(void) {
  strcpy(order.name, wanted);
  const int post = open("/post", O_RDONLY | O_DIRECTORY);
  if (post < 0) return complain("/post");

  const int letter = openat(post, order.name, O_RDONLY);
  if (strcmp(order.name, wanted) != 0 || strcmp(order.seal, "sealed by the postmaster") != 0) {
    fputs("courier: somebody has changed my order\n", stderr);
    return 3;
  }
  if (letter < 0) return complain(wanted);

  long total = 0;
  if (!deliver(letter, &total)) return complain(wanted);
  fprintf(stderr, "courier: %ld bytes delivered\n", total);
  return close(letter) == 0 && close(post) == 0 ? EXIT_SUCCESS : complain(wanted);
}
