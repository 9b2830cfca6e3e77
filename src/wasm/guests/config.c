/* config: reads its settings from /etc/app.conf, a symbolic link, and says how it got there.
 *
 * In the trace: path_readlink once for each link on the way, and a last one that fails with inval: that
 * is how a program learns that it stands before something else than a link. Then a single path_open with
 * SYMLINK_FOLLOW, in which the kernel walks the same way again by itself.
 *
 * To try: skip the first path_readlink and poke another target. What config says and what it reads
 * differ, because the two walks are separate: someone may change a link between them.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char start[] = "/etc/app.conf";
constexpr int most_links = 8;

static bool complain(const char *name) {
  fflush(stdout); // so that messages and lines stand in the order in which they were found
  fprintf(stderr, "config: %s: %s\n", name, strerror(errno));
  return false;
}

/* Replaces the last part of `path` by `target`, or all of it if target is absolute. */
static bool follow(char path[static PATH_MAX], const char *target) {
  char *slash = strrchr(path, '/');
  char *from = *target == '/' || slash == nullptr ? path : slash + 1;
  const size_t room = PATH_MAX - (size_t)(from - path);
  if (strlen(target) < room) {
    strcpy(from, target);
    return true;
  }
  errno = ENAMETOOLONG;
  return complain(target);
}

static bool show_way(void) {
  char path[PATH_MAX];
  strcpy(path, start);
  for (int links = 0; links <= most_links; links++) {
    char target[PATH_MAX];
    const ssize_t length = readlink(path, target, sizeof target - 1);
    if (length < 0) return errno == EINVAL || complain(path);
    target[length] = '\0';
    printf("%s -> %s\n", path, target);
    if (!follow(path, target)) return false;
  }
  errno = ELOOP;
  return complain(start);
}

static char *trimmed(char *text) {
  text += strspn(text, " \t");
  size_t length = strlen(text);
  while (length > 0 && strchr(" \t\n", text[length - 1]) != nullptr) length--;
  text[length] = '\0';
  return text;
}

/* Lines are `key = value`; what follows a # is a remark. */
static bool show_setting(char *line, unsigned number) {
  line[strcspn(line, "#")] = '\0';
  char *key = trimmed(line);
  if (*key == '\0') return true;

  char *equals = strchr(key, '=');
  if (equals == nullptr || equals == key) {
    fflush(stdout);
    fprintf(stderr, "config: %s:%u: not of the form key = value\n", start, number);
    return false;
  }
  *equals = '\0';
  printf("%s = %s\n", trimmed(key), trimmed(equals + 1));
  return true;
}

static bool show_settings(void) {
  FILE *file = fopen(start, "r");
  if (file == nullptr) return complain(start);

  bool good = true;
  char line[256];
  for (unsigned number = 1; fgets(line, sizeof line, file) != nullptr; number++) {
    good &= show_setting(line, number);
  }
  if (ferror(file)) good = complain(start);
  fclose(file); // nothing was written: nothing to lose
  return good;
}

int main(void) {
  bool good = show_way() && show_settings();
  if (fflush(stdout) != 0 || ferror(stdout)) good = complain("standard output");
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
