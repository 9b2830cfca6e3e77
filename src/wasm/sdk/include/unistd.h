/* wasi-libc's unistd.h, and what it leaves out because preview1 has no processes, signals and pipes. */
#include_next <unistd.h>
#ifndef _LINUX_SDK_UNISTD_H
#define _LINUX_SDK_UNISTD_H

#ifdef __cplusplus
extern "C" {
#endif

int pipe(int[2]);
int dup(int);
int dup2(int, int);

unsigned alarm(unsigned);
int pause(void);

pid_t fork(void);
int execve(const char *, char *const[], char *const[]);
int execv(const char *, char *const[]);
int execle(const char *, const char *, ...);
int execl(const char *, const char *, ...);
int execvp(const char *, char *const[]);
int execlp(const char *, const char *, ...);
int fexecve(int, char *const[], char *const[]);

pid_t getppid(void);
pid_t getpgrp(void);
pid_t getpgid(pid_t);
int setpgid(pid_t, pid_t);
pid_t setsid(void);
pid_t getsid(pid_t);
pid_t tcgetpgrp(int);
int tcsetpgrp(int, pid_t);

uid_t getuid(void);
uid_t geteuid(void);
gid_t getgid(void);
gid_t getegid(void);

#if defined(_XOPEN_SOURCE) || defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
pid_t setpgrp(void);
#endif

#if defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
pid_t vfork(void);
long syscall(long, ...);
int execvpe(const char *, char *const[], char *const[]);
#endif

#ifdef _GNU_SOURCE
int pipe2(int[2], int);
int dup3(int, int, int);
int execveat(int, const char *, char *const[], char *const[], int);
pid_t gettid(void);
#endif

#ifdef __cplusplus
}
#endif

#endif
