/* cat: copies files, or standard input, to standard output.
 *
 * In the trace: each file is a path_open, then an fd_read and an fd_write for every 4096 bytes. The
 * last fd_read returns 0 bytes: that is all the end of a file is, not an error but nothing more. Then
 * fd_close, and the next path_open is given the same number again: the lowest one free.
 *
 * To try: let fd_write report fewer bytes than it was given, and see cat write the rest.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool complain(const char *name) {
  fprintf(stderr, "cat: %s: %s\n", name, strerror(errno));
  return false;
}

/* "write() returns the number of bytes written, [which] may be less than count" (write(2)). */
static bool write_all(const char *bytes, size_t count) {
  while (count > 0) {
    const ssize_t written = write(STDOUT_FILENO, bytes, count);
    if (written < 0) return false;
    bytes += written;
    count -= (size_t)written;
  }
  return true;
}

static bool copy(int fd, const char *name) {
  static char buffer[4096];
  for (;;) {
    const ssize_t count = read(fd, buffer, sizeof buffer);
    if (count < 0) return complain(name);
    if (count == 0) return true;
    if (!write_all(buffer, (size_t)count)) return complain("standard output");
  }
}

static bool cat(const char *name) {
  if (strcmp(name, "-") == 0) return copy(STDIN_FILENO, "standard input");

  const int fd = open(name, O_RDONLY);
  if (fd < 0) return complain(name);
  const bool copied = copy(fd, name);
  const bool closed = close(fd) == 0 || complain(name);
  return copied && closed;
}

int main(int argc, char *argv[]) {
  bool good = true;
  if (argc < 2) good = cat("-");
  for (int i = 1; i < argc; i++) good &= cat(argv[i]);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
