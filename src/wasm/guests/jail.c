/* jail: gives up calls for good, by a filter on itself: seccomp(2).
 *
 * In the trace: prctl(PR_SET_NO_NEW_PRIVS), without which nobody may set a filter, and seccomp with four rules in
 * classic BPF. From there on getppid fails with EACCES, getpgid asks a tracer (ENOSYS if there is none), fork kills
 * the process with SIGSYS, and everything else is as before. Filters are never taken away, and children have them, too.
 *
 * To try: trace it with PTRACE_O_TRACESECCOMP and answer getpgid yourself.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A number belongs to a table: 173 of preview1 would be another call than 173 of linux (seccomp(2), "the arch field"). */
static struct sock_filter rules[] = {
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_WASM32_LINUX, 1, 0),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getppid, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getpgid, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE | 42),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_fork, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
};

static bool lock_in(void) {
  struct sock_fprog filter = {.len = sizeof rules / sizeof rules[0], .filter = rules};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) == 0;
}

static bool ask(const char *name, long result) {
  if (result < 0) printf("jail: %s: %s\n", name, strerror(errno));
  else printf("jail: %s answers %ld\n", name, result);
  return fflush(stdout) == 0;
}

int main(void) {
  if (!lock_in()) {
    fprintf(stderr, "jail: %s\n", strerror(errno));
    return EXIT_FAILURE;
  }
  bool good = ask("getpid", syscall(SYS_getpid));
  good = ask("getppid", syscall(SYS_getppid)) && good;
  good = ask("getpgid", syscall(SYS_getpgid, 0)) && good;
  puts("jail: and now a fork");
  fflush(stdout);
  const pid_t child = fork();
  if (child == 0) _exit(EXIT_SUCCESS);
  return ask("fork", child) && good ? EXIT_SUCCESS : EXIT_FAILURE;
}
