#define _GNU_SOURCE
#include <errno.h>
#include <linux/raw.h>
#include <stdarg.h>
#include <sys/ptrace.h>

/* "On success, the PTRACE_PEEK* operations return the requested data" (ptrace(2)): the call stores it, at data. "Since
 * the value returned by a successful PTRACE_PEEK* operation may be -1, the caller must clear errno before": glibc
 * does it too, after.
 */
long ptrace(int request, ...) {
  va_list list;
  va_start(list, request);
  const pid_t pid = va_arg(list, pid_t);
  void *addr = va_arg(list, void *);
  void *data = va_arg(list, void *);
  va_end(list);
  if (request != PTRACE_PEEKTEXT && request != PTRACE_PEEKDATA && request != PTRACE_PEEKUSER)
    return __linux_result(__linux_ptrace(request, pid, addr, data));
  long word;
  if (__linux_result(__linux_ptrace(request, pid, addr, &word)) < 0) return -1;
  errno = 0;
  return word;
}

ssize_t process_vm_readv(pid_t pid, const struct iovec *local, unsigned long localCount, const struct iovec *remote,
                         unsigned long remoteCount, unsigned long flags) {
  return __linux_result(__linux_process_vm_readv(pid, local, localCount, remote, remoteCount, flags));
}

ssize_t process_vm_writev(pid_t pid, const struct iovec *local, unsigned long localCount, const struct iovec *remote,
                          unsigned long remoteCount, unsigned long flags) {
  return __linux_result(__linux_process_vm_writev(pid, local, localCount, remote, remoteCount, flags));
}
