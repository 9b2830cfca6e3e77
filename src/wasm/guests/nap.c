/* nap: sleeps, then waits for a line or for its patience to end, whichever is first.
 *
 * In the trace: two poll_oneoff. The first has one subscription, a clock: nothing but time can end it.
 * The second has two, a clock and fd_read on standard input, and returns as soon as either is due; the
 * event it returns says which. An fd_read follows only if there is something to read.
 *
 * To try: type something while the first one sleeps, and see that the second does not wait at all.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

constexpr int patience = 2'000; // ms
constexpr struct timespec half_a_second = {.tv_nsec = 500'000'000};

/* Only a terminal gets each line at once: into a file or a pipe stdio sends what it has when its buffer is
 * full. The sentence has to be out before the wait. */
static bool say(const char *sentence) {
  return fputs(sentence, stdout) != EOF && fflush(stdout) == 0;
}

static bool hear(void) {
  char line[256];
  const ssize_t length = read(STDIN_FILENO, line, sizeof line);
  if (length < 0) return false;
  if (length == 0) return say("nap: standard input has ended\n");
  const int shown = (int)(line[length - 1] == '\n' ? length - 1 : length);
  return printf("nap: heard \"%.*s\"\n", shown, line) >= 0 && fflush(stdout) == 0;
}

static bool nap(void) {
  if (!say("nap: asleep for half a second\n")) return false;
  if (nanosleep(&half_a_second, nullptr) != 0) return false;

  if (!say("nap: awake; say something within two seconds\n")) return false;
  struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
  const int due = poll(&input, 1, patience);
  if (due < 0) return false;
  return due == 0 ? say("nap: nobody spoke\n") : hear();
}

int main(void) {
  if (nap()) return EXIT_SUCCESS;
  fprintf(stderr, "nap: %s\n", strerror(errno));
  return EXIT_FAILURE;
}
