/* lotto: draws six different numbers of 49, COUNT times, and says when each draw was made.
 *
 * In the trace: for each draw a clock_time_get, six random_get of one byte or a few more, and one fd_write. A byte
 * that would be unfair (245 and above) and a number that is out already cost another random_get: the lottery
 * turns its drum until six balls are different.
 *
 * To try: answer every random_get with the same byte. The second ball never comes.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

constexpr unsigned highest = 49;
constexpr unsigned balls = 6;
constexpr unsigned fair = 256 / highest * highest; // bytes below this are spread evenly over the numbers

static int complain(const char *what) {
  fprintf(stderr, "lotto: %s: %s\n", what, strerror(errno));
  return EXIT_FAILURE;
}

static bool is_out(const unsigned out[], unsigned count, unsigned number) {
  for (unsigned i = 0; i < count; i++) {
    if (out[i] == number) return true;
  }
  return false;
}

/* Returns a number that is not among the first `count` of `out`, or 0 if there is no randomness to be had. */
static unsigned draw_ball(const unsigned out[], unsigned count) {
  for (;;) {
    unsigned char byte;
    if (getentropy(&byte, sizeof byte) != 0) return 0;
    const unsigned number = byte % highest + 1;
    if (byte < fair && !is_out(out, count, number)) return number;
  }
}

static bool print_draw(long number, const struct tm *when, const unsigned out[static balls]) {
  char line[80];
  int length = snprintf(line, sizeof line, "draw %ld at %02d:%02d:", number, when->tm_hour, when->tm_min);
  for (unsigned i = 0; i < balls; i++) {
    length += snprintf(line + length, sizeof line - (size_t)length, " %u", out[i]);
  }
  line[length++] = '\n';
  return write(STDOUT_FILENO, line, (size_t)length) == length;
}

int main(int argc, char *argv[]) {
  char *end = "";
  const long count = argc > 1 ? strtol(argv[1], &end, 10) : 1;
  if (argc > 2 || *end != '\0' || count < 1 || count > 1'000'000) {
    fputs("usage: lotto [COUNT]\n", stderr);
    return 2;
  }
  for (long i = 1; i <= count; i++) {
    struct timespec now;
    struct tm utc;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0 || gmtime_r(&now.tv_sec, &utc) == nullptr) return complain("clock");
    unsigned out[balls];
    for (unsigned k = 0; k < balls; k++) {
      out[k] = draw_ball(out, k);
      if (out[k] == 0) return complain("getentropy");
    }
    if (!print_draw(i, &utc, out)) return complain("standard output");
  }
  return EXIT_SUCCESS;
}
