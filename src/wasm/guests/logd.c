/* logd: appends each line of standard input to /var/log/app.log, with the time in front.
 *
 * In the trace: path_open with APPEND, so that every fd_write goes to the end of the file wherever it
 * is by then. Each line costs a clock_time_get and one fd_write. When a line would make the log longer
 * than LIMIT bytes, logd closes it, renames it to app.log.1 (path_rename replaces the older one in a
 * single step) and opens a new one, which gets the same descriptor.
 *
 * To try: skip one fd_write with nospc, as on a full disk. logd says so on standard error and goes on:
 * one line is missing from the log, and the exit status is 1.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char log_path[] = "/var/log/app.log";
static const char old_path[] = "/var/log/app.log.1";

struct log {
  int fd; // -1 while it can't be opened
  long long size, limit;
};

static bool complain(const char *what) {
  fprintf(stderr, "logd: %s: %s\n", what, strerror(errno));
  return false;
}

static bool open_log(struct log *log) {
  log->fd = open(log_path, O_WRONLY | O_CREAT | O_APPEND, 0644);
  if (log->fd < 0) return complain(log_path);

  struct stat about;
  if (fstat(log->fd, &about) != 0) return complain(log_path);
  log->size = about.st_size;
  return true;
}

static bool rotate(struct log *log) {
  const bool closed = close(log->fd) == 0 || complain("close");
  const bool renamed = rename(log_path, old_path) == 0 || complain("rename");
  return open_log(log) && closed && renamed;
}

/* One write for the whole line: two programs that append to one log must not mix within a line. */
static bool append(struct log *log, const char *message) {
  struct timespec now;
  if (clock_gettime(CLOCK_REALTIME, &now) != 0) return complain("clock");
  struct tm utc;
  char stamp[sizeof "2038-01-19T03:14:07Z"];
  if (gmtime_r(&now.tv_sec, &utc) == nullptr) return complain("clock");
  strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &utc);

  char line[320];
  const int length = snprintf(line, sizeof line, "%s %s\n", stamp, message);
  const bool full = log->size > 0 && log->size + length > log->limit;
  const bool rotated = !full || rotate(log);
  if (log->fd < 0) return false;

  const ssize_t written = write(log->fd, line, (size_t)length);
  if (written < 0) return complain("write");
  log->size += written;
  if (written == length) return rotated;
  fprintf(stderr, "logd: write: only %zd of %d bytes\n", written, length);
  return false;
}

static bool run(struct log *log) {
  bool good = append(log, "logd started");
  char message[256];
  while (log->fd >= 0 && fgets(message, sizeof message, stdin) != nullptr) {
    message[strcspn(message, "\n")] = '\0';
    good &= append(log, message);
  }
  if (ferror(stdin)) good = complain("standard input");
  return log->fd >= 0 && append(log, "logd done") && good;
}

int main(int argc, char *argv[]) {
  char *end = "";
  struct log log = {.fd = -1, .limit = argc > 1 ? strtoll(argv[1], &end, 10) : 65'536};
  if (argc > 2 || *end != '\0' || log.limit < 1) {
    fputs("usage: logd [LIMIT]\n", stderr);
    return 2;
  }
  bool good = open_log(&log) && run(&log);
  if (log.fd >= 0 && close(log.fd) != 0) good = complain("close");
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
