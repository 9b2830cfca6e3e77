/* acts: does what the letters of argv[1] name, in that order, each by one raw call of the table `linux`.
 *
 *   f fork   v vfork   the child does the letters up to the matching '.', exits with 7; the parent goes on behind it
 *   W wait4(-1)        w write(1, "w\n")     y sched_yield     g getpid       s nanosleep of 1 ms
 *   r read of an empty pipe, whose other end is its own         x execve of /acts with the rest as its letters
 *   h a handler for SIGUSR1 that writes "h\n"      R the same with SA_RESTART
 *   u kill(getpid(), SIGUSR1)     c computes for a while, without a call      e exit_group(3)
 *
 * It ends with exit_group(0).
 */
#include <fcntl.h>
#include <linux/raw.h>
#include <signal.h>
#include <string.h>

static volatile unsigned sink;

static void handler(int signo) {
  sink = (unsigned)signo;
  __linux_write(1, "h\n", 2);
}

static const char *behind(const char *group) {
  int depth = 1;
  while (*group != '\0' && depth > 0) {
    if (*group == 'f' || *group == 'v') depth++;
    if (*group == '.') depth--;
    group++;
  }
  return group;
}

static void handle(int flags) {
  struct sigaction act = {.sa_flags = flags};
  act.sa_handler = handler;
  sigaction(SIGUSR1, &act, NULL);
}

int main(int argc, char *argv[]) {
  const char *letter = argc > 1 ? argv[1] : "";
  while (*letter != '\0') {
    switch (*letter++) {
      case 'f':
      case 'v':
        if ((letter[-1] == 'f' ? __linux_fork() : __linux_vfork()) != 0) letter = behind(letter);
        break;
      case '.': __linux_exit_group(7); break;
      case 'W': __linux_wait4(-1, NULL, 0, NULL); break;
      case 'w': __linux_write(1, "w\n", 2); break;
      case 'y': __linux_sched_yield(); break;
      case 'g': __linux_getpid(); break;
      case 's': {
        const struct timespec millisecond = {.tv_nsec = 1000000};
        __linux_nanosleep(&millisecond, NULL);
        break;
      }
      case 'r': {
        int fds[2];
        char byte;
        if (__linux_pipe(fds) == 0) __linux_read(fds[0], &byte, 1);
        break;
      }
      case 'x': {
        char *const next[] = {argv[0], (char *)letter, NULL};
        char *const nothing[] = {NULL};
        __linux_execve("/acts", next, nothing);
        break;
      }
      case 'h': handle(0); break;
      case 'R': handle(SA_RESTART); break;
      case 'u': __linux_kill(__linux_getpid(), SIGUSR1); break;
      case 'c':
        for (unsigned i = 0; i < 100000; i++) sink += i * i;
        break;
      case 'e': __linux_exit_group(3);
    }
  }
  __linux_exit_group(0);
}
