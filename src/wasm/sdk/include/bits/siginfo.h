/* siginfo_t as on a 32-bit Linux: 128 bytes, the union at 12 (include/uapi/asm-generic/siginfo.h). */
union sigval {
  int sival_int;
  void *sival_ptr;
};
typedef union sigval sigval_t;

typedef struct siginfo {
  int si_signo, si_errno, si_code;
  union {
    char __pad[116];
    struct {
      int __pid;
      unsigned __uid;
    } __kill;
    struct {
      int __timerid, __overrun;
      union sigval __value;
    } __timer;
    struct {
      int __pid;
      unsigned __uid;
      union sigval __value;
    } __rt;
    struct {
      int __pid;
      unsigned __uid;
      int __status;
      long __utime, __stime;
    } __sigchld;
    struct {
      void *__addr;
      union {
        short __addr_lsb;
        struct {
          void *__dummy, *__lower, *__upper;
        } __bounds;
      } __more;
    } __sigfault;
    struct {
      long __band;
      int __fd;
    } __sigpoll;
    struct {
      void *__call_addr;
      int __syscall;
      unsigned __arch;
    } __sigsys;
  } __fields;
} siginfo_t;

#define si_pid __fields.__kill.__pid
#define si_uid __fields.__kill.__uid
#define si_timerid __fields.__timer.__timerid
#define si_overrun __fields.__timer.__overrun
#define si_status __fields.__sigchld.__status
#define si_utime __fields.__sigchld.__utime
#define si_stime __fields.__sigchld.__stime
#define si_value __fields.__rt.__value
#define si_int __fields.__rt.__value.sival_int
#define si_ptr __fields.__rt.__value.sival_ptr
#define si_addr __fields.__sigfault.__addr
#define si_addr_lsb __fields.__sigfault.__more.__addr_lsb
#define si_lower __fields.__sigfault.__more.__bounds.__lower
#define si_upper __fields.__sigfault.__more.__bounds.__upper
#define si_band __fields.__sigpoll.__band
#define si_fd __fields.__sigpoll.__fd
#define si_call_addr __fields.__sigsys.__call_addr
#define si_syscall __fields.__sigsys.__syscall
#define si_arch __fields.__sigsys.__arch

#define SI_USER 0
#define SI_KERNEL 0x80
#define SI_QUEUE (-1)
#define SI_TIMER (-2)
#define SI_MESGQ (-3)
#define SI_ASYNCIO (-4)
#define SI_SIGIO (-5)
#define SI_TKILL (-6)
#define SI_DETHREAD (-7)
#define SI_ASYNCNL (-60)

#define ILL_ILLOPC 1
#define ILL_ILLOPN 2
#define ILL_ILLADR 3
#define ILL_ILLTRP 4
#define ILL_PRVOPC 5
#define ILL_PRVREG 6
#define ILL_COPROC 7
#define ILL_BADSTK 8

#define FPE_INTDIV 1
#define FPE_INTOVF 2
#define FPE_FLTDIV 3
#define FPE_FLTOVF 4
#define FPE_FLTUND 5
#define FPE_FLTRES 6
#define FPE_FLTINV 7
#define FPE_FLTSUB 8

#define SEGV_MAPERR 1
#define SEGV_ACCERR 2
#define SEGV_BNDERR 3
#define SEGV_PKUERR 4

#define BUS_ADRALN 1
#define BUS_ADRERR 2
#define BUS_OBJERR 3

#define TRAP_BRKPT 1
#define TRAP_TRACE 2
#define TRAP_BRANCH 3
#define TRAP_HWBKPT 4
#define TRAP_UNK 5

#define CLD_EXITED 1
#define CLD_KILLED 2
#define CLD_DUMPED 3
#define CLD_TRAPPED 4
#define CLD_STOPPED 5
#define CLD_CONTINUED 6

#define POLL_IN 1
#define POLL_OUT 2
#define POLL_MSG 3
#define POLL_ERR 4
#define POLL_PRI 5
#define POLL_HUP 6

#define SYS_SECCOMP 1
#define SYS_USER_DISPATCH 2
