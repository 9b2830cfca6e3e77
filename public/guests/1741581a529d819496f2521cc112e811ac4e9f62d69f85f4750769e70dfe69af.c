/* race: two processes add to one number in a file, and each reads and writes it in two calls. An update may get lost.
 *
 * In the trace: parent and child both do open, pread, pwrite, over and over. As long as one of them has its turn from
 * its first read to its last write, nothing is lost. Where the turn changes between a pread and its pwrite, the other's
 * additions are overwritten. The schedule decides, so one run proves nothing: try others (--schedule 1, 2, 3, …).
 *
 * To try: stop at a pread of the parent and let the child run on; or find the first schedule that loses an update.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const path = "/home/counter";
constexpr int rounds = 4;

static int failed(const char *what) {
  fprintf(stderr, "race: %s: %s\n", what, strerror(errno));
  return EXIT_FAILURE;
}

/* The mistake: between these two calls the number may become another. */
static int add_one(int fd) {
  char text[16] = {};
  if (pread(fd, text, sizeof text - 1, 0) < 0) return failed("pread");
  int length = snprintf(text, sizeof text, "%d\n", atoi(text) + 1);
  if (pwrite(fd, text, (size_t)length, 0) != length) return failed("pwrite");
  return EXIT_SUCCESS;
}

static int add(void) {
  int fd = open(path, O_RDWR);
  if (fd < 0) return failed(path);
  for (int i = 0; i < rounds; i++) {
    int status = add_one(fd);
    if (status != EXIT_SUCCESS) return status;
  }
  return close(fd) == 0 ? EXIT_SUCCESS : failed("close");
}

static int told(void) {
  char text[16] = {};
  int fd = open(path, O_RDONLY);
  if (fd < 0 || pread(fd, text, sizeof text - 1, 0) < 0) return failed(path);
  int found = atoi(text), wanted = 2 * rounds;
  if (found == wanted) printf("race: %d additions, and the counter says %d\n", wanted, found);
  else printf("race: %d additions, but the counter says %d: %d got lost\n", wanted, found, wanted - found);
  return found == wanted ? EXIT_SUCCESS : 3;
}

int main(void) {
  pid_t child = fork();
  if (child < 0) return failed("fork");
  int status = add();
  if (child == 0) _exit(status);
  int ended;
  if (waitpid(child, &ended, 0) < 0) return failed("waitpid");
  if (status != EXIT_SUCCESS || ended != 0) return EXIT_FAILURE;
  return told();
}
