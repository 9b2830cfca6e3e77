/* nanosleep(2) and what rests on it, sleep(3) and usleep(3): preview1's poll_oneoff would not tell how much is left,
 * and wasi-libc makes ENOTSUP of its EINTR.
 */
#include <errno.h>
#include <linux/raw.h>
#include <time.h>

#define LINUX_CLOCK_REALTIME 0
#define LINUX_CLOCK_MONOTONIC 1

int nanosleep(const struct timespec *request, struct timespec *remain) {
  return __linux_result(__linux_nanosleep(request, remain));
}

/* "On error, it returns one of the positive error numbers" (clock_nanosleep(2)). */
int clock_nanosleep(clockid_t clock, int flags, const struct timespec *request, struct timespec *remain) {
  if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC) return EINVAL;
  const int number = clock == CLOCK_REALTIME ? LINUX_CLOCK_REALTIME : LINUX_CLOCK_MONOTONIC;
  return -__linux_clock_nanosleep(number, flags, request, remain);
}
