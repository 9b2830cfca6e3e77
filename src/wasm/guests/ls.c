/* ls: lists a directory; with -l also type, size, time of last change and where links lead.
 *
 * In the trace: path_open makes a descriptor for the directory, fd_readdir fills a buffer with as many
 * entries as fit, and goes on from a cookie until it comes back less than full. For -l there is then one
 * path_filestat_get for each name, relative to the directory's descriptor, and path_readlink for links.
 *
 * To try: let one path_filestat_get fail with noent, as if the file had gone since fd_readdir saw it.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct names {
  char **name;
  size_t count, room;
};

static bool complain(const char *name) {
  fprintf(stderr, "ls: %s: %s\n", name, strerror(errno));
  return false;
}

static bool add(struct names *names, const char *name) {
  if (names->count == names->room) {
    const size_t room = names->room == 0 ? 16 : names->room * 2;
    char **more = realloc(names->name, room * sizeof *more);
    if (more == nullptr) return false;
    names->name = more;
    names->room = room;
  }
  char *own = strdup(name);
  if (own == nullptr) return false;
  names->name[names->count++] = own;
  return true;
}

static int by_name(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* readdir() returns null both at the end and on failure; only errno tells them apart (readdir(3)). */
static bool collect(DIR *directory, struct names *names) {
  for (;;) {
    errno = 0;
    const struct dirent *entry = readdir(directory);
    if (entry == nullptr) break;
    if (entry->d_name[0] != '.' && !add(names, entry->d_name)) return false;
  }
  if (errno != 0) return false;
  if (names->count > 0) qsort(names->name, names->count, sizeof *names->name, by_name);
  return true;
}

static char type_letter(mode_t mode) {
  if (S_ISDIR(mode)) return 'd';
  if (S_ISLNK(mode)) return 'l';
  if (S_ISCHR(mode)) return 'c';
  if (S_ISSOCK(mode)) return 's';
  return S_ISREG(mode) ? '-' : '?';
}

static bool show_long(int directory, const char *name) {
  struct stat about;
  if (fstatat(directory, name, &about, AT_SYMLINK_NOFOLLOW) != 0) return complain(name);

  char changed[sizeof "2038-01-19 03:14:07"] = "?";
  struct tm utc;
  if (gmtime_r(&about.st_mtim.tv_sec, &utc) != nullptr) {
    strftime(changed, sizeof changed, "%Y-%m-%d %H:%M:%S", &utc);
  }
  printf("%c %8lld %s %s", type_letter(about.st_mode), (long long)about.st_size, changed, name);

  bool good = true;
  if (S_ISLNK(about.st_mode)) {
    char target[PATH_MAX];
    const ssize_t length = readlinkat(directory, name, target, sizeof target);
    if (length >= 0) printf(" -> %.*s", (int)length, target);
    else good = complain(name);
  }
  putchar('\n');
  return good;
}

static bool list(const char *path, bool details) {
  DIR *directory = opendir(path);
  if (directory == nullptr) {
    if (errno != ENOTDIR) return complain(path);
    return details ? show_long(AT_FDCWD, path) : puts(path) != EOF;
  }
  struct names names = {};
  bool good = collect(directory, &names) || complain(path);
  for (size_t i = 0; i < names.count; i++) {
    if (details) good &= show_long(dirfd(directory), names.name[i]);
    else puts(names.name[i]);
    free(names.name[i]);
  }
  free(names.name);
  if (closedir(directory) != 0) good = complain(path);
  return good;
}

int main(int argc, char *argv[]) {
  const bool details = argc > 1 && strcmp(argv[1], "-l") == 0;
  const int first = details ? 2 : 1;

  bool good = true;
  if (first == argc) good = list(".", details);
  for (int i = first; i < argc; i++) good &= list(argv[i], details);
  if (fflush(stdout) != 0 || ferror(stdout)) good = complain("standard output");
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
