/* walk: prints a directory and all that is below it as an indented tree.
 *
 * In the trace: path_open and fd_readdir for each directory, and the descriptor numbers are the depth:
 * a directory stays open while the ones inside it are read, so 4 is the root, 5 its child, and each
 * fd_close steps out again. fd_readdir tells the type of each entry, so no file is opened or examined.
 * Links are named, not followed: a link to a parent would never end.
 *
 * To try: let one path_open fail with acces. walk says so, leaves that branch out and goes on.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static unsigned directories, files;

static bool complain(const char *name) {
  fflush(stdout); // so that the message stands below the line it is about
  fprintf(stderr, "walk: %s: %s\n", name, strerror(errno));
  return false;
}

static bool is_self_or_parent(const char *name) {
  return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static bool walk(int parent, const char *name, int depth);

static bool visit(int directory, const struct dirent *entry, int depth) {
  const char *name = entry->d_name;
  if (entry->d_type == DT_DIR) return walk(directory, name, depth);

  files++;
  printf("%*s%s", depth * 2, "", name);
  bool good = true;
  if (entry->d_type == DT_LNK) {
    char target[PATH_MAX];
    const ssize_t length = readlinkat(directory, name, target, sizeof target);
    if (length >= 0) printf(" -> %.*s", (int)length, target);
    else good = complain(name);
  }
  putchar('\n');
  return good;
}

static bool walk_entries(DIR *directory, const char *name, int depth) {
  bool good = true;
  for (;;) {
    errno = 0; // readdir() returns null at the end too, and only errno tells (readdir(3))
    const struct dirent *entry = readdir(directory);
    if (entry == nullptr) return (errno == 0 || complain(name)) && good;
    if (!is_self_or_parent(entry->d_name)) good &= visit(dirfd(directory), entry, depth);
  }
}

static bool walk(int parent, const char *name, int depth) {
  printf("%*s%s/\n", depth * 2, "", strcmp(name, "/") == 0 ? "" : name);
  const int fd = openat(parent, name, O_RDONLY | O_DIRECTORY);
  if (fd < 0) return complain(name);
  DIR *directory = fdopendir(fd);
  if (directory == nullptr) {
    complain(name);
    close(fd);
    return false;
  }
  directories++;
  const bool walked = walk_entries(directory, name, depth + 1);
  const bool closed = closedir(directory) == 0 || complain(name); // closes fd as well
  return walked && closed;
}

int main(int argc, char *argv[]) {
  if (argc > 2) {
    fputs("usage: walk [DIRECTORY]\n", stderr);
    return 2;
  }
  bool good = walk(AT_FDCWD, argc > 1 ? argv[1] : ".", 0);
  printf("%u %s, %u %s\n", directories, directories == 1 ? "directory" : "directories", files,
         files == 1 ? "file" : "files");
  if (fflush(stdout) != 0 || ferror(stdout)) good = complain("standard output");
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
