/* wasi-libc's sys/time.h, and the timer that setitimer(2) arms. getitimer(2) is not in the table. */
#include_next <sys/time.h>
#ifndef _LINUX_SDK_TIME_H
#define _LINUX_SDK_TIME_H

#ifdef __cplusplus
extern "C" {
#endif

#define ITIMER_REAL 0
#define ITIMER_VIRTUAL 1
#define ITIMER_PROF 2

struct itimerval {
  struct timeval it_interval;
  struct timeval it_value;
};

int setitimer(int, const struct itimerval *__restrict, struct itimerval *__restrict);

#ifdef __cplusplus
}
#endif

#endif
