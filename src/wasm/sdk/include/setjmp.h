/* wasi-libc's setjmp.h (the modules use exceptions for it), and sigsetjmp(3), which keeps the signal mask as well. */
#include_next <setjmp.h>
#ifndef _LINUX_SDK_SETJMP_H
#define _LINUX_SDK_SETJMP_H

#ifdef __cplusplus
extern "C" {
#endif

void __linux_sigjmp_save(sigjmp_buf, int);
#define sigsetjmp(env, savesigs) (__linux_sigjmp_save(env, savesigs), setjmp(env))

#ifdef __cplusplus
}
#endif

#endif
