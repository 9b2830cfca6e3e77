/* fenced: reads files from behind a filter of its own, which lets a tracer decide about each that is opened.
 *
 * In the trace: prctl and seccomp, once. The filter says SECCOMP_RET_TRACE of path_open and SECCOMP_RET_ALLOW of all
 * the rest, so a tracer that resumes with PTRACE_CONT sees the opens and nothing else: the reads of seven bytes each go
 * by. Without a tracer that has PTRACE_O_TRACESECCOMP every open is ENOSYS.
 *
 * To try: count the stops with PTRACE_SYSCALL and with PTRACE_CONT.
 */
#include <errno.h>
#include <fcntl.h>
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

/* The place of path_open in the table wasi_snapshot_preview1. */
constexpr int path_open = 31;

static struct sock_filter rules[] = {
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_WASM32_PREVIEW1, 0, 3),
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, path_open, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE | 1),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
};

static bool fence(void) {
  const struct sock_fprog filter = {.len = sizeof rules / sizeof rules[0], .filter = rules};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) == 0;
}

/* A small buffer, so that there are many calls which are nobody's business. */
static bool count_bytes(const char *path) {
  const int fd = open(path, O_RDONLY);
  if (fd < 0) {
    printf("fenced: %s: %s\n", path, strerror(errno));
    return false;
  }
  char piece[7];
  size_t bytes = 0;
  for (ssize_t count; (count = read(fd, piece, sizeof piece)) > 0;) bytes += (size_t)count;
  printf("fenced: %s has %zu bytes\n", path, bytes);
  return close(fd) == 0;
}

int main(int argc, char *argv[]) {
  if (!fence()) {
    fprintf(stderr, "fenced: %s\n", strerror(errno));
    return 2;
  }
  int status = EXIT_SUCCESS;
  for (int i = 1; i < argc; i++) if (!count_bytes(argv[i])) status = EXIT_FAILURE;
  return status;
}
