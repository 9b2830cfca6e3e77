/* wasi-libc's FIONREAD and FIONBIO, and the terminal's requests, which go to the `linux` table. */
#include_next <sys/ioctl.h>
#ifndef _LINUX_SDK_IOCTL_H
#define _LINUX_SDK_IOCTL_H

#ifdef __cplusplus
extern "C" {
#endif

#define __NEED_struct_winsize
#include <bits/alltypes.h>

#define TIOCGPGRP 0x540f
#define TIOCSPGRP 0x5410
#define TIOCGWINSZ 0x5413
#define TIOCSWINSZ 0x5414

#ifdef __cplusplus
}
#endif

#endif
