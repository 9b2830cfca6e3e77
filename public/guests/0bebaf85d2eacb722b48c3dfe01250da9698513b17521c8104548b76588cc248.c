/* vault: does its chores beside a lock, and one of them opens it by mistake. Which one, depends on their order.
 *
 * In the trace: the first line says where the lock is; then there is one fd_write for each chore. The lock is a byte
 * behind a shelf of sixteen. Every chore puts something on the shelf, and none looks whether there is room.
 *
 * To try: look at the byte at every call, then step through the one chore that changes it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

constexpr unsigned char locked = 1;

static struct {
  unsigned char shelf[16];
  unsigned char lock;
  unsigned char beyond[47]; /* an order of many chores stays in here */
} room = {.lock = locked};
static size_t next;

static unsigned dust(void) {
  unsigned specks = 0;
  for (unsigned i = 3; i < 60; i += 7) specks += i & 5;
  room.shelf[next++] = (unsigned char)specks;
  return specks;
}

static unsigned polish(void) {
  unsigned shine = 90;
  while (shine > 8) {
    shine -= shine / 4;
    if (shine % 3 == 0) room.shelf[next++] = (unsigned char)shine;
  }
  return shine;
}

static unsigned oil(void) {
  for (unsigned drop = 0; drop < 4; drop++) room.shelf[next++] = (unsigned char)('o' + drop);
  return 4;
}

static unsigned wind(void) {
  unsigned turns = 27;
  for (; turns != 1; turns = turns % 2 == 0 ? turns / 2 : 3 * turns + 1) {
    if (turns > 4000) room.shelf[next++] = (unsigned char)(turns / 64);
  }
  return turns;
}

static const struct {
  const char *name;
  unsigned (*work)(void);
} chores[] = {{"dust", dust}, {"polish", polish}, {"oil", oil}, {"wind", wind}};

static bool work(const char *name) {
  for (size_t i = 0; i < sizeof chores / sizeof chores[0]; i++) {
    if (strcmp(chores[i].name, name) != 0) continue;
    if (next + 8 > sizeof room.shelf + sizeof room.beyond) return false;
    printf("vault: %s: %u\n", name, chores[i].work());
    return true;
  }
  return false;
}

int main(int argc, char *argv[]) {
  setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
  printf("vault: the lock is at %p\n", (void *)&room.lock);
  for (int i = 1; i < argc; i++) {
    if (!work(argv[i])) {
      fprintf(stderr, "vault: %s cannot be done\n", argv[i]);
      return 2;
    }
  }
  printf("vault: in the evening the lock is %s\n", room.lock == locked ? "as it was" : "open");
  return room.lock == locked ? EXIT_SUCCESS : EXIT_FAILURE;
}
