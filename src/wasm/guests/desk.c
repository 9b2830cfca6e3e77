/* desk: gives visitors a level and a name, and lets them in. One name is too long, and somebody else pays for it.
 *
 * In the trace: the levels are read from one file, then each name from a file of its own, and the book is filled from
 * its last line upwards. When all are there, every visitor is greeted. The mistake is made in between, in its own
 * memory, where no call is to be seen; it shows only when the visitors are greeted.
 *
 * To try: go to the end, select the byte that the message names, and ask who wrote it last.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

constexpr int visitors = 4;

static struct {
  char names[visitors][12];
  char levels[visitors];
} desk;

static bool slurp(const char *path, char *text, size_t size) {
  const int fd = open(path, O_RDONLY);
  if (fd < 0) return false;
  const ssize_t count = read(fd, text, size - 1);
  text[count > 0 ? count : 0] = '\0';
  return close(fd) == 0 && count >= 0;
}

static void assign(const char *levels) {
  for (int i = 0; i < visitors; i++) desk.levels[i] = levels[i];
}

static void tidy(char *line) {
  for (; *line != '\0' && *line != '\n'; line++) if (*line == '_') *line = ' ';
  *line = '\0';
}

static void enter(char *name, const char *line) {
  while ((*name++ = *line++) != '\0') {}
}

static void shorten(char *name) {
  for (char *end = name; *end != '\0'; end++) if (*end == ' ') *end = '.';
}

static bool greet(int i) {
  const char level = desk.levels[i];
  if (level == 'G' || level == 'S') {
    printf("desk: good morning, %s (%s)\n", desk.names[i], level == 'G' ? "guest" : "staff");
    return true;
  }
  printf("desk: %s, your level is %d? (It is at %p.)\n", desk.names[i], level, (void *)&desk.levels[i]);
  return false;
}

int main(void) {
  setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
  char text[64];
  bool good = slurp("/desk/levels", text, sizeof text) && strlen(text) >= visitors;
  if (good) assign(text);
  for (int i = visitors; good && i-- > 0;) {
    const char path[] = {'/', 'd', 'e', 's', 'k', '/', (char)('1' + i), '\0'};
    good = slurp(path, text, sizeof text);
    tidy(text);
    enter(desk.names[i], text);
    shorten(desk.names[i]);
  }
  if (!good) {
    fprintf(stderr, "desk: %s\n", strerror(errno));
    return EXIT_FAILURE;
  }
  for (int i = 0; i < visitors; i++) good = greet(i) && good;
  return good ? EXIT_SUCCESS : 3;
}
