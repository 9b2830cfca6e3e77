#include <errno.h>
#include <linux/raw.h>

int __linux_result(int raw) {
  if (raw >= 0 || raw < -4095) return raw;
  errno = -raw;
  return -1;
}
