/* scribe: shows each line of its input with "> " before it, and keeps it in /home/minutes.txt.
 *
 * In the trace: what is read lies in a ring of 48 bytes. A line that runs over the end of the ring lies in two
 * pieces, and goes out in one fd_write all the same: that is what a vector of buffers (iovs) is for. A line that
 * begins with `!` is offered to descriptor 9 as well, where a supervisor may listen. With nobody there that write
 * fails with badf, and scribe goes on.
 *
 * To try: change the bytes of a line in the ring while it is on its way to the screen, and look at the minutes.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static const char path[] = "/home/minutes.txt";
constexpr int supervisor = 9;
constexpr size_t ring_size = 48;

static char ring[ring_size];
static size_t first, filled; // where the oldest byte lies, and how many there are
static bool in_line;         // the beginning of this line has gone out already
static unsigned lines;

static bool complain(const char *what) {
  fprintf(stderr, "scribe: %s: %s\n", what, strerror(errno));
  return false;
}

/* The next `count` bytes as they lie in the ring: one piece or two. */
static int pieces(size_t count, struct iovec piece[static 2]) {
  const size_t to_end = ring_size - first;
  const size_t before = count < to_end ? count : to_end;
  piece[0] = (struct iovec){ring + first, before};
  piece[1] = (struct iovec){ring, count - before};
  return count > before ? 2 : 1;
}

static bool send(int minutes, size_t count) {
  struct iovec all[3] = {{"> ", 2}};
  const int parts = pieces(count, all + 1);
  const int prefix = in_line ? 1 : 0;
  if (writev(STDOUT_FILENO, all + prefix, parts + 1 - prefix) < 0) return complain("standard output");
  if (writev(minutes, all + 1, parts) < 0) return complain(path);
  if (!in_line && ring[first] == '!') (void)!writev(supervisor, all + 1, parts);
  return true;
}

/* How many of the bytes that are there make up a line, or all of them if the ring is full; 0: read on. */
static size_t ready(void) {
  for (size_t i = 0; i < filled; i++)
    if (ring[(first + i) % ring_size] == '\n') return i + 1;
  return filled == ring_size ? filled : 0;
}

static bool drain(int minutes, bool ended) {
  for (;;) {
    size_t count = ready();
    if (count == 0 && ended) count = filled;
    if (count == 0) return true;
    if (!send(minutes, count)) return false;
    in_line = ring[(first + count - 1) % ring_size] != '\n';
    if (!in_line || (ended && count == filled)) lines++;
    first = (first + count) % ring_size;
    filled -= count;
  }
}

static bool copy(int minutes) {
  for (;;) {
    const size_t at = (first + filled) % ring_size;
    const size_t room = at < first ? first - at : ring_size - at;
    const ssize_t count = read(STDIN_FILENO, ring + at, room);
    if (count < 0) return complain("standard input");
    filled += (size_t)count;
    if (!drain(minutes, count == 0)) return false;
    if (count == 0) return true;
  }
}

int main(void) {
  const int minutes = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (minutes < 0) return complain(path), EXIT_FAILURE;
  const bool good = copy(minutes);
  if (close(minutes) != 0) return complain(path), EXIT_FAILURE;
  fprintf(stderr, "scribe: %u lines\n", lines);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
