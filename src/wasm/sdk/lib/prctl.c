#include <linux/raw.h>
#include <stdarg.h>
#include <sys/prctl.h>

int prctl(int option, ...) {
  va_list list;
  unsigned long args[4];
  va_start(list, option);
  for (int i = 0; i < 4; i++) args[i] = va_arg(list, unsigned long);
  va_end(list);
  return __linux_result(__linux_prctl(option, args[0], args[1], args[2], args[3]));
}
