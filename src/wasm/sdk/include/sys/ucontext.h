/* A stack of WebAssembly cannot be saved or swapped: of ucontext.h only the types are here. */
#include <signal.h>
