import type { CallClass } from '../syscall/row.ts'
import { linuxByName } from '../syscall/linux.ts'

/**
 * Calls of Linux on x86 and asm-generic by what they are about, beyond the table `linux`: for logs of real programs. Source: syscalls(2),
 * and strace's -e trace=%file, %desc, %process, %network.
 */
const NAMES: Readonly<Record<CallClass, string>> = {
  file: `access chdir chmod chown chroot creat faccessat faccessat2 fchmodat fchownat file_getattr futimesat getcwd getxattr
    inotify_add_watch lchown lgetxattr link linkat listxattr llistxattr lremovexattr lsetxattr lstat mkdir mkdirat mknod mknodat
    mount name_to_handle_at newfstatat open openat openat2 open_tree pivot_root quotactl readlink readlinkat removexattr rename
    renameat renameat2 rmdir setxattr stat statfs statx swapoff swapon symlink symlinkat truncate umount umount2 unlink unlinkat
    uselib utime utimensat utimes`,
  desc: `close_range copy_file_range epoll_create epoll_create1 epoll_ctl epoll_pwait epoll_pwait2 epoll_wait eventfd eventfd2
    fadvise64 fallocate fchdir fchmod fchown fdatasync fgetxattr flistxattr flock fremovexattr fsetxattr fstat fstatfs fsync
    ftruncate getdents getdents64 inotify_init inotify_init1 inotify_rm_watch io_uring_enter io_uring_register io_uring_setup lseek
    memfd_create open_by_handle_at pidfd_getfd pidfd_open ppoll pread64 preadv preadv2 pselect6 pwrite64 pwritev pwritev2 readv
    select sendfile signalfd signalfd4 splice sync_file_range syncfs tee timerfd_create timerfd_gettime timerfd_settime userfaultfd
    vmsplice writev`,
  process: `acct arch_prctl brk capget capset clone3 futex_waitv get_robust_list getcpu getegid geteuid getgid getgroups getitimer
    getpgrp getpriority getresgid getresuid getrlimit getrusage getuid ioprio_get ioprio_set kcmp madvise membarrier mincore mlock
    mlock2 mlockall mmap mprotect mremap msync munlock munlockall munmap personality pidfd_send_signal pkey_alloc pkey_free
    pkey_mprotect prlimit64 process_madvise rseq rt_sigreturn rt_tgsigqueueinfo sched_get_priority_max sched_get_priority_min
    sched_getaffinity sched_getattr sched_getparam sched_getscheduler sched_setaffinity sched_setattr sched_setparam
    sched_setscheduler set_robust_list setfsgid setfsuid setgid setgroups setns setpriority setregid setresgid setresuid setreuid
    setrlimit setuid shmat shmctl shmdt shmget sigreturn sysinfo umask uname unshare waitpid`,
  time: `adjtimex clock_adjtime clock_getres clock_settime gettimeofday settimeofday time timer_create timer_delete timer_getoverrun
    timer_gettime timer_settime times`,
  random: '',
  socket: `accept accept4 bind connect getpeername getsockname getsockopt listen recvfrom recvmmsg recvmsg sendmmsg sendmsg sendto
    setsockopt shutdown socket socketpair`,
}

const CLASSES: ReadonlyMap<string, CallClass> = new Map(
  Object.entries(NAMES).flatMap(([cls, text]) => text.split(/\s+/).map((name) => [name, cls as CallClass] as const)),
)

/** What a call of Linux is about, by its name; undefined for one that we have never heard of. */
export const linuxClass = (name: string): CallClass | undefined => linuxByName.get(name)?.class ?? CLASSES.get(name)
