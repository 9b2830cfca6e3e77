#define _GNU_SOURCE
#include <linux/raw.h>
#include <sys/wait.h>

pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage) {
  return __linux_result(__linux_wait4(pid, status, options, usage));
}

pid_t wait3(int *status, int options, struct rusage *usage) { return wait4(-1, status, options, usage); }
pid_t waitpid(pid_t pid, int *status, int options) { return wait4(pid, status, options, NULL); }
pid_t wait(int *status) { return wait4(-1, status, 0, NULL); }

int waitid(idtype_t type, id_t id, siginfo_t *info, int options) {
  return __linux_result(__linux_waitid((int)type, (int)id, info, options, NULL));
}
