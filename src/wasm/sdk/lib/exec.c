/* The exec family of functions, exec(3): all of them end in the call execve, or execveat. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/raw.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wasi/libc-environ.h>

#define LINUX_AT_FDCWD (-100)
#define LINUX_AT_SYMLINK_NOFOLLOW 0x100

/* The directory chdir(2) went to: in wasi-libc, for preview1 knows none. */
extern char *__wasilibc_cwd;

int execve(const char *path, char *const argv[], char *const envp[]) {
  if (path == NULL || path[0] == '/' || path[0] == '\0' || strcmp(__wasilibc_cwd, "/") == 0)
    return __linux_result(__linux_execve(path, argv, envp));
  char absolute[PATH_MAX];
  const size_t directory = strlen(__wasilibc_cwd), rest = strlen(path);
  if (directory + 1 + rest >= sizeof absolute) {
    errno = ENAMETOOLONG;
    return -1;
  }
  memcpy(absolute, __wasilibc_cwd, directory);
  absolute[directory] = '/';
  memcpy(absolute + directory + 1, path, rest + 1);
  return __linux_result(__linux_execve(absolute, argv, envp));
}

int execveat(int dirfd, const char *path, char *const argv[], char *const envp[], int flags) {
  const int empty = flags & AT_EMPTY_PATH, nofollow = flags & AT_SYMLINK_NOFOLLOW ? LINUX_AT_SYMLINK_NOFOLLOW : 0;
  return __linux_result(
      __linux_execveat(dirfd == AT_FDCWD ? LINUX_AT_FDCWD : dirfd, path, argv, envp, empty | nofollow));
}

int fexecve(int fd, char *const argv[], char *const envp[]) {
  return __linux_result(__linux_execveat(fd, "", argv, envp, AT_EMPTY_PATH));
}

int execv(const char *path, char *const argv[]) { return execve(path, argv, __wasilibc_get_environ()); }

/* "The file is sought in the colon-separated list of directory pathnames specified in the PATH environment variable.
 * If this variable isn't defined, the path list defaults to a list that includes ... (/bin:/usr/bin)", "if permission
 * is denied for a file (EACCES), these functions will continue searching the rest of the search path" (exec(3)).
 */
int execvpe(const char *file, char *const argv[], char *const envp[]) {
  if (*file == '\0') {
    errno = ENOENT;
    return -1;
  }
  if (strchr(file, '/') != NULL) return execve(file, argv, envp);
  const char *path = getenv("PATH");
  if (path == NULL) path = "/bin:/usr/bin";
  const size_t length = strlen(file);
  int denied = 0;
  for (const char *end = path; *end != '\0'; path = end + 1) {
    end = strchrnul(path, ':');
    char candidate[PATH_MAX];
    const size_t directory = (size_t)(end - path);
    if (directory + 1 + length >= sizeof candidate) continue;
    memcpy(candidate, path, directory);
    candidate[directory] = '/';
    /* "a zero-length prefix indicates the current working directory" */
    char *name = directory == 0 ? candidate : candidate + directory + 1;
    memcpy(name, file, length + 1);
    execve(candidate, argv, envp);
    if (errno == EACCES) denied = 1;
    else if (errno != ENOENT && errno != ENOTDIR) return -1;
  }
  errno = denied ? EACCES : ENOENT;
  return -1;
}

int execvp(const char *file, char *const argv[]) { return execvpe(file, argv, __wasilibc_get_environ()); }

/* The arguments up to a null pointer, first `arg` itself; leaves `list` behind that pointer. */
#define COLLECT(arg, list, argv)                                            \
  va_list counted;                                                          \
  va_start(list, arg);                                                      \
  va_copy(counted, list);                                                   \
  int count = 1;                                                            \
  while (va_arg(counted, char *) != NULL) count++;                          \
  va_end(counted);                                                          \
  char *argv[count + 1];                                                    \
  argv[0] = (char *)(uintptr_t)arg;                                         \
  for (int i = 1; i <= count; i++) argv[i] = va_arg(list, char *)

int execl(const char *path, const char *arg, ...) {
  va_list list;
  COLLECT(arg, list, argv);
  va_end(list);
  return execv(path, argv);
}

int execlp(const char *file, const char *arg, ...) {
  va_list list;
  COLLECT(arg, list, argv);
  va_end(list);
  return execvp(file, argv);
}

int execle(const char *path, const char *arg, ...) {
  va_list list;
  COLLECT(arg, list, argv);
  char *const *envp = va_arg(list, char *const *);
  va_end(list);
  return execve(path, argv, envp);
}
