/* wasi-libc's errno.h and what it lacks. The numbers are those of src/engine/abi/errno.ts, which counts from 200. */
#include_next <errno.h>
#ifndef _LINUX_SDK_ERRNO_H
#define _LINUX_SDK_ERRNO_H

#define ENODATA 200
#define EMEDIUMTYPE 201
#define ENOMEDIUM 202
#define ETIME 203
#define EREMOTEIO 204
#define ENOTUNIQ 205
#define EUSERS 206
#define ESHUTDOWN 207
#define EHOSTDOWN 208
#define ENOTBLK 209

#define EDEADLOCK EDEADLK

#endif
