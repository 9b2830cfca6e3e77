/* asm-generic/ioctls.h: the requests of the `linux` table. */
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
#undef FIONREAD
#define FIONREAD 0x541b
#undef FIONBIO
#define FIONBIO 0x5421
#define FIONCLEX 0x5450
#define FIOCLEX 0x5451

#ifdef __cplusplus
}
#endif

#endif
