/* strace: prints the calls of a command with their arguments and results; with -f those of its children, too.
 *
 * In the trace: what a tracer does all day. PTRACE_TRACEME and a SIGSTOP in the child, PTRACE_SETOPTIONS, and then
 * wait4 and PTRACE_SYSCALL in turn; PTRACE_GETREGS says which call it is, process_vm_readv fetches the strings. A line is
 * printed when the call returns: only then are the bytes there that a read has fetched.
 *
 * To try: trace the tracer. Skip its process_vm_readv, and it prints addresses instead of strings.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>
#include <linux/audit.h>
#include "call-names.h"

/* include/linux/errno.h: from here on they are the kernel's own, and have no message. */
constexpr long ERESTARTSYS = 512;

constexpr int tracees_max = 64, string_max = 32, strings_max = 8, vector_max = 4, line_max = 1024, sysgood = 0x80;

static struct tracee {
  pid_t pid; /* 0: free */
  bool in_call;
  struct user_regs_struct entry;
  const struct call *call;
  size_t shown; /* arguments that are in the line already */
  size_t length;
  char line[line_max];
} tracees[tracees_max];

static bool follow;

static struct tracee *tracee_of(pid_t pid) {
  for (struct tracee *one = tracees; one < tracees + tracees_max; one++) if (one->pid == pid) return one;
  return nullptr;
}

[[gnu::format(printf, 2, 3)]] static void add(struct tracee *tracee, const char *format, ...) {
  va_list list;
  va_start(list, format);
  const size_t room = line_max - tracee->length;
  const int length = vsnprintf(tracee->line + tracee->length, room, format, list);
  va_end(list);
  if (length > 0) tracee->length += (size_t)length < room ? (size_t)length : room - 1;
}

static void begin(struct tracee *tracee) {
  tracee->length = 0;
  if (follow) add(tracee, "[pid %d] ", (int)tracee->pid);
}

static void finish(struct tracee *tracee) {
  add(tracee, "\n");
  fputs(tracee->line, stderr);
}

/* ---- What is in the tracee's memory. */

static size_t fetch(const struct tracee *tracee, uint64_t from, void *to, size_t length) {
  const struct iovec local = {to, length}, remote = {(void *)(uintptr_t)from, length};
  const ssize_t count = process_vm_readv(tracee->pid, &local, 1, &remote, 1, 0);
  return count < 0 ? 0 : (size_t)count;
}

static uint32_t word_at(const struct tracee *tracee, uint64_t address) {
  uint32_t word = 0;
  return fetch(tracee, address, &word, sizeof word) == sizeof word ? word : 0;
}

static void add_quoted(struct tracee *tracee, uint64_t address, size_t length) {
  char bytes[string_max];
  const size_t count = fetch(tracee, address, bytes, length < sizeof bytes ? length : sizeof bytes);
  if (count == 0 && length > 0) {
    add(tracee, "0x%llx", (unsigned long long)address);
    return;
  }
  add(tracee, "\"");
  for (size_t i = 0; i < count; i++) {
    const char byte = bytes[i];
    if (byte == '\n') add(tracee, "\\n");
    else if (byte == '\t') add(tracee, "\\t");
    else if (byte == '"' || byte == '\\') add(tracee, "\\%c", byte);
    else if (isprint((unsigned char)byte)) add(tracee, "%c", byte);
    else add(tracee, "\\%o", (unsigned char)byte);
  }
  add(tracee, length > sizeof bytes ? "\"..." : "\"");
}

/* One that ends with NUL: read piece by piece, for what is behind it may be outside of the memory. */
static void add_string(struct tracee *tracee, uint64_t address) {
  size_t length = 0;
  for (char byte; address != 0 && length <= string_max && fetch(tracee, address + length, &byte, 1) == 1 && byte != '\0';) length++;
  if (address == 0) add(tracee, "NULL");
  else add_quoted(tracee, address, length);
}

static void add_strings(struct tracee *tracee, uint64_t address) {
  add(tracee, "[");
  for (int i = 0;; i++, address += sizeof(uint32_t)) {
    const uint32_t string = address == 0 ? 0 : word_at(tracee, address);
    if (string == 0) break;
    if (i > 0) add(tracee, ", ");
    if (i == strings_max) {
      add(tracee, "...");
      break;
    }
    add_string(tracee, string);
  }
  add(tracee, "]");
}

/* A vector of iovecs; of those that were filled so many bytes in all. */
static void add_vector(struct tracee *tracee, uint64_t address, uint64_t count, size_t filled) {
  add(tracee, "[");
  for (uint64_t i = 0; i < count && i < vector_max; i++, address += 8) {
    const uint32_t base = word_at(tracee, address), length = word_at(tracee, address + 4);
    const size_t there = length < filled ? length : filled;
    add(tracee, i > 0 ? ", {" : "{");
    add_quoted(tracee, base, there);
    add(tracee, ", %u}", (unsigned)length);
    filled -= there;
  }
  add(tracee, count > vector_max ? ", ...]" : "]");
}

/* ---- Calls. */

static const struct call *call_of(const struct user_regs_struct *regs) {
  const bool linux = regs->arch == AUDIT_ARCH_WASM32_LINUX;
  const struct call *table = linux ? linux_calls : preview1_calls;
  const size_t count = linux ? sizeof linux_calls / sizeof *linux_calls : sizeof preview1_calls / sizeof *preview1_calls;
  for (size_t i = 0; i < count; i++) if (table[i].nr == regs->nr) return &table[i];
  return nullptr;
}

static void add_signal(struct tracee *tracee, int signo) {
  const bool named = signo > 0 && (size_t)signo < sizeof signal_names / sizeof *signal_names && signal_names[signo] != nullptr;
  if (named) add(tracee, "%s", signal_names[signo]);
  else add(tracee, "%d", signo);
}

static void add_argument(struct tracee *tracee, size_t i, long long result) {
  const uint64_t *args = tracee->entry.args;
  switch (tracee->call->args[i]) {
    case 'd':
    case 'i': add(tracee, "%d", (int)args[i]); break;
    case 'u': add(tracee, "%llu", (unsigned long long)args[i]); break;
    case 'S': add_signal(tracee, (int)args[i]); break;
    case 't': add_string(tracee, args[i]); break;
    case 'T': add_strings(tracee, args[i]); break;
    case 'P':
    case 'B': add_quoted(tracee, args[i], (size_t)args[i + 1]); break;
    case 'V': add_vector(tracee, args[i], args[i + 1], SIZE_MAX); break;
    case 'b': add_quoted(tracee, args[i], result > 0 ? (size_t)result : 0); break;
    case 'v': add_vector(tracee, args[i], args[i + 1], result == 0 ? word_at(tracee, args[i + 2]) : 0); break;
    default: add(tracee, args[i] == 0 ? "0" : "0x%llx", (unsigned long long)args[i]);
  }
}

/* Arguments up to the first that the call itself will fill in; all, when it is over. */
static void add_arguments(struct tracee *tracee, bool over, long long result) {
  const char *letters = tracee->call->args;
  for (; letters[tracee->shown] != '\0' && (over || strchr("bv", letters[tracee->shown]) == nullptr); tracee->shown++) {
    if (tracee->shown > 0) add(tracee, ", ");
    add_argument(tracee, tracee->shown, result);
  }
}

static void enter(struct tracee *tracee) {
  if (ptrace(PTRACE_GETREGS, tracee->pid, nullptr, &tracee->entry) != 0) return;
  tracee->call = call_of(&tracee->entry);
  tracee->in_call = true;
  tracee->shown = 0;
  begin(tracee);
  if (tracee->call == nullptr) {
    add(tracee, "call_%d(", (int)tracee->entry.nr);
    return;
  }
  add(tracee, "%s(", tracee->call->name);
  add_arguments(tracee, false, 0);
  if (tracee->call->returns) return;
  add(tracee, ") = ?");
  finish(tracee);
  tracee->in_call = false;
}

/* preview1 answers an errno, linux a value or -errno; those above 511 are the kernel's own: the call is made again. */
static void leave(struct tracee *tracee) {
  struct user_regs_struct regs;
  if (!tracee->in_call || ptrace(PTRACE_GETREGS, tracee->pid, nullptr, &regs) != 0) return;
  tracee->in_call = false;
  const long long result = regs.ret;
  const long long error = tracee->entry.arch == AUDIT_ARCH_WASM32_LINUX ? -result : result;
  if (tracee->call != nullptr) add_arguments(tracee, true, result);
  add(tracee, ") = %lld", result);
  if (error > 0 && error < (long long)(sizeof errno_names / sizeof *errno_names) && errno_names[error] != nullptr) {
    add(tracee, " %s", errno_names[error]);
    if (error < ERESTARTSYS) add(tracee, " (%s)", strerror((int)error));
  }
  finish(tracee);
}

/* ---- Stops. */

static void tell_signal(struct tracee *tracee, int signo) {
  siginfo_t info;
  /* EINVAL: a group-stop, which has no siginfo; the signal has been delivered. ptrace(2), "Group-stop". */
  const bool stops = ptrace(PTRACE_GETSIGINFO, tracee->pid, nullptr, &info) != 0;
  begin(tracee);
  add(tracee, stops ? "--- stopped by " : "--- ");
  add_signal(tracee, signo);
  if (!stops) add(tracee, " {si_code=%d, si_pid=%d}", info.si_code, (int)info.si_pid);
  add(tracee, " ---");
  finish(tracee);
}

static bool is_stop_signal(int signo) { return signo == SIGSTOP || signo == SIGTSTP || signo == SIGTTIN || signo == SIGTTOU; }

/* What happens at a stop; answers the signal that the tracee is to go on with. */
static int look(struct tracee *tracee, int status) {
  const int signo = WSTOPSIG(status), event = status >> 16;
  if (signo == (SIGTRAP | sysgood)) {
    if (tracee->in_call) leave(tracee);
    else enter(tracee);
    return 0;
  }
  if (event != 0) return 0;
  siginfo_t info;
  const bool in_group_stop = is_stop_signal(signo) && ptrace(PTRACE_GETSIGINFO, tracee->pid, nullptr, &info) != 0;
  tell_signal(tracee, signo);
  return in_group_stop ? 0 : signo;
}

static void tell_end(struct tracee *tracee, int status) {
  begin(tracee);
  if (WIFEXITED(status)) add(tracee, "+++ exited with %d +++", WEXITSTATUS(status));
  else {
    add(tracee, "+++ killed by ");
    add_signal(tracee, WTERMSIG(status));
    add(tracee, " +++");
  }
  finish(tracee);
  tracee->pid = 0;
}

/* Until the last tracee is gone; answers the first one's exit status. */
static int trace_all(pid_t first) {
  int status, result = EXIT_FAILURE;
  for (pid_t pid; (pid = waitpid(-1, &status, __WALL)) > 0;) {
    struct tracee *tracee = tracee_of(pid);
    const bool born = tracee == nullptr;
    if (born && (tracee = tracee_of(0)) == nullptr) {
      fprintf(stderr, "strace: %d is one too many, and runs untraced\n", (int)pid);
      ptrace(PTRACE_DETACH, pid, nullptr, nullptr);
      continue;
    }
    if (born) *tracee = (struct tracee){.pid = pid};
    if (!WIFSTOPPED(status)) {
      if (pid == first) result = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
      tell_end(tracee, status);
      continue;
    }
    /* "The SIGSTOP of a new child" is nobody's signal. */
    const int signo = born ? 0 : look(tracee, status);
    if (ptrace(PTRACE_SYSCALL, pid, nullptr, (void *)(intptr_t)signo) != 0 && errno != ESRCH) perror("strace: ptrace");
  }
  return result;
}

int main(int argc, char *argv[]) {
  follow = argc > 1 && strcmp(argv[1], "-f") == 0;
  char **command = argv + 1 + follow;
  if (argc < 2 + follow) {
    fputs("usage: strace [-f] COMMAND [ARGUMENT...]\n", stderr);
    return EXIT_FAILURE;
  }
  const pid_t first = fork();
  if (first == 0) {
    ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
    raise(SIGSTOP);
    execvp(command[0], command);
    fprintf(stderr, "strace: %s: %s\n", command[0], strerror(errno));
    _exit(127);
  }
  int status;
  if (first < 0 || waitpid(first, &status, 0) != first) {
    perror("strace");
    return EXIT_FAILURE;
  }
  tracees[0].pid = first;
  const int all = PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE;
  ptrace(PTRACE_SETOPTIONS, first, nullptr, (void *)(intptr_t)(PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC | (follow ? all : 0)));
  ptrace(PTRACE_SYSCALL, first, nullptr, nullptr);
  return trace_all(first);
}
