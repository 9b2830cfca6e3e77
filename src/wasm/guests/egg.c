/* egg: a kitchen timer. Waits so many MINUTES (3 if not told), a minute at a time, and checks its clocks.
 *
 * In the trace: a poll_oneoff with a single subscription for each minute, which is what sleeping is made of. After
 * each one clock_time_get asks the stopwatch (monotonic), and at the start and the end the clock on the wall
 * (realtime) as well. If it was woken too early, or if the two clocks do not agree, egg says so and exits with 1.
 *
 * To try: skip one poll_oneoff. The minute was too short, and egg notices.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

constexpr long long second = 1'000'000'000; // ns
constexpr struct timespec minute = {.tv_sec = 60};

static int complain(const char *what) {
  fprintf(stderr, "egg: %s: %s\n", what, strerror(errno));
  return EXIT_FAILURE;
}

static bool look(clockid_t clock, long long *now) {
  struct timespec time;
  if (clock_gettime(clock, &time) != 0) return false;
  *now = time.tv_sec * second + time.tv_nsec;
  return true;
}

int main(int argc, char *argv[]) {
  const long minutes = argc > 1 ? strtol(argv[1], nullptr, 10) : 3;
  if (argc > 2 || minutes < 1) {
    fputs("usage: egg [MINUTES]\n", stderr);
    return 2;
  }
  long long wall, steady, now, then;
  if (!look(CLOCK_REALTIME, &wall) || !look(CLOCK_MONOTONIC, &steady)) return complain("clock");

  for (long i = 1; i <= minutes; i++) {
    if (nanosleep(&minute, nullptr) != 0) return complain("nanosleep");
    if (!look(CLOCK_MONOTONIC, &now)) return complain("clock");
    if (now - steady < i * 60 * second) {
      fprintf(stderr, "egg: woken too early, after %lld ms\n", (now - steady) / 1'000'000);
      return EXIT_FAILURE;
    }
    printf("%ld min\n", i);
    if (fflush(stdout) != 0) return complain("standard output");
  }

  if (!look(CLOCK_REALTIME, &then)) return complain("clock");
  const long long by_wall = (then - wall + second / 2) / second;
  const long long by_watch = (now - steady + second / 2) / second;
  if (by_wall != by_watch) {
    fprintf(stderr, "egg: %lld s by the wall, %lld s by the stopwatch\n", by_wall, by_watch);
    return EXIT_FAILURE;
  }
  printf("the egg is ready, after %lld s by both clocks\n", by_wall);
  return fflush(stdout) == 0 ? EXIT_SUCCESS : complain("standard output");
}
