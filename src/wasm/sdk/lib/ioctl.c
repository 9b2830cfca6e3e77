/* ioctl(2) under --wrap: the terminal's requests (asm-generic/ioctls.h, 'T' << 8) are the `linux` table's. */
#include <linux/raw.h>
#include <stdarg.h>

int __real_ioctl(int fd, int request, ...);

int __wrap_ioctl(int fd, int request, ...) {
  va_list list;
  va_start(list, request);
  void *arg = va_arg(list, void *);
  va_end(list);
  if (request >> 8 == 'T') return __linux_result(__linux_ioctl(fd, (unsigned long)request, arg));
  return __real_ioctl(fd, request, arg);
}
