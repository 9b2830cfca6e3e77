/* What scn.h's __wasi__ branch declares (the oracle's README.md). Linked with every scenario, and with nothing else.
 * Each s_NAME is one raw call: it does not touch errno.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/raw.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Where a runner puts the module (scenarioPath in compile.mjs is the same). */
const char *scn_self_path = "/scenario.wasm";

const int NR_write = SYS_write, NR_read = SYS_read, NR_close = SYS_close, NR_clock = SYS_clock_gettime,
          NR_getrandom = SYS_getrandom, NR_yield = SYS_sched_yield, NR_nanosleep = SYS_nanosleep,
          NR_getpid = SYS_getpid, NR_getppid = SYS_getppid, NR_kill = SYS_kill, NR_fork = SYS_fork,
          NR_vfork = SYS_vfork, NR_clone = SYS_clone, NR_execve = SYS_execve, NR_exit_group = SYS_exit_group,
          NR_wait4 = SYS_wait4, NR_dup2 = SYS_dup2, NR_pipe = SYS_pipe;

long s_write(int fd, const void *b, size_t n) { return __linux_write(fd, b, n); }
long s_read(int fd, void *b, size_t n) { return __linux_read(fd, b, n); }
long s_close(int fd) { return __linux_close(fd); }
long s_clock(void) {
  struct timespec now;
  return __linux_clock_gettime(1, &now);
}
long s_getrandom(void *b, size_t n) { return __linux_getrandom(b, n, 0); }
long s_yield(void) { return __linux_sched_yield(); }
long s_nanosleep_ms(long ms) {
  const struct timespec time = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
  return __linux_nanosleep(&time, NULL);
}
long s_getpid(void) { return __linux_getpid(); }
long s_getppid(void) { return __linux_getppid(); }
long s_gettid(void) { return __linux_gettid(); }
long s_kill(pid_t p, int sig) { return __linux_kill(p, sig); }
long s_tgkill(pid_t p, pid_t t, int sig) { return __linux_tgkill(p, t, sig); }
long s_fork(void) { return __linux_fork(); }
long s_clone_proc(void) { return __linux_clone(0, NULL, NULL, NULL, NULL, NULL, NULL); }
void s_exit(int code) {
  for (;;) __linux_exit_group(code);
}
void s_exit_thread(int code) {
  for (;;) __linux_exit(code);
}
long s_wait4(pid_t p) { return __linux_wait4(p, NULL, __WALL, NULL); }
long s_dup2(int a, int b) { return __linux_dup2(a, b); }
long s_pipe(int fd[2]) { return __linux_pipe(fd); }
long s_sigmask(int how, uint64_t set) {
  sigset_t mask;
  memcpy(&mask, &set, sizeof mask);
  return __linux_rt_sigprocmask(how, &mask, NULL, LINUX_SIGSET_SIZE);
}

static int startThread(void *fn) {
  ((void (*)(void))fn)();
  return 0;
}
long s_thread(void (*fn)(void)) {
  static char stacks[4][65536] __attribute__((aligned(64)));
  static int used;
  return clone(startThread, stacks[used++] + sizeof stacks[0],
               CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM, (void *)fn);
}

long s_exec(const char *role) {
  char *const argv[] = {(char *)"self", (char *)(uintptr_t)role, NULL}, *const envp[] = {NULL};
  return __linux_execve(scn_self_path, argv, envp);
}
long s_exec_missing(void) {
  char *const argv[] = {(char *)"x", NULL}, *const envp[] = {NULL};
  return __linux_execve("./no-such-file-here", argv, envp);
}

const char *sc_name(long nr) {
  switch (nr) {
  case SYS_write: return "write";
  case SYS_read: return "read";
  case SYS_close: return "close";
  case SYS_clock_gettime: return "clock_gettime";
  case SYS_getrandom: return "getrandom";
  case SYS_sched_yield: return "sched_yield";
  case SYS_nanosleep: return "nanosleep";
  case SYS_getpid: return "getpid";
  case SYS_getppid: return "getppid";
  case SYS_gettid: return "gettid";
  case SYS_kill: return "kill";
  case SYS_tgkill: return "tgkill";
  case SYS_fork: return "fork";
  case SYS_vfork: return "vfork";
  case SYS_clone: return "clone";
  case SYS_execve: return "execve";
  case SYS_exit_group: return "exit_group";
  case SYS_exit: return "exit";
  case SYS_wait4: return "wait4";
  case SYS_dup2: return "dup2";
  case SYS_pipe: return "pipe";
  case SYS_rt_sigprocmask: return "sigprocmask";
  case SYS_rt_sigreturn: return "sigreturn";
  case SYS_restart_syscall: return "restart_syscall";
  case SYS_ptrace: return "ptrace";
  case -1: return "none";
  }
  return "unknown";
}
int sc_hidden(long nr) { return nr == SYS_rt_sigreturn; }

static void getRegs(pid_t p, struct user_regs_struct *regs) {
  if (ptrace(PTRACE_GETREGS, p, NULL, regs) == 0) return;
  s_write(1, "GETREGS?\n", 9);
  s_exit(99);
}

/* preview1 counts its calls from 0: what a scenario would take for one of Linux's is moved out of the way. */
#define PREVIEW1_BASE 0x10000

long sc_nr(pid_t p) {
  struct user_regs_struct regs;
  getRegs(p, &regs);
  return regs.arch == AUDIT_ARCH_WASM32_PREVIEW1 && regs.nr >= 0 ? PREVIEW1_BASE + regs.nr : regs.nr;
}
long sc_ret(pid_t p) {
  struct user_regs_struct regs;
  getRegs(p, &regs);
  return (long)regs.ret;
}
long sc_arg(pid_t p, int i) {
  struct user_regs_struct regs;
  getRegs(p, &regs);
  return (long)regs.args[i];
}
void sc_set_nr(pid_t p, long nr) {
  struct user_regs_struct regs;
  getRegs(p, &regs);
  regs.nr = nr;
  ptrace(PTRACE_SETREGS, p, NULL, &regs);
}
void sc_set_arg(pid_t p, int i, long v) {
  struct user_regs_struct regs;
  getRegs(p, &regs);
  regs.args[i] = (uint32_t)v;
  ptrace(PTRACE_SETREGS, p, NULL, &regs);
}
void sc_set_ret(pid_t p, long v) {
  struct user_regs_struct regs;
  getRegs(p, &regs);
  regs.ret = v;
  ptrace(PTRACE_SETREGS, p, NULL, &regs);
}
long regs_get_errno(pid_t p) {
  struct user_regs_struct regs;
  return ptrace(PTRACE_GETREGS, p, NULL, &regs) ? -errno : 0;
}
long regs_roundtrip(pid_t p) {
  struct user_regs_struct regs;
  if (ptrace(PTRACE_GETREGS, p, NULL, &regs)) return -errno;
  return ptrace(PTRACE_SETREGS, p, NULL, &regs) ? -errno : 0;
}

/* Time is virtual: it stands still while anybody computes, so p has gone as far as it can after these (abi.md). */
void until_blocked(pid_t p) {
  (void)p;
  for (int i = 0; i < 3; i++) s_nanosleep_ms(1);
}

void own_group(void) { setpgid(0, 0); }

long sc_filter(int nr, uint32_t action) {
  struct sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)nr, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, action),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const struct sock_fprog program = {sizeof filter / sizeof filter[0], filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) return -errno;
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) ? -errno : 0;
}
