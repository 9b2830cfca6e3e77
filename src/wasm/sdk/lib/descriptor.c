/* dup(2), pipe(2), fcntl(2): the flags have wasi-libc's numbers in C and Linux's in the call. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/raw.h>
#include <stdarg.h>
#include <unistd.h>

#define LINUX_O_ACCMODE 03
#define LINUX_O_WRONLY 01
#define LINUX_O_RDWR 02

static const struct {
  int ours;
  unsigned long linux;
} flags[] = {
    {O_APPEND, 02000}, {O_NONBLOCK, 04000}, {O_DSYNC, 010000}, {O_SYNC, 04010000}, {O_CLOEXEC, 02000000},
};
#define FLAGS (sizeof flags / sizeof flags[0])

static unsigned long toLinux(int ours) {
  unsigned long linux = 0;
  for (size_t i = 0; i < FLAGS; i++)
    if (ours & flags[i].ours) linux |= flags[i].linux;
  return linux;
}

static int fromLinux(unsigned long linux) {
  const unsigned long access = linux & LINUX_O_ACCMODE;
  int ours = access == LINUX_O_WRONLY ? O_WRONLY : access == LINUX_O_RDWR ? O_RDWR : O_RDONLY;
  for (size_t i = 0; i < FLAGS; i++)
    if ((linux & flags[i].linux) == flags[i].linux) ours |= flags[i].ours;
  return ours;
}

int dup(int fd) { return __linux_result(__linux_dup(fd)); }
int dup2(int oldfd, int newfd) { return __linux_result(__linux_dup2(oldfd, newfd)); }
int dup3(int oldfd, int newfd, int options) {
  return __linux_result(__linux_dup3(oldfd, newfd, (int)toLinux(options)));
}

int pipe(int fds[2]) { return __linux_result(__linux_pipe(fds)); }
int pipe2(int fds[2], int options) { return __linux_result(__linux_pipe2(fds, (int)toLinux(options))); }

int fcntl(int fd, int cmd, ...) {
  va_list list;
  va_start(list, cmd);
  const unsigned long arg = va_arg(list, unsigned long);
  va_end(list);
  const int raw = __linux_fcntl(fd, cmd, cmd == F_SETFL ? toLinux((int)arg) : arg);
  return cmd == F_GETFL && raw >= 0 ? fromLinux((unsigned long)raw) : __linux_result(raw);
}
