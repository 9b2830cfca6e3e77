/* siglongjmp(3) "restores the process's signal mask if it was saved by sigsetjmp": beside what setjmp keeps. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>
#include <string.h>

void __linux_sigjmp_save(sigjmp_buf env, int savesigs) {
  sigset_t mask;
  env->__fl = savesigs != 0;
  if (!savesigs) return;
  sigprocmask(SIG_SETMASK, NULL, &mask);
  memcpy(env->__ss, &mask, sizeof mask);
}

_Noreturn void siglongjmp(sigjmp_buf env, int value) {
  sigset_t mask;
  memcpy(&mask, env->__ss, sizeof mask);
  if (env->__fl) sigprocmask(SIG_SETMASK, &mask, NULL);
  longjmp(env, value);
}
