#include <linux/raw.h>
#include <sys/random.h>

ssize_t getrandom(void *buf, size_t count, unsigned flags) {
  return __linux_result(__linux_getrandom(buf, count, flags));
}
