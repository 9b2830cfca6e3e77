/* strerror(3) under --wrap: the errnos that wasi-libc has no words for, as src/engine/abi/errno.ts puts them. */
#include <errno.h>
#include <string.h>

char *__real_strerror(int number);

static const char *const messages[] = {
    "No data available", "Wrong medium type",  "No medium found",
    "Device timeout",    "Remote I/O error",   "Name not unique on network",
    "Too many users",    "Cannot send after socket shutdown",
    "Host is down",      "Block device required",
};

char *__wrap_strerror(int number) {
  if (number < ENODATA || number > ENOTBLK) return __real_strerror(number);
  return (char *)(size_t)messages[number - ENODATA];
}
