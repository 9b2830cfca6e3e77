/* crew: three threads that count together, under a mutex made of a futex.
 *
 * In the trace: clone, three times, with CLONE_VM and CLONE_THREAD: the tracks share one memory. Who finds the mutex taken
 * waits in futex(FUTEX_WAIT) until its owner has left and calls FUTEX_WAKE; who finds it free makes no call at all. The
 * end of a thread is a futex, too: CLONE_CHILD_CLEARTID writes a 0 and wakes who waits for it.
 *
 * To try: skip one FUTEX_WAKE, and see who waits for whom.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/futex.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

constexpr int hands = 3, turns = 4, stack_size = 16'384;
constexpr int thread = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;

/* Drepper, "Futexes Are Tricky", mutex 2: 0 free, 1 taken, 2 taken and somebody waits. */
static atomic_int mutex;
static int total, ended[hands];
alignas(16) static char stacks[hands][stack_size];

static void take(void) {
  int was = 0;
  if (atomic_compare_exchange_strong(&mutex, &was, 1)) return;
  while (was == 2 || atomic_exchange(&mutex, 2) != 0) {
    syscall(SYS_futex, &mutex, FUTEX_WAIT, 2, nullptr);
    was = 0;
  }
}

static void leave(void) {
  if (atomic_exchange(&mutex, 0) == 2) syscall(SYS_futex, &mutex, FUTEX_WAKE, 1);
}

/* Between reading and writing it gives the others a turn: without the mutex it would overwrite what they have added. */
static int work(void *) {
  for (int i = 0; i < turns; i++) {
    take();
    const int seen = total;
    sched_yield();
    total = seen + 1;
    leave();
  }
  return 0;
}

int main(void) {
  for (int i = 0; i < hands; i++) {
    ended[i] = 1;
    const int tid = clone(work, stacks[i] + stack_size, thread | CLONE_CHILD_CLEARTID, nullptr, nullptr, nullptr, &ended[i]);
    if (tid > 0) continue;
    fprintf(stderr, "crew: clone: %s\n", strerror(errno));
    return EXIT_FAILURE;
  }
  for (int i = 0; i < hands; i++) {
    while (*(volatile int *)&ended[i] != 0) syscall(SYS_futex, &ended[i], FUTEX_WAIT, 1, nullptr);
  }
  printf("crew: %d hands, %d turns each: %d\n", hands, turns, total);
  return total == hands * turns ? EXIT_SUCCESS : EXIT_FAILURE;
}
