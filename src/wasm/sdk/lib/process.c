/* fork(2), getpid(2), setpgid(2) and their kin: a raw call each. */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/raw.h>
#include <sys/ioctl.h>
#include <unistd.h>

pid_t fork(void) { return __linux_result(__linux_fork()); }
/* The engine rebuilds the child up to this call, in memory of its own: that this function returns twice is no harm. */
pid_t vfork(void) { return __linux_result(__linux_vfork()); }

pid_t getpid(void) { return __linux_getpid(); }
pid_t getppid(void) { return __linux_getppid(); }
pid_t gettid(void) { return __linux_gettid(); }

int setpgid(pid_t pid, pid_t pgid) { return __linux_result(__linux_setpgid(pid, pgid)); }
pid_t getpgid(pid_t pid) { return __linux_result(__linux_getpgid(pid)); }
pid_t getpgrp(void) { return __linux_getpgid(0); }
pid_t setpgrp(void) { return setpgid(0, 0); }
pid_t setsid(void) { return __linux_result(__linux_setsid()); }
pid_t getsid(pid_t pid) { return __linux_result(__linux_getsid(pid)); }

pid_t tcgetpgrp(int fd) {
  int pgid;
  return __linux_result(__linux_ioctl(fd, TIOCGPGRP, &pgid)) < 0 ? -1 : pgid;
}

int tcsetpgrp(int fd, pid_t pgid) {
  int argument = pgid;
  return __linux_result(__linux_ioctl(fd, TIOCSPGRP, &argument));
}

/* "Guests run as uid 0" (abi.md): no call could say anything else. */
uid_t getuid(void) { return 0; }
uid_t geteuid(void) { return 0; }
gid_t getgid(void) { return 0; }
gid_t getegid(void) { return 0; }
