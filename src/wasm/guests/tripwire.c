/* tripwire: adds the numbers it is given, and stops for a debugger at every negative one.
 *
 * In the trace: a breakpoint here is what it is on a PC, a SIGTRAP. The program sends it to itself (tgkill), and
 * without a debugger its own handler counts it. Between the breakpoints each number is printed: ordinary calls.
 *
 * To try: swallow one SIGTRAP at its stop. The sum stays right, and the count is one too few.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static volatile sig_atomic_t traps;

static void count(int) { traps = traps + 1; }

static int complain(const char *what) {
  fprintf(stderr, "tripwire: %s: %s\n", what, strerror(errno));
  return EXIT_FAILURE;
}

int main(int argc, char *argv[]) {
  struct sigaction action = {.sa_handler = count};
  if (sigaction(SIGTRAP, &action, nullptr) != 0) return complain("sigaction");

  long sum = 0;
  for (int i = 1; i < argc; i++) {
    const long number = strtol(argv[i], nullptr, 10);
    if (number < 0 && raise(SIGTRAP) != 0) return complain("raise");
    sum += number;
    printf("%ld\n", number);
    if (fflush(stdout) != 0) return complain("standard output");
  }
  printf("sum %ld, breakpoints %d\n", sum, (int)traps);
  return fflush(stdout) == 0 ? EXIT_SUCCESS : complain("standard output");
}
