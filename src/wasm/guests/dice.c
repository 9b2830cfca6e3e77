/* dice: throws COUNT dice (5 if not given) and prints them with their sum.
 *
 * In the trace: one random_get of one byte per throw. 256 is not a multiple of 6, so bytes from 252 on
 * would make the low numbers likelier: they are thrown away, and random_get is simply called again.
 *
 * To try: skip every random_get and poke the byte 5 instead. Sixes for ever. Then poke 255.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

constexpr unsigned sides = 6;
constexpr unsigned fair = 256 / sides * sides; // bytes below this are spread evenly over the sides

static int complain(const char *what) {
  fprintf(stderr, "dice: %s: %s\n", what, strerror(errno));
  return EXIT_FAILURE;
}

/* Returns 1 to 6, or 0 if there is no randomness to be had. */
static unsigned throw_die(void) {
  unsigned char byte;
  do {
    if (getentropy(&byte, sizeof byte) != 0) return 0;
  } while (byte >= fair);
  return byte % sides + 1;
}

int main(int argc, char *argv[]) {
  char *end = "";
  const long count = argc > 1 ? strtol(argv[1], &end, 10) : 5;
  if (argc > 2 || *end != '\0' || count < 1 || count > 1'000'000) {
    fputs("usage: dice [COUNT]\n", stderr);
    return 2;
  }
  unsigned sum = 0;
  for (long i = 0; i < count; i++) {
    const unsigned spots = throw_die();
    if (spots == 0) return complain("getentropy");
    sum += spots;
    printf("%s%u", i == 0 ? "" : " + ", spots);
  }
  printf(" = %u\n", sum);
  if (fflush(stdout) != 0 || ferror(stdout)) return complain("standard output");
  return EXIT_SUCCESS;
}
