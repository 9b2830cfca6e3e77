/* sort: prints the lines of a file, or of standard input, in the order of their bytes.
 *
 * In the trace: fd_read until nothing comes, and then fd_write with up to 16 buffers at once: writev(2) "writes iovcnt
 * buffers of data" in one call. The lines stay where they were read and only pointers to them are sorted, so the
 * buffers of one call lie all over the memory.
 *
 * To try: let an fd_write report fewer bytes than it was given. sort goes on where that was, within a line if need be.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

constexpr size_t most_bytes = 65'536;
constexpr size_t most_lines = 4'096;
constexpr size_t at_once = 16;

static char text[most_bytes + 1]; // one more for a newline that the last line may lack
static struct iovec lines[most_lines];

static bool complain(const char *name) {
  fprintf(stderr, "sort: %s: %s\n", name, strerror(errno));
  return false;
}

/* Returns how many bytes there are, or -1. */
static ssize_t read_all(int fd) {
  size_t size = 0;
  for (;;) {
    const ssize_t count = read(fd, text + size, most_bytes - size);
    if (count < 0) return -1;
    if (count == 0) break;
    size += (size_t)count;
    if (size == most_bytes) {
      errno = EFBIG;
      return -1;
    }
  }
  if (size > 0 && text[size - 1] != '\n') text[size++] = '\n';
  return (ssize_t)size;
}

/* Finds the lines, each with its newline. Returns how many, or -1 if there are too many. */
static ssize_t split(size_t size) {
  size_t count = 0;
  for (char *at = text; at < text + size; count++) {
    if (count == most_lines) {
      errno = EFBIG;
      return -1;
    }
    const char *end = memchr(at, '\n', (size_t)(text + size - at));
    lines[count] = (struct iovec){.iov_base = at, .iov_len = (size_t)(end - at) + 1};
    at += lines[count].iov_len;
  }
  return (ssize_t)count;
}

/* A newline is less than any letter: what is shorter comes first. */
static int compare(const void *one, const void *other) {
  const struct iovec *a = one, *b = other;
  const size_t shorter = a->iov_len < b->iov_len ? a->iov_len : b->iov_len;
  const int order = memcmp(a->iov_base, b->iov_base, shorter);
  return order != 0 ? order : (a->iov_len > b->iov_len) - (a->iov_len < b->iov_len);
}

/* "It is not an error if [writev] transfers fewer bytes than requested" (readv(2)). */
static bool write_lines(size_t count) {
  for (size_t next = 0; next < count;) {
    const size_t some = count - next < at_once ? count - next : at_once;
    const ssize_t written = writev(STDOUT_FILENO, lines + next, (int)some);
    if (written < 0) return complain("standard output");
    size_t left = (size_t)written;
    while (next < count && left >= lines[next].iov_len) left -= lines[next++].iov_len;
    if (next == count) break;
    lines[next].iov_base = (char *)lines[next].iov_base + left;
    lines[next].iov_len -= left;
  }
  return true;
}

int main(int argc, char *argv[]) {
  if (argc > 2) {
    fputs("usage: sort [FILE]\n", stderr);
    return 2;
  }
  const char *name = argc > 1 ? argv[1] : "standard input";
  const int fd = argc > 1 ? open(name, O_RDONLY) : STDIN_FILENO;
  const ssize_t size = fd < 0 ? -1 : read_all(fd);
  const ssize_t count = size < 0 ? -1 : split((size_t)size);
  if (count < 0) {
    complain(name);
    return EXIT_FAILURE;
  }
  qsort(lines, (size_t)count, sizeof *lines, compare);
  return write_lines((size_t)count) ? EXIT_SUCCESS : EXIT_FAILURE;
}
