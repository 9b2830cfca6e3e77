/* err(3): wasi-libc has the header, and nothing behind it. */
#include <err.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wasi/api.h>

/* argv[0] without its folders: wasi-libc never sets program_invocation_short_name. */
static void tellProgram(void) {
  size_t count, bytes;
  if (__wasi_args_sizes_get(&count, &bytes) != 0 || count == 0) return;
  uint8_t **argv = calloc(count, sizeof *argv), *text = malloc(bytes);
  if (argv != NULL && text != NULL && __wasi_args_get(argv, text) == 0) {
    const char *path = (const char *)argv[0], *slash = strrchr(path, '/');
    fprintf(stderr, "%s: ", slash == NULL ? path : slash + 1);
  }
  free(argv);
  free(text);
}

static void tell(const char *format, va_list list, const char *reason) {
  const int error = errno;
  tellProgram();
  if (format != NULL) vfprintf(stderr, format, list);
  if (reason != NULL) fprintf(stderr, "%s%s", format == NULL ? "" : ": ", reason);
  putc('\n', stderr);
  errno = error;
}

void vwarn(const char *format, va_list list) { tell(format, list, strerror(errno)); }
void vwarnx(const char *format, va_list list) { tell(format, list, NULL); }

_Noreturn void verr(int status, const char *format, va_list list) {
  vwarn(format, list);
  exit(status);
}

_Noreturn void verrx(int status, const char *format, va_list list) {
  vwarnx(format, list);
  exit(status);
}

void warn(const char *format, ...) {
  va_list list;
  va_start(list, format);
  vwarn(format, list);
  va_end(list);
}

void warnx(const char *format, ...) {
  va_list list;
  va_start(list, format);
  vwarnx(format, list);
  va_end(list);
}

_Noreturn void err(int status, const char *format, ...) {
  va_list list;
  va_start(list, format);
  verr(status, format, list);
}

_Noreturn void errx(int status, const char *format, ...) {
  va_list list;
  va_start(list, format);
  verrx(status, format, list);
}
