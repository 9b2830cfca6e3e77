/* calc: works out whole-number expressions, one a line, until the end of its input.
 *
 * In the trace: fd_fdstat_get asks whether standard input is a terminal, and only then is there a
 * prompt, written before each fd_read because a prompt has no newline that would send it off. On a
 * terminal fd_read returns a line and waits for it; in a pipe or a file it returns all there is, and
 * several answers follow one read. A read of 0 bytes (Ctrl+D) ends calc.
 *
 * To try: stop at the exit of an fd_read and change the expression before calc sees it.
 */
#include <ctype.h>
#include <errno.h>
#include <stdckdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

constexpr int deepest = 100; // parentheses and signs within one another

/* Where the parser is, and the first thing that it could not do. */
struct input {
  const char *at;
  const char *problem;
  int depth;
};

static long long sum(struct input *in);

static long long fail(struct input *in, const char *problem) {
  if (in->problem == nullptr) in->problem = problem;
  return 0;
}

/* Takes `symbol` if it comes next, and says whether it did. */
static bool take(struct input *in, char symbol) {
  while (isspace((unsigned char)*in->at)) in->at++;
  if (*in->at != symbol) return false;
  in->at++;
  return true;
}

static long long number(struct input *in) {
  if (!isdigit((unsigned char)*in->at)) return fail(in, "a number is missing");
  long long value = 0;
  for (; isdigit((unsigned char)*in->at); in->at++) {
    if (ckd_mul(&value, value, 10) || ckd_add(&value, value, *in->at - '0')) {
      return fail(in, "too large a number");
    }
  }
  return value;
}

/* factor = "-" factor | "(" sum ")" | number */
static long long factor(struct input *in) {
  if (in->depth == deepest) return fail(in, "too many parentheses");
  in->depth++;
  long long value;
  if (take(in, '-')) {
    if (ckd_sub(&value, 0, factor(in))) value = fail(in, "too large a result");
  } else if (take(in, '(')) {
    value = sum(in);
    if (!take(in, ')')) value = fail(in, "a ) is missing");
  } else {
    value = number(in);
  }
  in->depth--;
  return value;
}

static long long quotient(struct input *in, long long left, long long right, bool remainder) {
  if (right == 0) return fail(in, "division by zero");
  if (right == -1) { // the one quotient that may not fit: most negative / -1
    if (ckd_sub(&left, 0, left)) return fail(in, "too large a result");
    return remainder ? 0 : left;
  }
  return remainder ? left % right : left / right;
}

/* product = factor { ("*" | "/" | "%") factor } */
static long long product(struct input *in) {
  long long value = factor(in);
  while (in->problem == nullptr) {
    if (take(in, '*')) {
      if (ckd_mul(&value, value, factor(in))) return fail(in, "too large a result");
    } else if (take(in, '/')) {
      value = quotient(in, value, factor(in), false);
    } else if (take(in, '%')) {
      value = quotient(in, value, factor(in), true);
    } else {
      break;
    }
  }
  return value;
}

/* sum = product { ("+" | "-") product } */
static long long sum(struct input *in) {
  long long value = product(in);
  while (in->problem == nullptr) {
    if (take(in, '+')) {
      if (ckd_add(&value, value, product(in))) return fail(in, "too large a result");
    } else if (take(in, '-')) {
      if (ckd_sub(&value, value, product(in))) return fail(in, "too large a result");
    } else {
      break;
    }
  }
  return value;
}

static void answer(const char *line) {
  struct input in = {.at = line};
  if (take(&in, '\0')) return; // an empty line

  const long long value = sum(&in);
  if (in.problem == nullptr && !take(&in, '\0')) fail(&in, "an operator is missing");
  if (in.problem == nullptr) printf("%lld\n", value);
  else printf("error: %s at column %d\n", in.problem, (int)(in.at - line) + 1);
}

static int complain(const char *what) {
  fprintf(stderr, "calc: %s: %s\n", what, strerror(errno));
  return EXIT_FAILURE;
}

int main(void) {
  const bool terminal = isatty(STDIN_FILENO);
  char line[512];
  for (;;) {
    if (terminal) fputs("> ", stdout);
    if (fflush(stdout) != 0 || ferror(stdout)) return complain("standard output");
    if (fgets(line, sizeof line, stdin) == nullptr) break;
    answer(line);
  }
  return ferror(stdin) ? complain("standard input") : EXIT_SUCCESS;
}
