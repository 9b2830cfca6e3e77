/* ptrace(2): counts the calls of a child, names each, and lets the one with descriptor 1 write something else. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static void tracee(void) {
  ptrace(PTRACE_TRACEME, 0, NULL, NULL);
  raise(SIGSTOP);
  syscall(SYS_write, 1, "plain\n", 6);
  _exit((int)syscall(SYS_getppid) > 0 ? 3 : 4);
}

int main(void) {
  pid_t child = fork();
  if (child == 0) tracee();
  int status, calls = 0;
  waitpid(child, &status, 0);
  ptrace(PTRACE_SETOPTIONS, child, NULL, (void *)(PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL));
  while (ptrace(PTRACE_SYSCALL, child, NULL, NULL) == 0 && waitpid(child, &status, 0) == child) {
    if (!WIFSTOPPED(status)) break;
    if (WSTOPSIG(status) != (SIGTRAP | 0x80)) continue;
    struct ptrace_syscall_info info;
    if (ptrace(PTRACE_GET_SYSCALL_INFO, child, (void *)sizeof info, &info) < 0) break;
    if (info.op != PTRACE_SYSCALL_INFO_ENTRY) continue;
    calls++;
    printf("call %d of arch %#x\n", (int)info.entry.nr, (unsigned)info.arch);
    if (info.entry.nr != SYS_write || info.entry.args[0] != 1) continue;
    struct iovec local = {.iov_base = "faked\n", .iov_len = 6};
    struct iovec remote = {.iov_base = (void *)(unsigned long)info.entry.args[1], .iov_len = 6};
    process_vm_writev(child, &local, 1, &remote, 1, 0);
    errno = 0;
    long word = ptrace(PTRACE_PEEKDATA, child, remote.iov_base, NULL);
    if (word == -1 && errno != 0) perror("PTRACE_PEEKDATA");
    else printf("now begins with %.4s\n", (char *)&word);
  }
  printf("%d calls, exit status %d\n", calls, WEXITSTATUS(status));
  return EXIT_SUCCESS;
}
