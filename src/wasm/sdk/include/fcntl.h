/* wasi-libc's fcntl.h with a close-on-exec flag: there it is 0, as preview1 has no exec. */
#include_next <fcntl.h>
#ifndef _LINUX_SDK_FCNTL_H
#define _LINUX_SDK_FCNTL_H

/* A bit that wasi-libc's open() gives no meaning. */
#undef O_CLOEXEC
#define O_CLOEXEC 0x40000000

#define F_DUPFD 0
#ifndef F_DUPFD_CLOEXEC
#define F_DUPFD_CLOEXEC 1030
#endif
#ifdef _GNU_SOURCE
#define F_SETPIPE_SZ 1031
#define F_GETPIPE_SZ 1032
#endif
#ifndef AT_EMPTY_PATH
#define AT_EMPTY_PATH 0x1000
#endif

#endif
