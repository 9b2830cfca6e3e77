/* The import module `linux`, one row per call: abi.md's table. No include guard: define
 * LINUX_CALL(number, name, arity, parameters) and include it. Numbers are asm-generic's, and asm-generic's former
 * ones from 1040 on. Every parameter and every result is an i32; the result is the value or -errno.
 */
/* processes */
LINUX_CALL(1079, fork, 0, (void))
LINUX_CALL(1071, vfork, 0, (void))
LINUX_CALL(220, clone, 7,
           (unsigned long flags, void *stack_top, int *parent_tid, void *tls, int *child_tid,
            int (*fn)(void *), void *arg))
LINUX_CALL(221, execve, 3, (const char *path, char *const *argv, char *const *envp))
LINUX_CALL(281, execveat, 5, (int dirfd, const char *path, char *const *argv, char *const *envp, int flags))
LINUX_CALL(93, exit, 1, (int status))
LINUX_CALL(94, exit_group, 1, (int status))
LINUX_CALL(260, wait4, 4, (int pid, int *status, int options, struct rusage *usage))
LINUX_CALL(95, waitid, 5, (int which, int id, siginfo_t *info, int options, struct rusage *usage))
LINUX_CALL(172, getpid, 0, (void))
LINUX_CALL(173, getppid, 0, (void))
LINUX_CALL(178, gettid, 0, (void))
LINUX_CALL(96, set_tid_address, 1, (int *child_tid))
LINUX_CALL(154, setpgid, 2, (int pid, int pgid))
LINUX_CALL(155, getpgid, 1, (int pid))
LINUX_CALL(157, setsid, 0, (void))
LINUX_CALL(156, getsid, 1, (int pid))
LINUX_CALL(167, prctl, 5,
           (int option, unsigned long arg2, unsigned long arg3, unsigned long arg4, unsigned long arg5))
/* signals */
LINUX_CALL(129, kill, 2, (int pid, int signo))
LINUX_CALL(130, tkill, 2, (int tid, int signo))
LINUX_CALL(131, tgkill, 3, (int tgid, int tid, int signo))
LINUX_CALL(134, rt_sigaction, 4,
           (int signo, const struct kernel_sigaction *act, struct kernel_sigaction *oldact, unsigned long size))
LINUX_CALL(135, rt_sigprocmask, 4, (int how, const sigset_t *set, sigset_t *oldset, unsigned long size))
LINUX_CALL(136, rt_sigpending, 2, (sigset_t *set, unsigned long size))
LINUX_CALL(137, rt_sigtimedwait, 4,
           (const sigset_t *set, siginfo_t *info, const struct timespec *timeout, unsigned long size))
LINUX_CALL(133, rt_sigsuspend, 2, (const sigset_t *mask, unsigned long size))
LINUX_CALL(138, rt_sigqueueinfo, 3, (int tgid, int signo, const siginfo_t *info))
LINUX_CALL(132, sigaltstack, 2, (const stack_t *stack, stack_t *old))
LINUX_CALL(1061, pause, 0, (void))
LINUX_CALL(1059, alarm, 1, (unsigned seconds))
LINUX_CALL(103, setitimer, 3, (int which, const struct itimerval *value, struct itimerval *old))
LINUX_CALL(128, restart_syscall, 0, (void))
/* descriptors */
LINUX_CALL(63, read, 3, (int fd, void *buf, unsigned long count))
LINUX_CALL(64, write, 3, (int fd, const void *buf, unsigned long count))
LINUX_CALL(57, close, 1, (int fd))
LINUX_CALL(23, dup, 1, (int fd))
LINUX_CALL(1041, dup2, 2, (int oldfd, int newfd))
LINUX_CALL(24, dup3, 3, (int oldfd, int newfd, int flags))
LINUX_CALL(1040, pipe, 1, (int *fds))
LINUX_CALL(59, pipe2, 2, (int *fds, int flags))
LINUX_CALL(25, fcntl, 3, (int fd, int cmd, unsigned long arg))
LINUX_CALL(29, ioctl, 3, (int fd, unsigned long request, void *arg))
LINUX_CALL(1068, poll, 3, (void *fds, unsigned long count, int timeout_ms))
/* time, chance */
LINUX_CALL(113, clock_gettime, 2, (int clock, struct timespec *time))
LINUX_CALL(115, clock_nanosleep, 4, (int clock, int flags, const struct timespec *request, struct timespec *remain))
LINUX_CALL(101, nanosleep, 2, (const struct timespec *request, struct timespec *remain))
LINUX_CALL(278, getrandom, 3, (void *buf, unsigned long count, unsigned flags))
LINUX_CALL(124, sched_yield, 0, (void))
LINUX_CALL(98, futex, 6,
           (int *word, int op, int value, const struct timespec *timeout, int *word2, int value3))
/* tracing */
LINUX_CALL(117, ptrace, 4, (long request, long pid, void *addr, void *data))
LINUX_CALL(270, process_vm_readv, 6,
           (int pid, const struct iovec *local, unsigned long local_count, const struct iovec *remote,
            unsigned long remote_count, unsigned long flags))
LINUX_CALL(271, process_vm_writev, 6,
           (int pid, const struct iovec *local, unsigned long local_count, const struct iovec *remote,
            unsigned long remote_count, unsigned long flags))
LINUX_CALL(277, seccomp, 3, (unsigned operation, unsigned flags, void *args))
