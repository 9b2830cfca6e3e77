/* writes: argv[1] writes of 16 bytes each, as the guest manywrites makes them: 15 digits and a newline. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
  if (argc != 2) return 2;
  const unsigned long count = strtoul(argv[1], NULL, 10);
  for (unsigned long i = 0; i < count; i++) {
    char line[32];
    snprintf(line, sizeof line, "%015lu\n", i);
    if (write(STDOUT_FILENO, line, 16) != 16) return 1;
  }
  return 0;
}
