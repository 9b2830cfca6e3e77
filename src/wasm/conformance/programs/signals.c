/* signals CASE: what signal(7) promises, a case at a time; each prints what it finds. */
#define _GNU_SOURCE
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile int seen[64], values[64], count, depth, most;

static void note(int signo, siginfo_t *info, void *context) {
  (void)context;
  if (count < 64) {
    seen[count] = signo;
    values[count] = info->si_value.sival_int;
  }
  count++;
}
static void handle(int signo, int flags, void (*handler)(int, siginfo_t *, void *)) {
  struct sigaction act = {.sa_flags = flags | SA_SIGINFO};
  act.sa_sigaction = handler;
  sigemptyset(&act.sa_mask);
  sigaction(signo, &act, NULL);
}
static sigset_t setOf(int a, int b) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, a);
  if (b != 0) sigaddset(&set, b);
  return set;
}
static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}
static void settle(void) {
  for (int i = 0; i < 3; i++) usleep(1000);
}
static const char *error(long result) {
  return result >= 0 ? "done" : errno == EINTR ? "EINTR" : errno == EAGAIN ? "EAGAIN" : errno == EPIPE ? "EPIPE" : "another";
}

static void realTime(void) {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, NULL);
  handle(SIGUSR1, 0, note);
  for (int i = 0; i < 3; i++) handle(SIGRTMIN + i, 0, note);
  for (int i = 0; i < 3; i++) {
    sigqueue(getpid(), SIGRTMIN + 2, (union sigval){.sival_int = 20 + i});
    sigqueue(getpid(), SIGRTMIN, (union sigval){.sival_int = i});
    sigqueue(getpid(), SIGUSR1, (union sigval){.sival_int = 90 + i});
  }
  sigemptyset(&all);
  sigprocmask(SIG_SETMASK, &all, NULL);
  /* They nest, the first that is taken outermost: the last one set up runs first. */
  for (int i = 0; i < count; i++) printf("%d:%d ", seen[i] >= SIGRTMIN ? seen[i] - SIGRTMIN + 100 : seen[i], values[i]);
  printf("\n");
}

/* A child writes a byte after the parent was interrupted. */
static void interrupted(const char *what, int flags) {
  int fds[2];
  pipe(fds);
  handle(SIGUSR1, flags, note);
  count = 0;
  fflush(stdout);
  pid_t pid = fork();
  if (pid == 0) {
    settle();
    kill(getppid(), SIGUSR1);
    settle();
    write(fds[1], "x", 1);
    _exit(0);
  }
  char byte = 0;
  ssize_t got = read(fds[0], &byte, 1);
  printf("%s: read %s, handled %d\n", what, error(got), count);
  while (waitpid(pid, NULL, 0) < 0);
}
static void restart(void) {
  interrupted("without SA_RESTART", 0);
  interrupted("with SA_RESTART", SA_RESTART);
  handle(SIGALRM, SA_RESTART, note);
  ualarm(20000, 0);
  const struct timespec second = {.tv_sec = 1};
  struct timespec left;
  int result = nanosleep(&second, &left);
  printf("a sleep is never restarted: %s, %lld ms left\n", error(result), left.tv_sec * 1000LL + (left.tv_nsec + 500000) / 1000000);
}

static void again(int signo, siginfo_t *info, void *context) {
  (void)info;
  (void)context;
  depth++;
  if (depth > most) most = depth;
  if (count++ < 4) raise(signo);
  depth--;
}
static void flags(void) {
  handle(SIGUSR1, 0, again);
  raise(SIGUSR1);
  printf("deferred: %d times, %d deep\n", count, most);
  count = most = 0;
  handle(SIGUSR1, SA_NODEFER, again);
  raise(SIGUSR1);
  printf("SA_NODEFER: %d times, %d deep\n", count, most);
  handle(SIGUSR2, (int)SA_RESETHAND, note);
  struct sigaction act;
  count = 0;
  raise(SIGUSR2);
  sigaction(SIGUSR2, NULL, &act);
  printf("SA_RESETHAND: %d, then %s\n", count, act.sa_handler == SIG_DFL ? "the default" : "a handler");
  fflush(stdout);
  int status;
  pid_t pid = fork();
  if (pid == 0) raise(SIGUSR2);
  waitpid(pid, &status, 0);
  printf("and then killed by %d\n", WTERMSIG(status));
}

static void suspended(void) {
  sigset_t blocked = setOf(SIGUSR1, SIGUSR2), open = setOf(SIGUSR2, 0), mask;
  sigprocmask(SIG_BLOCK, &blocked, NULL);
  handle(SIGUSR1, 0, note);
  handle(SIGUSR2, 0, note);
  raise(SIGUSR2);
  raise(SIGUSR1);
  printf("%s, ", error(sigsuspend(&open)));
  sigprocmask(SIG_BLOCK, NULL, &mask);
  printf("handled %d: %d; mask as before: %d\n", count, seen[0], sigismember(&mask, SIGUSR1) && sigismember(&mask, SIGUSR2));
  sigset_t pending;
  sigpending(&pending);
  printf("pending: %d %d\n", sigismember(&pending, SIGUSR1), sigismember(&pending, SIGUSR2));
}

static void timedWait(void) {
  sigset_t set = setOf(SIGRTMIN, SIGUSR1);
  sigprocmask(SIG_BLOCK, &set, NULL);
  siginfo_t info;
  const struct timespec tenth = {.tv_nsec = 100000000};
  long long begun = now();
  int result = sigtimedwait(&set, &info, &tenth);
  printf("nothing: %s after %lld ms\n", error(result), now() - begun);
  sigqueue(getpid(), SIGRTMIN, (union sigval){.sival_int = 5});
  result = sigtimedwait(&set, &info, &tenth);
  printf("queued: %d with %d\n", result - SIGRTMIN, info.si_value.sival_int);
  fflush(stdout);
  pid_t pid = fork();
  if (pid == 0) {
    settle();
    kill(getppid(), SIGUSR1);
    _exit(0);
  }
  result = sigwaitinfo(&set, &info);
  printf("from the child: %d, %d\n", result, info.si_pid == pid);
  wait(NULL);
  handle(SIGALRM, SA_RESTART, note);
  ualarm(10000, 0);
  printf("another signal: %s, handled %d\n", error(sigtimedwait(&set, &info, &tenth)), count);
}

static void alarms(void) {
  handle(SIGALRM, 0, note);
  long long begun = now();
  printf("left before: %u\n", alarm(2));
  int result = pause();
  printf("pause: %s after %lld ms\n", error(result), now() - begun);
  alarm(10);
  printf("left of ten: %u\n", alarm(0));
  const struct itimerval every = {{0, 50000}, {0, 100000}};
  begun = now();
  count = 0;
  setitimer(ITIMER_REAL, &every, NULL);
  while (count < 3) pause();
  printf("three of an interval: %lld ms\n", now() - begun);
  const struct itimerval off = {{0, 0}, {0, 0}};
  struct itimerval was;
  setitimer(ITIMER_REAL, &off, &was);
  printf("interval %ld us\n", (long)was.it_interval.tv_usec);
  /* A guest that only computes gets it, too: at the end of its slice of 8 ms. */
  ualarm(100000, 0);
  count = 0;
  begun = now();
  while (count == 0);
  printf("while computing: about %lld ms\n", (now() - begun) / 20 * 20);
}

static void pipes(void) {
  int fds[2];
  pipe(fds);
  close(fds[0]);
  fflush(stdout);
  int status;
  pid_t pid = fork();
  if (pid == 0) {
    write(fds[1], "x", 1);
    _exit(0);
  }
  waitpid(pid, &status, 0);
  printf("killed by %d\n", WTERMSIG(status));
  handle(SIGPIPE, SA_RESTART, note);
  ssize_t result = write(fds[1], "x", 1);
  printf("handled: %s, %d\n", error(result), count);
  signal(SIGPIPE, SIG_IGN);
  printf("ignored: %s\n", error(write(fds[1], "x", 1)));
}

static volatile int codes[8], statuses[8];
static void childNews(int signo, siginfo_t *info, void *context) {
  (void)signo;
  (void)context;
  if (count < 8) {
    codes[count] = info->si_code;
    statuses[count] = info->si_status;
  }
  count++;
}
static void children(void) {
  handle(SIGCHLD, SA_RESTART, childNews);
  fflush(stdout);
  pid_t pid = fork();
  if (pid == 0) for (;;) pause();
  kill(pid, SIGSTOP);
  settle();
  kill(pid, SIGCONT);
  settle();
  kill(pid, SIGTERM);
  while (waitpid(pid, NULL, 0) < 0);
  for (int i = 0; i < count; i++) printf("code %d, status %d\n", codes[i], statuses[i]);
  count = 0;
  handle(SIGCHLD, SA_NOCLDSTOP | SA_NOCLDWAIT, childNews);
  pid = fork();
  if (pid == 0) for (;;) pause();
  kill(pid, SIGSTOP);
  settle();
  kill(pid, SIGKILL);
  int result = waitpid(pid, NULL, 0);
  printf("SA_NOCLDSTOP|SA_NOCLDWAIT: %d, %s\n", count, errno == ECHILD && result < 0 ? "ECHILD" : "a status");
}

static void spinning(void) {
  int fds[2];
  pipe(fds);
  fflush(stdout);
  pid_t pid = fork();
  if (pid == 0) {
    handle(SIGUSR1, 0, note);
    write(fds[1], "r", 1);
    while (count < 3);
    _exit(count);
  }
  char byte;
  read(fds[0], &byte, 1);
  for (int i = 0; i < 3; i++) {
    kill(pid, SIGUSR1);
    settle();
  }
  int status;
  waitpid(pid, &status, 0);
  printf("left its loop with %d\n", WEXITSTATUS(status));
  pid = fork();
  if (pid == 0) for (;;) count++;
  kill(pid, SIGTERM);
  waitpid(pid, &status, 0);
  printf("killed by %d\n", WTERMSIG(status));
}

static void outer(int signo, siginfo_t *info, void *context) {
  (void)info;
  (void)context;
  printf("%d begins at %d\n", signo, depth++);
  if (signo < SIGALRM) raise(signo == SIGUSR1 ? SIGUSR2 : SIGALRM);
  printf("%d ends at %d\n", signo, --depth);
}
static void nested(void) {
  handle(SIGUSR1, 0, outer);
  handle(SIGUSR2, 0, outer);
  handle(SIGALRM, 0, outer);
  raise(SIGUSR1);
}

static sigjmp_buf back;
static void jump(int signo, siginfo_t *info, void *context) {
  (void)info;
  (void)context;
  count++;
  siglongjmp(back, signo);
}
static void jumps(int times) {
  handle(SIGUSR1, 0, jump);
  volatile int landed = 0, i;
  for (i = 0; i < times; i++) {
    if (sigsetjmp(back, 1) == 0) raise(SIGUSR1);
    else landed++;
  }
  volatile char here = 0;
  (void)here;
  sigset_t mask;
  sigprocmask(SIG_BLOCK, NULL, &mask);
  printf("%d of %d, blocked: %d\n", landed, count, sigismember(&mask, SIGUSR1));
  /* Who has jumped so often can still be made again. */
  fflush(stdout);
  pid_t pid = fork();
  if (pid == 0) {
    if (sigsetjmp(back, 1) == 0) raise(SIGUSR1);
    _exit(count == times + 1 ? 0 : 1);
  }
  int status;
  waitpid(pid, &status, 0);
  printf("child %d\n", WEXITSTATUS(status));
}

int main(int argc, char *argv[]) {
  const char *what = argc > 1 ? argv[1] : "";
  setvbuf(stdout, NULL, _IOFBF, BUFSIZ);
  if (strcmp(what, "rt") == 0) realTime();
  else if (strcmp(what, "restart") == 0) restart();
  else if (strcmp(what, "flags") == 0) flags();
  else if (strcmp(what, "suspend") == 0) suspended();
  else if (strcmp(what, "timedwait") == 0) timedWait();
  else if (strcmp(what, "alarm") == 0) alarms();
  else if (strcmp(what, "pipe") == 0) pipes();
  else if (strcmp(what, "child") == 0) children();
  else if (strcmp(what, "spin") == 0) spinning();
  else if (strcmp(what, "nested") == 0) nested();
  else if (strcmp(what, "jump") == 0) jumps(argc > 2 ? atoi(argv[2]) : 10);
  return 0;
}
