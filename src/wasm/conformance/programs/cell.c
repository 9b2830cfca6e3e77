/* Who wrote the cell? Two functions of its own, a call, and whoever traces it. */
#include <linux/raw.h>

static volatile int cell;

__attribute__((noinline)) static void first(void) { cell = 1; }
__attribute__((noinline)) static void second(void) { cell = 2; }

int main(void) {
  first();
  __linux_write(1, (const void *)&cell, 4);
  second();
  __linux_write(1, (const void *)&cell, 4);
  int ends[2];
  __linux_pipe2(ends, 0);
  __linux_write(ends[1], "pipe", 4);
  __linux_read(ends[0], (void *)&cell, 4);
  __linux_write(1, (const void *)&cell, 4);
  return 0;
}
