/* mole: does honest work below /work, and tries to get at what lies outside.
 *
 * In the trace: first the work, a dozen calls that a sandbox has to let through. Then, for each number among the
 * arguments, one way out. The mole says what came of each, and its exit status is 0 if the work was done and nothing
 * was got at, 1 if the work failed, 3 if there was a way out.
 *
 * To try: trace it with a script that says no. Every way out is a mistake that some sandbox has made.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wasi/api.h>

static const char secret[] = "/secret/key.txt";

static bool show(int fd) {
  char text[80];
  const ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof text);
  if (length < 0) return false;
  printf("%.*s", (int)length, text);
  return close(fd) == 0;
}

static bool reads(const char *path) {
  return show(open(path, O_RDONLY));
}

static bool straight(void) { return reads(secret); }

static bool climb(void) { return reads("/work/box/../../secret/key.txt"); }

/* Begins as "/work" does, and is another directory. */
static bool neighbour(void) { return reads("/workshop/key.txt"); }

/* Opens no file, only the directory of all, and asks that for the rest. */
static bool from_above(void) {
  const int root = open("/", O_RDONLY | O_DIRECTORY);
  return root >= 0 && show(openat(root, "secret/key.txt", O_RDONLY));
}

static bool own_symlink(void) {
  return symlink("../secret", "/work/door") == 0 && reads("/work/door/key.txt");
}

static bool hard_link(void) {
  return link(secret, "/work/mine.txt") == 0 && reads("/work/mine.txt");
}

static bool pull_in(void) {
  return rename(secret, "/work/mine.txt") == 0 && reads("/work/mine.txt");
}

/* The target of a rename is a path, too: what is there is replaced. */
static bool push_out(void) {
  return rename("/work/report.txt", "/etc/motd") == 0;
}

/* Somebody has left a symbolic link there before: its name is below /work, and it leads out. */
static bool old_symlink(void) { return reads("/work/letter"); }

/* What is not read can still be learnt, or be gone. */
static bool peep(void) {
  struct stat about;
  return stat(secret, &about) == 0;
}

static bool destroy(void) { return unlink(secret) == 0; }

static bool build_outside(void) { return mkdir("/etc/mole", 0777) == 0; }

/* A descriptor is a number. This one was checked when it meant /work/box; then 3, the root, is moved there. */
static bool swap(void) {
  const int box = open("/work/box", O_RDONLY | O_DIRECTORY);
  if (box < 0 || __wasi_fd_renumber(3, box) != __WASI_ERRNO_SUCCESS) return false;
  return show(openat(box, "secret/key.txt", O_RDONLY));
}

static const struct {
  const char *name;
  bool (*go)(void);
} ways[] = {
    {"straight", straight},       {"climb", climb},         {"neighbour", neighbour},     {"from above", from_above},
    {"symlink", own_symlink},     {"hard link", hard_link}, {"pull in", pull_in},         {"push out", push_out},
    {"old symlink", old_symlink}, {"peep", peep},           {"destroy", destroy},         {"build outside", build_outside},
    {"swap", swap},
};
constexpr size_t way_count = sizeof ways / sizeof ways[0];

static bool writes(int fd, const char *text) {
  const ssize_t length = (ssize_t)strlen(text);
  const bool written = fd >= 0 && write(fd, text, (size_t)length) == length;
  return (fd < 0 || close(fd) == 0) && written;
}

static bool work(void) {
  if (!reads("/work/plan.txt") || !reads("/work/v1..2.txt")) return false;
  if (!writes(open("/work/draft.txt", O_WRONLY | O_CREAT | O_TRUNC, 0666), "all quiet\n")) return false;
  if (rename("/work/draft.txt", "/work/report.txt") != 0) return false;

  // Below a directory that is open, paths begin there, and the "/work" is nowhere in them.
  const int box = open("/work/box", O_RDONLY | O_DIRECTORY);
  const bool boxed = box >= 0 && show(openat(box, "apple.txt", O_RDONLY)) &&
                     writes(openat(box, "worm.txt", O_WRONLY | O_CREAT | O_TRUNC, 0666), "here\n");
  return (box < 0 || close(box) == 0) && boxed;
}

int main(int argc, char *argv[]) {
  const bool worked = work();
  if (!worked) printf("mole: the work: %s\n", strerror(errno));
  fflush(stdout);

  bool out = false;
  for (int i = 1; i < argc; i++) {
    const size_t which = strtoul(argv[i], nullptr, 10);
    if (which < 1 || which > way_count) {
      fprintf(stderr, "usage: mole [NUMBER]...\nwhere NUMBER is from 1 to %zu\n", way_count);
      return 2;
    }
    const bool through = ways[which - 1].go();
    printf("mole: %s: %s\n", ways[which - 1].name, through ? "a way out!" : strerror(errno));
    fflush(stdout);
    out = out || through;
  }
  return out ? 3 : worked ? EXIT_SUCCESS : EXIT_FAILURE;
}
