/* posix_spawn(3) over fork: the child cannot write into its parent's memory here, not even after vfork, so an error
 * before or in the exec comes back through a pipe that a successful exec closes.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/raw.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct __spawn_action {
  struct __spawn_action *next;
  enum { ACTION_OPEN, ACTION_CLOSE, ACTION_DUP2 } kind;
  int fd, from, flags;
  mode_t mode;
  char path[];
};

int posix_spawnattr_init(posix_spawnattr_t *attr) {
  memset(attr, 0, sizeof *attr);
  return 0;
}
int posix_spawnattr_destroy(posix_spawnattr_t *attr) {
  (void)attr;
  return 0;
}
int posix_spawnattr_setflags(posix_spawnattr_t *attr, short flags) {
  const int known = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID;
  if (flags & ~known) return EINVAL;
  attr->__flags = flags;
  return 0;
}
int posix_spawnattr_getflags(const posix_spawnattr_t *restrict attr, short *restrict flags) {
  *flags = (short)attr->__flags;
  return 0;
}
int posix_spawnattr_setpgroup(posix_spawnattr_t *attr, pid_t pgrp) {
  attr->__pgrp = pgrp;
  return 0;
}
int posix_spawnattr_getpgroup(const posix_spawnattr_t *restrict attr, pid_t *restrict pgrp) {
  *pgrp = attr->__pgrp;
  return 0;
}
int posix_spawnattr_setsigmask(posix_spawnattr_t *restrict attr, const sigset_t *restrict set) {
  attr->__mask = *set;
  return 0;
}
int posix_spawnattr_getsigmask(const posix_spawnattr_t *restrict attr, sigset_t *restrict set) {
  *set = attr->__mask;
  return 0;
}
int posix_spawnattr_setsigdefault(posix_spawnattr_t *restrict attr, const sigset_t *restrict set) {
  attr->__def = *set;
  return 0;
}
int posix_spawnattr_getsigdefault(const posix_spawnattr_t *restrict attr, sigset_t *restrict set) {
  *set = attr->__def;
  return 0;
}

int posix_spawn_file_actions_init(posix_spawn_file_actions_t *actions) {
  actions->__first = actions->__last = NULL;
  return 0;
}
int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *actions) {
  for (struct __spawn_action *action = actions->__first, *next; action != NULL; action = next) {
    next = action->next;
    free(action);
  }
  return 0;
}

static int append(posix_spawn_file_actions_t *actions, struct __spawn_action as, const char *path) {
  struct __spawn_action *action = malloc(sizeof as + strlen(path) + 1);
  if (action == NULL) return ENOMEM;
  *action = as;
  strcpy(action->path, path);
  if (actions->__last == NULL) actions->__first = action;
  else actions->__last->next = action;
  actions->__last = action;
  return 0;
}
int posix_spawn_file_actions_addopen(posix_spawn_file_actions_t *restrict actions, int fd, const char *restrict path,
                                     int flags, mode_t mode) {
  return append(actions, (struct __spawn_action){.kind = ACTION_OPEN, .fd = fd, .flags = flags, .mode = mode}, path);
}
int posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *actions, int fd) {
  return append(actions, (struct __spawn_action){.kind = ACTION_CLOSE, .fd = fd}, "");
}
int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *actions, int from, int fd) {
  return append(actions, (struct __spawn_action){.kind = ACTION_DUP2, .fd = fd, .from = from}, "");
}

static int perform(const struct __spawn_action *action) {
  if (action->kind == ACTION_CLOSE) return close(action->fd);
  if (action->kind == ACTION_DUP2) {
    /* "If both are equal, it is an indication that the descriptor shall be inherited": POSIX.1-2024. */
    return action->from == action->fd ? fcntl(action->fd, F_SETFD, 0) : dup2(action->from, action->fd);
  }
  const int opened = open(action->path, action->flags, action->mode);
  if (opened < 0 || opened == action->fd) return opened;
  const int moved = dup2(opened, action->fd);
  close(opened);
  return moved;
}

static int prepare(const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attr) {
  const int flags = attr == NULL ? 0 : attr->__flags;
  if (flags & POSIX_SPAWN_SETSIGDEF) {
    const struct kernel_sigaction standard = {0};
    for (int signo = 1; signo < _NSIG; signo++)
      if (sigismember(&attr->__def, signo)) __linux_rt_sigaction(signo, &standard, NULL, LINUX_SIGSET_SIZE);
  }
  if ((flags & POSIX_SPAWN_SETSID) && setsid() < 0) return -1;
  if ((flags & POSIX_SPAWN_SETPGROUP) && setpgid(0, attr->__pgrp) < 0) return -1;
  for (const struct __spawn_action *action = actions == NULL ? NULL : actions->__first; action; action = action->next)
    if (perform(action) < 0) return -1;
  if (flags & POSIX_SPAWN_SETSIGMASK) return sigprocmask(SIG_SETMASK, &attr->__mask, NULL);
  return 0;
}

/* The pipe's end in the child, out of the way of what the actions name. */
static int above(const posix_spawn_file_actions_t *actions, int fd) {
  int lowest = 0;
  for (const struct __spawn_action *action = actions == NULL ? NULL : actions->__first; action; action = action->next)
    if (action->fd >= lowest) lowest = action->fd + 1;
  return fcntl(fd, F_DUPFD_CLOEXEC, lowest);
}

static int spawn(pid_t *pid, const char *file, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attr,
                 char *const argv[], char *const envp[], int (*exec)(const char *, char *const[], char *const[])) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) < 0) return errno;
  const pid_t child = fork();
  if (child == 0) {
    const int end = above(actions, ends[1]);
    close(ends[0]);
    close(ends[1]);
    if (end >= 0 && prepare(actions, attr) == 0) exec(file, argv, envp);
    write(end, &errno, sizeof errno);
    _exit(127);
  }
  int error = child < 0 ? errno : 0;
  close(ends[1]);
  if (child > 0) {
    ssize_t got;
    do got = read(ends[0], &error, sizeof error);
    while (got < 0 && errno == EINTR);
    if (got == sizeof error) waitpid(child, NULL, 0);
  }
  close(ends[0]);
  if (error == 0 && pid != NULL) *pid = child;
  return error;
}

int posix_spawn(pid_t *restrict pid, const char *restrict path, const posix_spawn_file_actions_t *actions,
                const posix_spawnattr_t *restrict attr, char *const argv[], char *const envp[]) {
  return spawn(pid, path, actions, attr, argv, envp, execve);
}

int posix_spawnp(pid_t *restrict pid, const char *restrict file, const posix_spawn_file_actions_t *actions,
                 const posix_spawnattr_t *restrict attr, char *const argv[], char *const envp[]) {
  return spawn(pid, file, actions, attr, argv, envp, execvpe);
}
