/* duty: raises the signals it is told to, and then waits for its relief: a SIGUSR2 that nobody sends.
 *
 * In the trace: rt_sigaction for each signal that has a handler, then a kill of itself for each argument, and what it
 * thinks of it. TSTP has no handler: it stops the process, and only a tracer or a SIGCONT lets it go on. In the end
 * comes a pause, which does not return for as long as there is no signal.
 *
 * To try: hand it the SIGUSR2 at its pause. Or swallow a signal, and read how it wonders.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
  const char *name;
  int signo;
  bool handled;
} orders[] = {
    {"HUP", SIGHUP, true}, {"USR1", SIGUSR1, true}, {"USR2", SIGUSR2, true}, {"TERM", SIGTERM, true}, {"TSTP", SIGTSTP, false},
};
constexpr size_t count = sizeof orders / sizeof orders[0];

static volatile sig_atomic_t latest;

static void note(int signo) { latest = signo; }

static const char *name_of(int signo) {
  for (size_t i = 0; i < count; i++) if (orders[i].signo == signo) return orders[i].name;
  return "nothing";
}

static bool obey(const char *order) {
  for (size_t i = 0; i < count; i++) {
    if (strcmp(orders[i].name, order) != 0) continue;
    latest = 0;
    if (kill(getpid(), orders[i].signo) != 0) return false;
    printf("duty: raised %s, felt %s\n", order, name_of(latest));
    return fflush(stdout) == 0;
  }
  fprintf(stderr, "duty: what is %s?\n", order);
  return false;
}

int main(int argc, char *argv[]) {
  for (size_t i = 0; i < count; i++) {
    const struct sigaction action = {.sa_handler = note};
    if (orders[i].handled && sigaction(orders[i].signo, &action, nullptr) != 0) return EXIT_FAILURE;
  }
  for (int i = 1; i < argc; i++) if (!obey(argv[i])) return EXIT_FAILURE;
  puts("duty: waiting for my relief");
  fflush(stdout);
  while (latest != SIGUSR2) pause();
  puts("duty: relieved");
  return EXIT_SUCCESS;
}
