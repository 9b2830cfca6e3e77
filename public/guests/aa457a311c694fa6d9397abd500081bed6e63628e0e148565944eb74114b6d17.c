/* cp: copies one file to another name or into a directory; with -p it keeps the times.
 *
 * In the trace: fd_filestat_get and path_filestat_get make sure that source and target are not one
 * file, because path_open with TRUNC would empty it before a byte was read. Then fd_read and fd_write
 * in turn, 4096 bytes at a time, and for -p one fd_filestat_set_times at the end.
 *
 * To try: let the second fd_write fail with nospc. The copy that is left behind is not whole, and only
 * cp's message and exit status say so.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool complain(const char *name) {
  fprintf(stderr, "cp: %s: %s\n", name, strerror(errno));
  return false;
}

static const char *last_part(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash == nullptr ? path : slash + 1;
}

/* "write() returns the number of bytes written, [which] may be less than count" (write(2)). */
static bool write_all(int fd, const char *bytes, size_t count) {
  while (count > 0) {
    const ssize_t written = write(fd, bytes, count);
    if (written < 0) return false;
    bytes += written;
    count -= (size_t)written;
  }
  return true;
}

static bool copy(int from, const char *source, int to, const char *target) {
  static char buffer[4096];
  for (;;) {
    const ssize_t count = read(from, buffer, sizeof buffer);
    if (count < 0) return complain(source);
    if (count == 0) return true;
    if (!write_all(to, buffer, (size_t)count)) return complain(target);
  }
}

/* Says where the copy goes: `target` itself, or below it if it is a directory. */
static bool resolve(const struct stat *about, const char *source, const char *target,
                    char path[static PATH_MAX]) {
  struct stat there;
  const char *below = "";
  if (stat(target, &there) == 0 && S_ISDIR(there.st_mode)) below = last_part(source);

  if (snprintf(path, PATH_MAX, *below ? "%s/%s" : "%s", target, below) >= PATH_MAX) {
    errno = ENAMETOOLONG;
    return complain(target);
  }
  if (stat(path, &there) != 0) return errno == ENOENT || complain(path);
  if (there.st_dev == about->st_dev && there.st_ino == about->st_ino) {
    fprintf(stderr, "cp: %s and %s are the same file\n", source, path);
    return false;
  }
  return true;
}

static bool cp(int from, const char *source, const char *target, bool keep_times) {
  struct stat about;
  if (fstat(from, &about) != 0) return complain(source);
  if (S_ISDIR(about.st_mode)) {
    errno = EISDIR;
    return complain(source);
  }
  char path[PATH_MAX];
  if (!resolve(&about, source, target, path)) return false;

  const int to = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  if (to < 0) return complain(path);
  bool good = copy(from, source, to, path);
  const struct timespec times[2] = {about.st_atim, about.st_mtim};
  if (good && keep_times && futimens(to, times) != 0) good = complain(path);
  if (close(to) != 0) good = complain(path); // a write that was put off may fail only here
  return good;
}

int main(int argc, char *argv[]) {
  const bool keep_times = argc > 1 && strcmp(argv[1], "-p") == 0;
  if (argc != (keep_times ? 4 : 3)) {
    fputs("usage: cp [-p] SOURCE TARGET\n", stderr);
    return 2;
  }
  const char *source = argv[argc - 2];
  const int from = open(source, O_RDONLY);
  if (from < 0) {
    complain(source);
    return EXIT_FAILURE;
  }
  const bool good = cp(from, source, argv[argc - 1], keep_times);
  close(from); // nothing was written through it: nothing to lose
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
