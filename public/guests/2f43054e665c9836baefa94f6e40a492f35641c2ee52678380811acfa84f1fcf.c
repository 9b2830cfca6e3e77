/* sleep: waits so many seconds, and nothing else.
 *
 * In the trace: one nanosleep. Whatever the number is, it takes no time of yours: the clock is virtual, and jumps when
 * everybody waits. Before a shell on the terminal it takes what it says, so that you can type ^C or ^Z.
 *
 * To try: send it a SIGSTOP and, later, SIGCONT: restart_syscall goes on with the time that is left.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

constexpr long nanoseconds = 1'000'000'000;

int main(int argc, char *argv[]) {
  char *end = nullptr;
  const double seconds = argc == 2 ? strtod(argv[1], &end) : -1;
  if (argc != 2 || end == argv[1] || *end != '\0' || !(seconds >= 0 && seconds <= 1e9)) {
    fputs("usage: sleep SECONDS\n", stderr);
    return EXIT_FAILURE;
  }
  const time_t whole = (time_t)seconds;
  const struct timespec time = {.tv_sec = whole, .tv_nsec = (long)((seconds - (double)whole) * nanoseconds)};
  if (nanosleep(&time, nullptr) == 0) return EXIT_SUCCESS;
  fprintf(stderr, "sleep: %s\n", strerror(errno));
  return EXIT_FAILURE;
}
