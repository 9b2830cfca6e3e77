/* forks CASE: what fork, exec and wait promise, a case at a time; each prints what it finds. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <unistd.h>

static int status;
static const char *const none[] = {NULL};

static const char *name(int error) {
  switch (error) {
    case 0: return "no error";
    case EAGAIN: return "EAGAIN";
    case ENOMEM: return "ENOMEM";
    case ECHILD: return "ECHILD";
    case EINVAL: return "EINVAL";
    case EBADF: return "EBADF";
    case ENOENT: return "ENOENT";
    case ENOEXEC: return "ENOEXEC";
    case EACCES: return "EACCES";
    case ELOOP: return "ELOOP";
    default: return "another";
  }
}
static const char *errorOf(int result) { return name(result < 0 ? errno : 0); }

/* What a stack and a heap hold: each frame has numbers of its own, and a block with the same. */
static unsigned deep(unsigned depth, unsigned seed) {
  volatile unsigned here[8];
  unsigned *block = malloc(sizeof here);
  for (unsigned i = 0; i < 8; i++) here[i] = block[i] = seed * 31 + i * depth;
  unsigned below;
  if (depth > 0) below = deep(depth - 1, seed * 7 + 1);
  else {
    pid_t pid = fork();
    below = pid == 0 ? 1 : 2;
    if (pid > 0) waitpid(pid, &status, 0);
  }
  unsigned wrong = 0;
  for (unsigned i = 0; i < 8; i++) wrong += here[i] != seed * 31 + i * depth || block[i] != here[i];
  free(block);
  return wrong > 0 ? 100 : below;
}
static void deeply(void) {
  unsigned who = deep(40, 4711);
  printf("%s\n", who == 1 ? "child: all in its place" : who == 2 ? "parent: all in its place" : "broken");
  if (who == 1) {
    fflush(stdout);
    _exit(9);
  }
  printf("status %d\n", WEXITSTATUS(status));
}

static volatile pid_t born;
static volatile int after;
static void forking(int signo) {
  volatile int kept = signo * 3;
  born = fork();
  if (kept == signo * 3) after++;
}
static void inHandler(void) {
  signal(SIGUSR1, forking);
  volatile int before = 77;
  raise(SIGUSR1);
  printf("%s: handler done %d, %d\n", born == 0 ? "child" : "parent", after, before);
  fflush(stdout);
  if (born == 0) {
    raise(SIGUSR1); /* a handler of a child that was born in one works as before, and forks again */
    if (born == 0) _exit(3);
    waitpid(born, &status, 0);
    _exit(4 + WEXITSTATUS(status));
  }
  waitpid(born, &status, 0);
  printf("status %d\n", WEXITSTATUS(status));
}

static void busy(unsigned millions) {
  volatile unsigned sum = 0;
  for (unsigned i = 0; i < millions * 1000000; i++) sum += i ^ (sum << 1);
  unsigned before = sum;
  pid_t pid = fork();
  if (pid == 0) _exit(sum == before ? 1 : 2);
  waitpid(pid, &status, 0);
  printf("child %s\n", WEXITSTATUS(status) == 1 ? "has the same sum" : "has another");
}

static void reaped(unsigned count) {
  unsigned right = 0;
  for (unsigned i = 0; i < count; i++) {
    pid_t pid = fork();
    if (pid == 0) _exit((int)(i % 200));
    if (waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == (int)(i % 200)) right++;
  }
  printf("%u of %u\n", right, count);
}

static void limit(void) {
  pid_t pids[100];
  int count = 0;
  for (int round = 0; round < 2; round++) {
    count = 0;
    while (count < 100) {
      pid_t pid = fork();
      if (pid == 0) for (;;) pause();
      if (pid < 0) break;
      pids[count++] = pid;
    }
    printf("%d, then %s\n", count, name(errno));
    int gone = 0;
    for (int i = 0; i < count; i++) kill(pids[i], SIGKILL);
    while (wait(&status) > 0) gone += WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    printf("%d gone, then %s\n", gone, name(errno));
  }
}

static void lost(void) {
  enum { size = 1 << 20 };
  char *block = malloc(size);
  pid_t pid = fork();
  if (pid == 0) _exit(5);
  waitpid(pid, &status, 0);
  printf("before: status %d\n", WEXITSTATUS(status));
  for (int i = 0; i < 66; i++) getrandom(block, size, 0);
  pid = fork();
  printf("after 66 MiB: %s\n", errorOf(pid));
  if (pid == 0) _exit(6);
  fflush(stdout);
  /* A new image begins a new log. */
  char *const argv[] = {"forks", "reap", "3", NULL};
  execve("/forks", argv, (char *const *)none);
}

static void vforked(void) {
  char *const argv[] = {"forks", "say", "by vfork and exec", NULL};
  pid_t pid = vfork();
  if (pid == 0) {
    execve("/forks", argv, (char *const *)none);
    _exit(127);
  }
  printf("status %d\n", waitpid(pid, &status, 0) == pid ? WEXITSTATUS(status) : -1);
  pid = vfork();
  if (pid == 0) {
    execve("/missing", argv, (char *const *)none);
    _exit(errno == ENOENT ? 127 : 126);
  }
  waitpid(pid, &status, 0);
  printf("missing: status %d\n", WEXITSTATUS(status));
}

static void scripts(void) {
  const char *const paths[] = {"/script", "/nested", "/plain.txt", "/circle", "/folder", "/missing"};
  for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
      char *const argv[] = {"ignored", "one", "two words", NULL};
      execve(paths[i], argv, (char *const *)none);
      printf("%s: %s\n", paths[i], name(errno));
      fflush(stdout);
      _exit(1);
    }
    waitpid(pid, &status, 0);
  }
}

static void closing(void) {
  int fds[4];
  pipe2(fds, O_CLOEXEC);
  pipe(fds + 2);
  fcntl(fds[3], F_SETFD, FD_CLOEXEC);
  char texts[4][12];
  for (int i = 0; i < 4; i++) snprintf(texts[i], sizeof texts[i], "%d", fds[i]);
  fflush(stdout);
  char *const argv[] = {"forks", "open", texts[0], texts[1], texts[2], texts[3], NULL};
  execve("/forks", argv, (char *const *)none);
}

static void orphans(void) {
  int fds[2];
  pipe(fds);
  pid_t self = getpid(), pid = fork();
  if (pid == 0) {
    if (fork() == 0) {
      pid_t before = getppid();
      close(fds[0]);
      kill(before, SIGKILL);
      for (int i = 0; i < 3; i++) usleep(1000);
      int said[2] = {before != self, getppid()};
      write(fds[1], said, sizeof said);
      _exit(0);
    }
    for (;;) pause();
  }
  close(fds[1]);
  waitpid(pid, &status, 0);
  int said[2] = {0, 0};
  read(fds[0], said, sizeof said);
  printf("parent killed by %d; the orphan had another parent: %d, now %d\n", WTERMSIG(status), said[0], said[1]);
  char byte;
  printf("at its end: %d, %s\n", (int)read(fds[0], &byte, 1), errorOf(wait(&status)));
}

static void told(const char *what, pid_t found, pid_t wanted) {
  printf("%s: %s", what, found == wanted ? "it" : found == 0 ? "nothing" : found < 0 ? name(errno) : "another");
  if (found == wanted && found > 0)
    printf(WIFSTOPPED(status) ? ", stopped %d" : WIFCONTINUED(status) ? ", continued" : WIFSIGNALED(status) ? ", killed %d" : ", exited %d",
           WIFSTOPPED(status) ? WSTOPSIG(status) : WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
  printf("\n");
}
static void settle(void) {
  for (int i = 0; i < 3; i++) usleep(1000);
}
static void info(const char *what, idtype_t which, id_t id, int options) {
  siginfo_t found;
  memset(&found, 0, sizeof found);
  int result = waitid(which, id, &found, options);
  if (result < 0) printf("%s: %s\n", what, name(errno));
  else if (found.si_pid == 0) printf("%s: nothing\n", what);
  else printf("%s: signo %d, code %d, status %d\n", what, found.si_signo, found.si_code, found.si_status);
}
static void waits(void) {
  fflush(stdout);
  pid_t pid = fork();
  if (pid == 0) for (;;) pause();
  setpgid(pid, pid);
  told("WNOHANG", waitpid(pid, &status, WNOHANG), pid);
  kill(pid, SIGSTOP);
  settle();
  told("stopped, without WUNTRACED", waitpid(pid, &status, WNOHANG), pid);
  info("WSTOPPED|WNOWAIT", P_PID, (id_t)pid, WSTOPPED | WNOWAIT);
  told("WUNTRACED", waitpid(pid, &status, WUNTRACED), pid);
  told("WUNTRACED again", waitpid(pid, &status, WUNTRACED | WNOHANG), pid);
  kill(pid, SIGCONT);
  told("WCONTINUED, its group", waitpid(-pid, &status, WCONTINUED), pid);
  told("another group", waitpid(0, &status, WNOHANG), pid);
  info("WEXITED|WNOHANG", P_ALL, 0, WEXITED | WNOHANG);
  kill(pid, SIGTERM);
  info("P_PGID", P_PGID, (id_t)pid, WEXITED | WNOWAIT);
  info("again", P_ALL, 0, WEXITED | WNOWAIT);
  told("__WALL", waitpid(-1, &status, __WALL), pid);
  told("nobody", waitpid(-1, &status, 0), pid);
  info("no option", P_ALL, 0, WNOHANG);
  told("a bad option", waitpid(-1, &status, 1 << 20), pid);
}

int main(int argc, char *argv[]) {
  const char *what = argc > 1 ? argv[1] : "";
  const unsigned count = argc > 2 ? (unsigned)atoi(argv[2]) : 0;
  setvbuf(stdout, NULL, _IOFBF, BUFSIZ);
  if (strcmp(what, "deep") == 0) deeply();
  else if (strcmp(what, "handler") == 0) inHandler();
  else if (strcmp(what, "busy") == 0) busy(count);
  else if (strcmp(what, "reap") == 0) reaped(count);
  else if (strcmp(what, "limit") == 0) limit();
  else if (strcmp(what, "lost") == 0) lost();
  else if (strcmp(what, "vfork") == 0) vforked();
  else if (strcmp(what, "script") == 0) scripts();
  else if (strcmp(what, "cloexec") == 0) closing();
  else if (strcmp(what, "orphan") == 0) orphans();
  else if (strcmp(what, "wait") == 0) waits();
  else if (strcmp(what, "open") == 0) {
    for (int i = 2; i < argc; i++) printf("%d: %s\n", i - 2, errorOf(fcntl(atoi(argv[i]), F_GETFD)));
  } else {
    for (int i = 0; i < argc; i++) printf("[%s]", argv[i]);
    printf("\n");
  }
  return 0;
}
