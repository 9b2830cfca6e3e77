/* hello: the first program, in five calls.
 *
 * In the trace: one clock_time_get, the fd_write that prints the greeting, a second clock_time_get,
 * fd_close, and proc_exit. A C library's printf() would do the same with more around it.
 *
 * To try: skip the second clock_time_get and give it a time before the first. hello sees a clock
 * that runs backwards, and proc_exit's argument turns from 0 to 1.
 */
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

int main(void) {
  static const char greeting[] = "hello, world\n";
  constexpr size_t length = sizeof greeting - 1; // without the final zero byte

  const time_t before = time(nullptr);
  const ssize_t written = write(STDOUT_FILENO, greeting, length);
  const time_t after = time(nullptr); // -1 if there is no clock

  const bool said = written == (ssize_t)length;
  const bool closed = close(STDOUT_FILENO) == 0;
  exit(said && closed && before <= after ? EXIT_SUCCESS : EXIT_FAILURE);
}
