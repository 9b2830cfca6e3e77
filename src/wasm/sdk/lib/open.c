/* O_CLOEXEC for wasi-libc's open(2) and openat(2), which are linked under --wrap. Unlike Linux, it is a call of its
 * own after the open: preview1's path_open has no such flag.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/raw.h>
#include <stdarg.h>

int __real_open(const char *path, int flags, ...);
int __real_openat(int dirfd, const char *path, int flags, ...);

static int closedOnExec(int fd, int flags) {
  if (fd >= 0 && (flags & O_CLOEXEC)) __linux_fcntl(fd, F_SETFD, FD_CLOEXEC);
  return fd;
}

int __wrap_open(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  const mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;
  va_end(list);
  return closedOnExec(__real_open(path, flags & ~O_CLOEXEC, mode), flags);
}

int __wrap_openat(int dirfd, const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  const mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;
  va_end(list);
  return closedOnExec(__real_openat(dirfd, path, flags & ~O_CLOEXEC, mode), flags);
}
