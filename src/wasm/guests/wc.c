/* wc: counts lines, words and bytes of files, or of standard input.
 *
 * In the trace: fd_read after fd_read, and not one fd_write until the counting is over: the kernel is
 * asked for bytes, never for numbers. Words are found between two reads without another call.
 *
 * To try: poke other text into the buffer at the exit of an fd_read. wc counts what it was given.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct counts {
  unsigned long long lines, words, bytes;
};

static bool complain(const char *name) {
  fprintf(stderr, "wc: %s: %s\n", name, strerror(errno));
  return false;
}

static void show(struct counts counts, const char *name) {
  printf("%7llu %7llu %7llu%s%s\n", counts.lines, counts.words, counts.bytes, *name ? " " : "", name);
}

static bool count(int fd, struct counts *counts) {
  static unsigned char buffer[4096];
  bool in_word = false; // outlives the loop's turn: a word may lie across two reads
  for (;;) {
    const ssize_t length = read(fd, buffer, sizeof buffer);
    if (length <= 0) return length == 0;
    counts->bytes += (size_t)length;
    for (ssize_t i = 0; i < length; i++) {
      const bool space = isspace(buffer[i]);
      counts->lines += buffer[i] == '\n';
      counts->words += in_word < !space;
      in_word = !space;
    }
  }
}

static bool wc(const char *name, struct counts *total) {
  const bool is_file = *name != '\0';
  const int fd = is_file ? open(name, O_RDONLY) : STDIN_FILENO;
  if (fd < 0) return complain(name);

  struct counts counts = {};
  const bool good = count(fd, &counts) || complain(is_file ? name : "standard input");
  if (is_file) close(fd);
  show(counts, name);
  total->lines += counts.lines;
  total->words += counts.words;
  total->bytes += counts.bytes;
  return good;
}

int main(int argc, char *argv[]) {
  struct counts total = {};
  bool good = true;
  if (argc < 2) good = wc("", &total);
  for (int i = 1; i < argc; i++) good &= wc(argv[i], &total);
  if (argc > 2) show(total, "total");
  if (fflush(stdout) != 0 || ferror(stdout)) good = complain("standard output");
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
