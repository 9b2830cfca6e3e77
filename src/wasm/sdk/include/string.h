#include_next <string.h>
#ifndef _LINUX_SDK_STRING_H
#define _LINUX_SDK_STRING_H

#ifdef __cplusplus
extern "C" {
#endif

char *strsignal(int);
#ifdef _GNU_SOURCE
const char *sigabbrev_np(int);
const char *sigdescr_np(int);
#endif

#ifdef __cplusplus
}
#endif

#endif
