/* alarmed: handlers, a timer, and what becomes of a call that a signal interrupts.
 *
 * In the trace: rt_sigaction, then three waits. pause never returns but for a handler. A read from an empty pipe fails
 * with EINTR when SIGALRM's handler was set without SA_RESTART; with it the same read is made again, and nobody in the
 * program notices that it was interrupted: the second timer's handler writes into the pipe, and the read gets that.
 *
 * To try: suppress the signal at its stop, and see that the program waits for ever.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int ends[2];
static volatile sig_atomic_t rings;

/* write(2) is async-signal-safe: signal-safety(7). printf(3) is not. */
static void ring(int) {
  rings = rings + 1;
  if (rings == 3) {
    const ssize_t written = write(ends[1], "!", 1);
    (void)written;
  }
}

static bool listen_with(int flags) {
  struct sigaction action = {.sa_handler = ring, .sa_flags = flags};
  return sigaction(SIGALRM, &action, nullptr) == 0;
}

static bool hear(const char *what) {
  char byte;
  const ssize_t count = read(ends[0], &byte, 1);
  if (count < 0) printf("alarmed: %s: read: %s\n", what, errno == EINTR ? "interrupted" : strerror(errno));
  else printf("alarmed: %s: read '%c', as if nothing had happened\n", what, byte);
  return fflush(stdout) == 0;
}

int main(void) {
  if (pipe(ends) != 0 || !listen_with(0)) {
    fprintf(stderr, "alarmed: %s\n", strerror(errno));
    return EXIT_FAILURE;
  }
  alarm(1);
  pause();
  printf("alarmed: pause returned, for the %s ring\n", rings == 1 ? "first" : "wrong");
  fflush(stdout);

  alarm(1);
  bool good = hear("without SA_RESTART");
  good = good && listen_with(SA_RESTART);
  alarm(1);
  good = good && hear("with SA_RESTART");
  return good && rings == 3 ? EXIT_SUCCESS : EXIT_FAILURE;
}
