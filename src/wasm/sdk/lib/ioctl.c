/* ioctl(2): all of Linux's requests that there are (asm-generic/ioctls.h); wasi-libc has two, with numbers of its own. */
#include <linux/raw.h>
#include <stdarg.h>
#include <sys/ioctl.h>

int ioctl(int fd, int request, ...) {
  va_list list;
  va_start(list, request);
  void *arg = va_arg(list, void *);
  va_end(list);
  return __linux_result(__linux_ioctl(fd, (unsigned long)request, arg));
}
