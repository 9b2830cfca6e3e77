/* A tracer in C that steps its child through a function and reads its locals: PTRACE_GETREGSET, NT_WASM_LOCALS. */
#include <elf.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile long long sum;

/* Parameters are the first locals of its function. */
__attribute__((noinline)) static void add(int small, long long large) { sum += small + large; }

static int child(void) {
  ptrace(PTRACE_TRACEME, 0, 0, 0);
  raise(SIGSTOP);
  volatile int small = 42;
  volatile long long large = -5;
  add(small, large);
  return 0;
}

int main(void) {
  const pid_t pid = fork();
  if (pid == 0) _exit(child());
  int status;
  waitpid(pid, &status, 0);
  struct user_wasm_local locals[64];
  struct iovec set = {locals, sizeof locals};
  if (ptrace(PTRACE_GETREGSET, pid, (void *)NT_WASM_LOCALS, &set) != 0 && errno == ENODEV) puts("at the call: ENODEV");
  bool small = false, large = false, told = false;
  for (int steps = 0; steps < 5000; steps++) {
    ptrace(PTRACE_SINGLESTEP, pid, 0, 0);
    if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status)) break;
    set = (struct iovec){locals, sizeof locals};
    if (ptrace(PTRACE_GETREGSET, pid, (void *)NT_WASM_LOCALS, &set) != 0) continue;
    const size_t count = set.iov_len / sizeof locals[0];
    if (count < 2 || locals[0].type != WASM_TYPE_I32 || locals[1].type != WASM_TYPE_I64) continue;
    small |= locals[0].value[0] == 42;
    large |= (long long)locals[1].value[0] == -5;
    if (!small || !large || told) continue;
    told = true;
    puts("i32 42 seen, i64 -5 seen");
    set = (struct iovec){locals, sizeof locals[0]};
    if (ptrace(PTRACE_SETREGSET, pid, (void *)NT_WASM_LOCALS, &set) != 0 && errno == EOPNOTSUPP) puts("SETREGSET: EOPNOTSUPP");
  }
  return 0;
}
