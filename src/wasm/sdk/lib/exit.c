/* _exit(2) is exit_group; exit(3), which ends in _Exit, and a return from main go through preview1's proc_exit. One
 * file of wasi-libc's defines both names, so both are here.
 */
#include <linux/raw.h>
#include <stdlib.h>
#include <unistd.h>
#include <wasi/api.h>

_Noreturn void _exit(int status) {
  for (;;) __linux_exit_group(status);
}

_Noreturn void _Exit(int status) { __wasi_proc_exit((__wasi_exitcode_t)status); }
