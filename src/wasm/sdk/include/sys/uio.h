#include_next <sys/uio.h>
#ifndef _LINUX_SDK_UIO_H
#define _LINUX_SDK_UIO_H

#ifdef __cplusplus
extern "C" {
#endif

#ifdef _GNU_SOURCE
ssize_t process_vm_readv(pid_t, const struct iovec *, unsigned long, const struct iovec *, unsigned long,
                         unsigned long);
ssize_t process_vm_writev(pid_t, const struct iovec *, unsigned long, const struct iovec *, unsigned long,
                          unsigned long);
#endif

#ifdef __cplusplus
}
#endif

#endif
