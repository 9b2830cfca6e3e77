/* syscall(2): any row of the table by its number. */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/raw.h>
#include <stdarg.h>
#include <unistd.h>

#define ARGUMENTS_0
#define ARGUMENTS_1 a[0]
#define ARGUMENTS_2 ARGUMENTS_1, a[1]
#define ARGUMENTS_3 ARGUMENTS_2, a[2]
#define ARGUMENTS_4 ARGUMENTS_3, a[3]
#define ARGUMENTS_5 ARGUMENTS_4, a[4]
#define ARGUMENTS_6 ARGUMENTS_5, a[5]
#define ARGUMENTS_7 ARGUMENTS_6, a[6]

/* That a word becomes a pointer, or a pointer's word an int, is what syscall(2) is for. */
#pragma clang diagnostic ignored "-Wint-conversion"

long syscall(long number, ...) {
  long a[7];
  va_list list;
  va_start(list, number);
  for (int i = 0; i < 7; i++) a[i] = va_arg(list, long);
  va_end(list);
  switch (number) {
#define LINUX_CALL(number, name, arity, parameters) \
  case number: return __linux_result(__linux_##name(ARGUMENTS_##arity));
#include <linux/calls.h>
#undef LINUX_CALL
  }
  errno = ENOSYS;
  return -1;
}
