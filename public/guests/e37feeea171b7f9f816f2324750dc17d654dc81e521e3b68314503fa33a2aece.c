/* patch: overwrites a few bytes in the middle of a file, then prints the file.
 *
 * In the trace: one path_open for reading and writing, an fd_seek to the place, one fd_write of as many
 * bytes as the new word has, an fd_seek back to 0, and reads to the end. The file's size does not change:
 * "The file offset is repositioned" by lseek(2), and write(2) puts its bytes over those that are there.
 *
 * To try: run it on the host wasmer, where the same five bytes push the rest of the file aside.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int complain(const char *what) {
  fprintf(stderr, "patch: %s: %s\n", what, strerror(errno));
  return EXIT_FAILURE;
}

static bool print_all(int fd) {
  char buffer[256];
  for (;;) {
    const ssize_t count = read(fd, buffer, sizeof buffer);
    if (count <= 0) return count == 0;
    if (fwrite(buffer, 1, (size_t)count, stdout) != (size_t)count) return false;
  }
}

int main(int argc, char *argv[]) {
  if (argc != 4) {
    fputs("usage: patch FILE OFFSET TEXT\n", stderr);
    return EXIT_FAILURE;
  }
  const char *name = argv[1];
  char *end = NULL;
  errno = 0;
  const long offset = strtol(argv[2], &end, 10);
  if (errno != 0 || *end != '\0' || end == argv[2] || offset < 0) {
    fprintf(stderr, "patch: %s is no offset\n", argv[2]);
    return EXIT_FAILURE;
  }
  const size_t length = strlen(argv[3]);

  const int fd = open(name, O_RDWR);
  if (fd < 0) return complain(name);
  if (lseek(fd, offset, SEEK_SET) < 0) return complain("lseek");
  if (write(fd, argv[3], length) != (ssize_t)length) return complain("write");
  if (lseek(fd, 0, SEEK_SET) < 0) return complain("lseek");
  if (!print_all(fd)) return complain(name);

  struct stat status;
  if (fstat(fd, &status) < 0) return complain("fstat");
  printf("%lld bytes\n", (long long)status.st_size);
  return close(fd) == 0 ? EXIT_SUCCESS : complain(name);
}
