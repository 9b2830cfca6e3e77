/* notes: keeps what it reads on standard input as /home/notes.txt, and says how many bytes it kept.
 *
 * In the trace: it writes a new file beside the old one, in blocks of 64 bytes, and renames it over the
 * old one at the end (path_rename): whoever reads notes.txt sees the old notes or the new ones, never a
 * half of either. That is how editors save.
 *
 * It looks at what every call returns. At almost every one: let the fault explorer fail each of them,
 * and see for which it says "kept" and exits with 0 although the file on the disk is not what it read.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char path[] = "/home/notes.txt";
static const char fresh[] = "/home/notes.txt.new";

struct writer {
  int fd;
  size_t filled;
  long long written;
  char block[64];
};

static bool complain(const char *what) {
  fprintf(stderr, "notes: %s: %s\n", what, strerror(errno));
  return false;
}

static bool flush(struct writer *to) {
  for (size_t done = 0; done < to->filled;) {
    const ssize_t count = write(to->fd, to->block + done, to->filled - done);
    // A signal came before anything was written: the write is made again.
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return complain(fresh);
    done += (size_t)count;
  }
  to->written += (long long)to->filled;
  to->filled = 0;
  return true;
}

static bool put(struct writer *to, char c) {
  to->block[to->filled++] = c;
  return to->filled < sizeof to->block || flush(to);
}

static bool copy(struct writer *to) {
  char bytes[256];
  for (;;) {
    const ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
    if (count < 0) return complain("standard input");
    if (count == 0) return true;
    for (ssize_t i = 0; i < count; i++)
      if (!put(to, bytes[i])) return false;
  }
}

static bool save(struct writer *to) {
  if (!copy(to)) return false;
  flush(to); // What is left in the block.
  if (close(to->fd) != 0) return complain(fresh);
  return rename(fresh, path) == 0 || complain(path);
}

int main() {
  struct writer to = {.fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC, 0644)};
  if (to.fd < 0) {
    complain(fresh);
    return EXIT_FAILURE;
  }
  if (!save(&to)) {
    unlink(fresh);
    return EXIT_FAILURE;
  }
  return puts("kept") != EOF && fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
