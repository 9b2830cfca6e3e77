/* family: forks three children that do different things, and waits until the last of them is gone.
 *
 * In the trace: three forks, each a track of its own. The first child sleeps and exits with 7, the second executes
 * another program (/bin/hello), the third kills itself. wait4 gives them back in the order in which they end, not in
 * that of their birth, and its status says how each ended.
 *
 * To try: let one fork fail with EAGAIN, or let a child's exit status be another.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const struct timespec a_moment = {.tv_nsec = 20'000'000};

static int sleeps(void) {
  nanosleep(&a_moment, nullptr);
  return 7;
}

static int executes(void) {
  execl("/bin/hello", "hello", (char *)nullptr);
  fprintf(stderr, "family: /bin/hello: %s\n", strerror(errno));
  return 127;
}

static int dies(void) {
  raise(SIGTERM);
  return EXIT_SUCCESS;
}

static const struct {
  const char *name;
  int (*life)(void);
} children[] = {{"the sleeper", sleeps}, {"the actor", executes}, {"the short-lived", dies}};
constexpr int count = sizeof children / sizeof children[0];

static void tell(const char *name, int status) {
  if (WIFEXITED(status)) printf("family: %s has exited with %d\n", name, WEXITSTATUS(status));
  else if (WIFSIGNALED(status)) printf("family: %s was killed: %s\n", name, strsignal(WTERMSIG(status)));
}

int main(void) {
  pid_t pids[count];
  for (int i = 0; i < count; i++) {
    pids[i] = fork();
    if (pids[i] == 0) _exit(children[i].life());
    if (pids[i] < 0) fprintf(stderr, "family: %s was not born: %s\n", children[i].name, strerror(errno));
  }
  int status;
  for (pid_t pid; (pid = wait(&status)) > 0;) {
    for (int i = 0; i < count; i++) if (pids[i] == pid) tell(children[i].name, status);
  }
  return errno == ECHILD ? EXIT_SUCCESS : EXIT_FAILURE;
}
