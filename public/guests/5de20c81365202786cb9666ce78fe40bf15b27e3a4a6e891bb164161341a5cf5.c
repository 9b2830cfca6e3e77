/* clock: compares the two clocks of the system, COUNT times (3 if not given).
 *
 * In the trace: clock_time_get twice per line, once for id realtime (what a watch shows; someone may
 * set it) and once for id monotonic (what a stopwatch shows; it only runs forward). Between the lines
 * a poll_oneoff with a single subscription: that is what sleeping is made of.
 *
 * To try: forge the realtime clock only. The date leaps; the interval beside it stays right.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

constexpr long nanoseconds_per_second = 1'000'000'000;
constexpr struct timespec quarter_of_a_second = {.tv_nsec = 250'000'000};

static bool complain(const char *what) {
  fprintf(stderr, "clock: %s: %s\n", what, strerror(errno));
  return false;
}

static bool read_clock(clockid_t id, const char *name, struct timespec *now) {
  return clock_gettime(id, now) == 0 || complain(name);
}

static long long nanoseconds_between(struct timespec from, struct timespec to) {
  return (long long)(to.tv_sec - from.tv_sec) * nanoseconds_per_second + (to.tv_nsec - from.tv_nsec);
}

static bool show(struct timespec start) {
  struct timespec real, steady;
  if (!read_clock(CLOCK_REALTIME, "realtime", &real)) return false;
  if (!read_clock(CLOCK_MONOTONIC, "monotonic", &steady)) return false;

  char date[sizeof "2038-01-19T03:14:07"] = "?";
  struct tm utc;
  if (gmtime_r(&real.tv_sec, &utc) != nullptr) strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &utc);
  const long long passed = nanoseconds_between(start, steady);
  printf("%s.%03ldZ  %lld.%03lld ms since the start\n", date, real.tv_nsec / 1'000'000,
         passed / 1'000'000, passed / 1'000 % 1'000);
  return true;
}

static bool rest(void) {
  return nanosleep(&quarter_of_a_second, nullptr) == 0 || complain("nanosleep");
}

int main(int argc, char *argv[]) {
  char *end = "";
  const long count = argc > 1 ? strtol(argv[1], &end, 10) : 3;
  if (argc > 2 || *end != '\0' || count < 1) {
    fputs("usage: clock [COUNT]\n", stderr);
    return 2;
  }
  struct timespec start;
  bool good = read_clock(CLOCK_MONOTONIC, "monotonic", &start);
  for (long i = 0; good && i < count; i++) good = (i == 0 || rest()) && show(start);
  if (fflush(stdout) != 0 || ferror(stdout)) good = complain("standard output");
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
