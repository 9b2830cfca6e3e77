/* Sending, blocking and awaiting signals; handlers are in sigaction.c. */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/raw.h>
#include <string.h>
#include <unistd.h>

int kill(pid_t pid, int signo) { return __linux_result(__linux_kill(pid, signo)); }
int tgkill(pid_t tgid, pid_t tid, int signo) { return __linux_result(__linux_tgkill(tgid, tid, signo)); }
int raise(int signo) { return __linux_result(__linux_tgkill(__linux_getpid(), __linux_gettid(), signo)); }

int killpg(pid_t pgrp, int signo) {
  if (pgrp >= 0) return kill(-pgrp, signo);
  errno = EINVAL;
  return -1;
}

int sigqueue(pid_t pid, int signo, union sigval value) {
  siginfo_t info;
  memset(&info, 0, sizeof info);
  info.si_signo = signo;
  info.si_code = SI_QUEUE;
  info.si_pid = __linux_getpid();
  info.si_value = value;
  return __linux_result(__linux_rt_sigqueueinfo(pid, signo, &info));
}

int sigprocmask(int how, const sigset_t *restrict set, sigset_t *restrict old) {
  return __linux_result(__linux_rt_sigprocmask(how, set, old, LINUX_SIGSET_SIZE));
}

int pthread_sigmask(int how, const sigset_t *restrict set, sigset_t *restrict old) {
  return -__linux_rt_sigprocmask(how, set, old, LINUX_SIGSET_SIZE);
}

int sigpending(sigset_t *set) { return __linux_result(__linux_rt_sigpending(set, LINUX_SIGSET_SIZE)); }
int sigsuspend(const sigset_t *mask) { return __linux_result(__linux_rt_sigsuspend(mask, LINUX_SIGSET_SIZE)); }

int sigtimedwait(const sigset_t *restrict set, siginfo_t *restrict info, const struct timespec *restrict timeout) {
  return __linux_result(__linux_rt_sigtimedwait(set, info, timeout, LINUX_SIGSET_SIZE));
}

/* "sigtimedwait() ... EINTR"; sigwait(3) has no such error: it waits on. */
int sigwait(const sigset_t *restrict set, int *restrict signo) {
  siginfo_t info;
  int got;
  do got = __linux_rt_sigtimedwait(set, &info, NULL, LINUX_SIGSET_SIZE);
  while (got == -EINTR);
  if (got < 0) return -got;
  *signo = got;
  return 0;
}

int sigwaitinfo(const sigset_t *restrict set, siginfo_t *restrict info) { return sigtimedwait(set, info, NULL); }

int pause(void) { return __linux_result(__linux_pause()); }
unsigned alarm(unsigned seconds) { return (unsigned)__linux_alarm(seconds); }

int setitimer(int which, const struct itimerval *restrict value, struct itimerval *restrict old) {
  return __linux_result(__linux_setitimer(which, value, old));
}

unsigned ualarm(unsigned value, unsigned interval) {
  const struct itimerval next = {
      .it_interval = {.tv_sec = interval / 1000000, .tv_usec = interval % 1000000},
      .it_value = {.tv_sec = value / 1000000, .tv_usec = value % 1000000},
  };
  struct itimerval old;
  if (setitimer(ITIMER_REAL, &next, &old) < 0) return 0;
  return (unsigned)(old.it_value.tv_sec * 1000000 + old.it_value.tv_usec);
}
