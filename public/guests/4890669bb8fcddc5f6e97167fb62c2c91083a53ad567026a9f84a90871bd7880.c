/* probe: what can this ptrace do? It makes three calls for a tracer that finds out by trying, which is the only way:
 * the tags of PTRACE_VM are in an argument that every kernel ignores, and nobody can read them back.
 *
 * After Renzo Davoli's mail (LKML, 16 June 2008) with calls of preview1: sched_yield stands for getpid, random_get
 * into eight bytes 0xff for pipe into an array of -1. The tracer reads `flag` (exported; the value is its address):
 *
 *   sched_yield   resumed with SKIPEXIT (2). If the next stop is the entry of random_get, and the flag is 2 already,
 *                 there was no exit stop.
 *   random_get    resumed with SKIPCALL (6). If the bytes are still 0xff the call was not run: the flag becomes 6.
 *
 * Prints the flag and exits with it: 2 when nobody traces.
 */
#include <string.h>
#include <wasi/api.h>

volatile int flag = 0;

int main(void) {
  unsigned char array[8], untouched[8];
  memset(array, 0xff, sizeof array);
  memset(untouched, 0xff, sizeof untouched);

  (void)!__wasi_sched_yield();
  flag = 2;
  (void)!__wasi_random_get(array, sizeof array);
  if (memcmp(array, untouched, sizeof array) == 0) flag = 6;

  const char line[2] = {(char)('0' + flag), '\n'};
  const __wasi_ciovec_t all = {.buf = (const uint8_t *)line, .buf_len = sizeof line};
  __wasi_size_t written;
  (void)!__wasi_fd_write(1, &all, 1, &written);
  __wasi_proc_exit((__wasi_exitcode_t)flag);
}
