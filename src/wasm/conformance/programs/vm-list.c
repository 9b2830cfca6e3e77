/* vm-list: the conformance list of PTRACE_VM by a tracer in C. Each item forks a tracee, resumes it with tags, and
 * prints a line of what came: "entry write" and "exit write" are syscall stops, "SIG 5" a signal's, "event 1" a fork's,
 * and so on. What tracees write stands before their item's line.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/raw.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define VM 6 /* PTRACE_VM_MASK */
#define NONE 0L
#define FORKS (PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK)

/* What tracees do and note is in their own memory, at the addresses that the tracer's own globals have. */
static volatile int flag, results[8], count;
static volatile char buffer[8];
static int fds[2];

static void note(int result) { results[count++] = result; }

static const struct {
  int nr;
  const char *name;
} names[] = {
  {SYS_write, "write"}, {SYS_read, "read"}, {SYS_getpid, "getpid"}, {SYS_getppid, "getppid"}, {SYS_pipe, "pipe"},
  {SYS_fork, "fork"}, {SYS_execve, "execve"}, {SYS_exit_group, "exit_group"}, {SYS_wait4, "wait4"},
  {SYS_sched_yield, "sched_yield"}, {SYS_gettid, "gettid"},
};
static const char *named(int nr) {
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (names[i].nr == nr) return names[i].name;
  return "another";
}

/* The tracer. */

static char said[64];

/* The item's line. */
static char line[2048];
static size_t length;

__attribute__((format(printf, 1, 2))) static void put(const char *format, ...) {
  va_list list;
  va_start(list, format);
  length += (size_t)vsnprintf(line + length, sizeof line - length, format, list);
  va_end(list);
  if (length >= sizeof line) length = sizeof line - 1;
}

static const char *say(pid_t pid, int status) {
  if (WIFEXITED(status)) snprintf(said, sizeof said, "exited %d", WEXITSTATUS(status));
  else if (WIFSIGNALED(status)) snprintf(said, sizeof said, "killed %d", WTERMSIG(status));
  else if (status >> 16 != 0) snprintf(said, sizeof said, "event %d", status >> 16);
  else if (WSTOPSIG(status) != (SIGTRAP | 0x80)) snprintf(said, sizeof said, "SIG %d", WSTOPSIG(status));
  else {
    struct user_regs_struct regs;
    struct ptrace_syscall_info info;
    ptrace(PTRACE_GETREGS, pid, NULL, &regs);
    ptrace(PTRACE_GET_SYSCALL_INFO, pid, (void *)sizeof info, &info);
    snprintf(said, sizeof said, "%s %s", info.op == PTRACE_SYSCALL_INFO_ENTRY ? "entry" : "exit", named((int)regs.nr));
  }
  return said;
}

static const char *next(pid_t pid) {
  int status = 0;
  if (waitpid(pid, &status, __WALL) != pid) return strerror(errno);
  return say(pid, status);
}

static const char *go(pid_t pid, int request, long tags, int signo) {
  if (ptrace(request, pid, (void *)tags, (void *)(long)signo) < 0) return strerror(errno);
  return next(pid);
}

static pid_t begin(void (*body)(void), long options) {
  fflush(stdout); /* a child has a copy of what is in its buffer */
  count = flag = 0;
  pid_t pid = fork();
  if (pid == 0) {
    ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    raise(SIGSTOP);
    body();
    __linux_exit_group(0);
    __builtin_trap(); /* only who skips the exit comes here */
  }
  next(pid);
  ptrace(PTRACE_SETOPTIONS, pid, NULL, (void *)(options | PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL));
  return pid;
}

static int peek(pid_t pid, volatile void *at) { return (int)ptrace(PTRACE_PEEKDATA, pid, (void *)at, NULL); }
static int result(pid_t pid) {
  struct user_regs_struct regs;
  ptrace(PTRACE_GETREGS, pid, NULL, &regs);
  return (int)regs.ret;
}
static void setResult(pid_t pid, int value) {
  struct user_regs_struct regs;
  ptrace(PTRACE_GETREGS, pid, NULL, &regs);
  regs.ret = value;
  ptrace(PTRACE_SETREGS, pid, NULL, &regs);
}

static void to(pid_t pid, const char *place) {
  for (int i = 0; i < 100 && strcmp(go(pid, PTRACE_SYSCALL, 0, 0), place) != 0; i++)
    if (strncmp(said, "exited", 6) == 0) break;
}
static void end(pid_t pid) {
  kill(pid, SIGKILL);
  int status;
  while (waitpid(pid, &status, __WALL) == pid && !WIFSIGNALED(status) && !WIFEXITED(status));
}
/* Everything that follows, resumed alike. */
static void rest(pid_t pid, int request, long tags) {
  for (int i = 0; i < 40; i++) {
    put(" | %s", go(pid, request, tags, 0));
    if (strncmp(said, "exited", 6) == 0 || strncmp(said, "killed", 6) == 0) return;
    if (strcmp(said, "SIG 4") == 0) return end(pid);
  }
}

/* The tracees. */

static void probing(void) {
  __linux_getpid();
  flag = 2;
  fds[0] = fds[1] = -1;
  __linux_pipe(fds);
  if (fds[0] == -1) flag = 6;
  __linux_getppid();
}
static void writing(void) {
  note(__linux_write(1, "w\n", 2));
  note(__linux_write(1, "w\n", 2));
  note(__linux_getppid());
}
static void asking(void) {
  note(__linux_getpid());
  note(__linux_getppid());
  note(__linux_getpid());
}
static void reading(void) {
  __linux_pipe(fds);
  note(__linux_read(fds[0], (void *)buffer, 4));
  if (memcmp((const void *)buffer, "poke", 4) == 0) flag = 1;
  __linux_getppid();
}
static void forking(void) {
  int child = __linux_fork();
  note(child);
  if (child == 0) {
    __linux_getppid();
    __linux_exit_group(7);
  }
  __linux_wait4(child, NULL, 0, NULL);
  __linux_getppid();
}
static void executing(void) {
  char *const argv[] = {"vm-list", "again", NULL}, *const nothing[] = {NULL};
  note(__linux_execve("/vm-list", argv, nothing));
  __linux_getppid();
}
static void leaving(void) {
  __linux_exit_group(3);
  __builtin_unreachable();
}

/* The list. */

static void item1(void) {
  pid_t pid = begin(probing, 0);
  put("%s", go(pid, PTRACE_SYSCALL, 0, 0));
  put(" | %s with %d", go(pid, PTRACE_SYSCALL, 2, 0), peek(pid, &flag));
  put(" | %s with %d", go(pid, PTRACE_SYSCALL, 6, 0), peek(pid, &flag));
  end(pid);
}
static void item2(void) {
  const long tags[] = {0, 1, -7, -1};
  for (int i = 0; i < 4; i++) {
    pid_t pid = begin(asking, 0);
    put("%s%ld:", i == 0 ? "" : " ", tags[i]);
    to(pid, "entry getpid");
    rest(pid, PTRACE_SYSCALL, tags[i]);
  }
}
static void item3(void) {
  pid_t pid = begin(writing, 0);
  put("%s", go(pid, PTRACE_SYSCALL, 0, 0));
  rest(pid, PTRACE_SYSCALL, 2);
}
static void item4(void) {
  for (long tag = 4; tag <= 6; tag += 2) {
    pid_t pid = begin(writing, 0);
    put("%s%s", tag == 4 ? "" : " || ", go(pid, PTRACE_SYSCALL, 0, 0));
    rest(pid, PTRACE_SYSCALL, tag);
  }
}
static void item5(void) {
  pid_t pid = begin(asking, 0);
  go(pid, PTRACE_SYSCALL, 0, 0);
  go(pid, PTRACE_SYSCALL, 4, 0);
  setResult(pid, 4711);
  go(pid, PTRACE_SYSCALL, 4, 0);
  put("%s and %d", peek(pid, &results[0]) == -ENOSYS ? "ENOSYS" : "another result", peek(pid, &results[1]));
  end(pid);
}
static void item6(void) {
  pid_t pid = begin(reading, 0);
  to(pid, "entry read");
  struct iovec local = {.iov_base = "poke", .iov_len = 4}, remote = {.iov_base = (void *)buffer, .iov_len = 4};
  process_vm_writev(pid, &local, 1, &remote, 1, 0);
  setResult(pid, 4);
  put("%s, it read %d, flag %d", go(pid, PTRACE_SYSCALL, 4, 0), peek(pid, &results[0]), peek(pid, &flag));
  end(pid);
}
static void item7(void) {
  pid_t pid = begin(asking, 0);
  to(pid, "exit getpid");
  put("%s", go(pid, PTRACE_SYSCALL, 4, 0));
  put(" | %s", go(pid, PTRACE_SYSCALL, 0, 0));
  go(pid, PTRACE_SYSCALL, 0, 0);
  put(" with %s", peek(pid, &results[1]) == getpid() ? "the parent" : "nothing");
  end(pid);
}
static void item8(void) {
  pid_t pid = begin(asking, 0);
  to(pid, "entry getpid");
  put("%s", go(pid, PTRACE_SYSCALL, 0, SIGWINCH));
  put(" | %s", go(pid, PTRACE_SYSCALL, 0, 0));
  put(" | %s", go(pid, PTRACE_SYSCALL, 4, 0));
  put(" | %s", go(pid, PTRACE_SYSCALL, 0, 0));
  end(pid);
}
static void item9(void) {
  pid_t pid = begin(asking, 0);
  put("%s", go(pid, PTRACE_SYSCALL, 4, 0));
  put(" | %s %s", go(pid, PTRACE_SYSCALL, 0, 0), result(pid) == pid ? "with its pid" : "with nothing");
  end(pid);
}
static void forked(long atEntry, long atEvent) {
  pid_t pid = begin(forking, FORKS);
  to(pid, "entry fork");
  put("%s", go(pid, PTRACE_SYSCALL, atEntry, 0));
  unsigned long child = 0;
  ptrace(PTRACE_GETEVENTMSG, pid, NULL, &child);
  put(" | child %s", next((pid_t)child));
  put(" | %s", go(pid, PTRACE_SYSCALL, atEvent, 0));
  put(" | child %s", go((pid_t)child, PTRACE_SYSCALL, 0, 0));
  put(" | child %s", go((pid_t)child, PTRACE_SYSCALL, 0, 0));
  put(" | child %s", go((pid_t)child, PTRACE_CONT, 0, 0));
  end(pid);
}
static void item10(void) { forked(2, 0); }
static void item11(void) { forked(0, 2); }
static void item12(void) { forked(0, 4); }
static void item13(void) {
  pid_t pid = begin(asking, 0);
  to(pid, "entry getpid");
  /* The tag of this resume is what the refused one must leave: it is seen in the call that stands at its entry. */
  put("%s", go(pid, PTRACE_SYSCALL, 2, 0));
  put(" | %s", go(pid, PTRACE_SYSCALL, 4, 65));
  put(" | %s", go(pid, PTRACE_SYSCALL, 0, 0));
  ptrace(PTRACE_CONT, pid, NULL, NULL);
  put(" | %s", ptrace(PTRACE_SYSCALL, pid, (void *)4, NULL) < 0 && errno == ESRCH ? "ESRCH" : "resumed");
  put(" | %s", next(pid));
}
static void item14(void) {
  pid_t pid = begin(writing, 0);
  to(pid, "entry write");
  put("%s", go(pid, PTRACE_CONT, 4, 0));
}
static void item15(void) {
  pid_t pid = begin(writing, 0);
  to(pid, "exit write");
  put("%s", go(pid, PTRACE_CONT, 4, 0));
}
static void item16(void) {
  pid_t pid = begin(asking, 0);
  to(pid, "entry getpid");
  put("%s", go(pid, PTRACE_SYSCALL, 4, SIGUSR1));
  put(" at the call's %s", result(pid) == -ENOSYS ? "ENOSYS" : "result");
  put(" | %s", go(pid, PTRACE_SYSCALL, 0, 0));
  put(" | %s", go(pid, PTRACE_SYSCALL, 4, SIGUSR1));
  put(" | %s", go(pid, PTRACE_SYSCALL, 0, SIGUSR1));
}
static void item17(void) {
  pid_t pid = begin(asking, 0);
  put("%s", go(pid, PTRACE_SYSEMU, 0, 0));
  put(" | %s", go(pid, PTRACE_SYSCALL, 0, 0));
  put(" with %s", result(pid) == -ENOSYS ? "ENOSYS" : "a result");
  end(pid);
}
static void item18(void) {
  pid_t pid = begin(asking, 0);
  put("%s", go(pid, PTRACE_SYSEMU, 0, 0));
  rest(pid, PTRACE_SYSEMU, 0);
}
static void item19(void) {
  pid_t pid = begin(asking, 0);
  do go(pid, PTRACE_SYSEMU_SINGLESTEP, 0, 0);
  while (strcmp(said, "SIG 5") == 0);
  put("%s", said);
  setResult(pid, 42);
  to(pid, "entry getppid");
  put(" | %s with %d", said, peek(pid, &results[0]));
  end(pid);
}
static void item20(void) {
  for (long tag = 0; tag <= 6; tag += 2) {
    pid_t pid = begin(asking, 0);
    to(pid, "entry getpid");
    put("%s%s", tag == 0 ? "" : " | ", go(pid, PTRACE_SINGLESTEP, tag, 0));
    put(" with %s", result(pid) == pid ? "its pid" : result(pid) == -ENOSYS ? "ENOSYS" : "what");
    put(", %s", go(pid, PTRACE_SINGLEBLOCK, tag, 0));
    put(", %s", go(pid, PTRACE_SYSCALL, tag, 0));
    end(pid);
  }
}
static void item21(void) {
  pid_t pid = begin(asking, 0);
  to(pid, "entry getpid");
  ptrace(PTRACE_DETACH, pid, (void *)(long)VM, NULL);
  ptrace(PTRACE_ATTACH, pid, NULL, NULL);
  put("%s", next(pid));
  ptrace(PTRACE_SETOPTIONS, pid, NULL, (void *)PTRACE_O_TRACESYSGOOD);
  put(" | %s", go(pid, PTRACE_SYSCALL, 0, 0));
  put(" | %s", go(pid, PTRACE_SYSCALL, 0, 0));
  end(pid);
}
static void item22(void) { forked(2, 6); }
static void item23(void) {
  for (int i = 0; i < 2; i++) {
    pid_t pid = begin(executing, PTRACE_O_TRACEEXEC);
    to(pid, "entry execve");
    put("%s%s", i == 0 ? "" : " || ", go(pid, PTRACE_SYSCALL, i == 0 ? 2 : 0, 0));
    const char *then = go(pid, PTRACE_SYSCALL, i == 0 ? 0 : 2, 0);
    put(" | %s", then);
    put(" | %s", go(pid, PTRACE_CONT, 0, 0));
  }
}
static void item24(void) {
  pid_t pid = begin(leaving, 0);
  put("%s", go(pid, PTRACE_SYSCALL, 0, 0));
  put(" | %s", go(pid, PTRACE_SYSCALL, 4, 0));
  put(" | %s", go(pid, PTRACE_CONT, 0, SIGILL));
}
static void item25(void) {
  pid_t pid = begin(reading, 0);
  to(pid, "entry read");
  ptrace(PTRACE_SYSCALL, pid, (void *)2, NULL);
  const struct timespec millisecond = {.tv_nsec = 1000000};
  for (int i = 0; i < 3; i++) nanosleep(&millisecond, NULL);
  kill(pid, SIGWINCH);
  put("%s", next(pid));
  put(" | %s", go(pid, PTRACE_SYSCALL, 2, 0));
  put(" | %s", go(pid, PTRACE_SYSCALL, 4, 0));
  end(pid);
}
static void item26(void) {
  pid_t pid = begin(asking, 0);
  to(pid, "entry getpid");
  long word = 0x1234, copy = 0;
  struct ptrace_multi vector[] = {
    {PTRACE_POKEDATA, (long)(uintptr_t)&flag, &word, 1},
    {PTRACE_PEEKDATA, (long)(uintptr_t)&flag, &copy, 1},
    {PTRACE_PEEKDATA, (long)0xfffff000, &copy, 1},
    {PTRACE_SYSCALL, 0, NULL, 0},
  };
  long ran = ptrace(PTRACE_MULTI, pid, vector, (void *)4L);
  put("%ld ran, copied %#lx", ran, copy);
  put(" | %s", ptrace(PTRACE_MULTI, pid, vector + 3, (void *)1L) == 1 ? next(pid) : "refused");
  end(pid);
}

int main(int argc, char *argv[]) {
  if (argc > 1) _exit(5); /* by execve, item 23 */
  (void)argv;
  setvbuf(stdout, NULL, _IOFBF, BUFSIZ);
  void (*const items[])(void) = {
    item1, item2, item3, item4, item5, item6, item7, item8, item9, item10, item11, item12, item13,
    item14, item15, item16, item17, item18, item19, item20, item21, item22, item23, item24, item25, item26,
  };
  for (size_t i = 0; i < sizeof items / sizeof items[0]; i++) {
    length = 0;
    items[i]();
    printf("%d: %s\n", (int)i + 1, line);
  }
  return 0;
}
