/* sh: a small shell, with jobs. Lists (; & && ||), pipes, < > >> and 2>, quotes, $NAME and $?; a word is never split.
 *
 * In the trace: a pipeline is pipe2, and for each of its commands a fork (the child's track begins there), dup2 of the
 * pipe's ends to 0 and 1, and execve of /bin/NAME. The shell is in wait4 meanwhile. On a terminal each pipeline is a
 * process group, and ioctl(TIOCSPGRP) says which group ^C and ^Z go to.
 *
 * To try: type "sleep 100 &", then "fg", and ^Z; look which processes get the signal. Or let the second fork of
 * "ls | wc" fail with EAGAIN.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

constexpr int line_max = 4096, words_max = 256, commands_max = 16, redirections_max = 8, jobs_max = 32;
constexpr int not_executable = 126, not_found = 127, by_signal = 128;

enum kind { END, WORD, SEMI, AMP, AND, OR, PIPE, REDIRECT };

/* A piece of the line, as it was typed: words are expanded when they are used, for $? changes until then. */
struct token {
  enum kind kind;
  const char *from, *to;
  int fd;        /* of a redirection: the descriptor in front, else 0 or 1 */
};

struct command {
  char *words[words_max + 1];
  int assignments; /* NAME=value in front of the command */
  char **argv;     /* the words behind those */
  int argc;
  struct { int fd; char sign[3]; char *target; } redirection[redirections_max];
  int redirections;
};

enum state { FREE, RUNNING, STOPPED, DONE };
struct job {
  enum state state;
  pid_t pgid, pids[commands_max];
  enum state states[commands_max];
  int processes, status;
  char *text;
  bool told;
};

static struct variable {
  struct variable *next;
  char *name, *value;
} *variables; /* those that are not exported; the others are the environment */

static struct job jobs[jobs_max];
static struct token tokens[words_max + 1];
static const struct token *next;
static struct command commands[commands_max];
static char words[2 * line_max], *word_end; /* the expanded words of one pipeline */
static int last_status;
static bool interactive, leaving;
static pid_t shell_group;
static const int job_signals[] = {SIGINT, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU};

static int complain(const char *what, const char *why) {
  fprintf(stderr, "sh: %s: %s\n", what, why);
  return EXIT_FAILURE;
}

/* ---- Variables. */

static struct variable *find(const char *name, size_t length) {
  struct variable *one = variables;
  while (one != nullptr && (strlen(one->name) != length || strncmp(one->name, name, length) != 0)) one = one->next;
  return one;
}

static const char *value_of(const char *name, size_t length) {
  char own[length + 1];
  memcpy(own, name, length);
  own[length] = '\0';
  const char *exported = getenv(own);
  const struct variable *one = find(name, length);
  return exported != nullptr ? exported : one != nullptr ? one->value : "";
}

/* How long the name is, if the text begins with one. */
static size_t name_length(const char *text) {
  if (!isalpha((unsigned char)*text) && *text != '_') return 0;
  size_t length = 1;
  while (isalnum((unsigned char)text[length]) || text[length] == '_') length++;
  return length;
}

static bool is_assignment(const char *word) {
  const size_t length = name_length(word);
  return length > 0 && word[length] == '=';
}

static void assign(const char *word, bool to_environment) {
  const size_t length = name_length(word);
  char name[length + 1];
  memcpy(name, word, length);
  name[length] = '\0';
  const char *value = word[length] == '=' ? word + length + 1 : value_of(word, length);
  if (to_environment || getenv(name) != nullptr) {
    setenv(name, value, 1);
    return;
  }
  struct variable *one = find(word, length);
  if (one == nullptr) {
    one = calloc(1, sizeof *one);
    if (one == nullptr) return;
    *one = (struct variable){.next = variables, .name = strdup(name)};
    variables = one;
  }
  free(one->value);
  one->value = strdup(value);
}

/* ---- From a line to tokens, and from a token to a word. */

/* The end of a word: a quoted blank or operator belongs to it. */
static const char *skip_word(const char *at) {
  for (char quote = '\0'; *at != '\0'; at++) {
    if (*at == '\\' && quote != '\'' && at[1] != '\0') at++;
    else if (quote != '\0') quote = *at == quote ? '\0' : quote;
    else if (*at == '\'' || *at == '"') quote = *at;
    else if (strchr(" \t\n;&|<>", *at) != nullptr) break;
  }
  return at;
}

static struct token read_token(const char *at) {
  static const struct { const char text[3]; enum kind kind; } operators[] = {
      {"&&", AND}, {"||", OR}, {">>", REDIRECT}, {";", SEMI}, {"&", AMP}, {"|", PIPE}, {"<", REDIRECT}, {">", REDIRECT}, {"\n", SEMI},
  };
  at += strspn(at, " \t");
  if (*at == '\0' || *at == '#') return (struct token){.kind = END, .from = at, .to = at};
  const bool numbered = isdigit((unsigned char)at[0]) && (at[1] == '<' || at[1] == '>');
  const char *sign = at + numbered;
  for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
    const size_t length = strlen(operators[i].text);
    if (strncmp(sign, operators[i].text, length) != 0) continue;
    return (struct token){operators[i].kind, at, sign + length, numbered ? *at - '0' : *sign == '>'};
  }
  return (struct token){.kind = WORD, .from = at, .to = skip_word(at)};
}

static bool tokenize(const char *line) {
  for (int count = 0; count <= words_max; count++) {
    tokens[count] = read_token(line);
    if (tokens[count].kind == END) return true;
    line = tokens[count].to;
  }
  return false;
}

static bool put(char byte) {
  if (word_end == words + sizeof words) return false;
  *word_end++ = byte;
  return true;
}

static bool put_all(const char *text) {
  while (*text != '\0') if (!put(*text++)) return false;
  return true;
}

/* $NAME, ${NAME}, $? or $$; a $ before anything else stands for itself. Answers where it ends. */
static const char *expand(const char *at) {
  char number[12];
  if (at[1] == '?' || at[1] == '$') {
    snprintf(number, sizeof number, "%d", at[1] == '?' ? last_status : (int)getpid());
    return put_all(number) ? at + 2 : nullptr;
  }
  const bool braced = at[1] == '{';
  const char *name = at + 1 + braced;
  const size_t length = name_length(name);
  if (length == 0 || (braced && name[length] != '}')) return put('$') ? at + 1 : nullptr;
  return put_all(value_of(name, length)) ? name + length + braced : nullptr;
}

/* Takes the quotes off a word and puts values in. Null when the words are too long. */
static char *expanded(const struct token *token) {
  char *const start = word_end;
  char quote = '\0';
  for (const char *at = token->from; at < token->to;) {
    if (*at == '\\' && quote != '\'' && at + 1 < token->to && (quote == '\0' || strchr("$\"\\", at[1]) != nullptr)) {
      if (!put(at[1])) return nullptr;
      at += 2;
    } else if (*at == quote || (quote == '\0' && (*at == '\'' || *at == '"'))) {
      quote = *at++ == quote ? '\0' : at[-1];
    } else if (*at == '$' && quote != '\'') {
      at = expand(at);
      if (at == nullptr) return nullptr;
    } else if (!put(*at++)) return nullptr;
  }
  return put('\0') ? start : nullptr;
}

/* ---- Jobs. */

static void put_job(const struct job *job, const char *what) {
  printf("[%d] %-8s %s\n", (int)(job - jobs) + 1, what, job->text);
}

static void note(pid_t pid, int status) {
  for (struct job *job = jobs; job < jobs + jobs_max; job++) {
    for (int i = 0; job->state != FREE && i < job->processes; i++) {
      if (job->pids[i] != pid) continue;
      job->states[i] = WIFSTOPPED(status) ? STOPPED : WIFCONTINUED(status) ? RUNNING : DONE;
      /* The last command's status is the pipeline's. */
      if (i == job->processes - 1 && !WIFCONTINUED(status)) {
        job->status = WIFEXITED(status) ? WEXITSTATUS(status) : by_signal + (WIFSTOPPED(status) ? WSTOPSIG(status) : WTERMSIG(status));
      }
      bool stopped = false, running = false;
      for (int k = 0; k < job->processes; k++) {
        stopped |= job->states[k] == STOPPED;
        running |= job->states[k] == RUNNING;
      }
      const enum state state = running ? RUNNING : stopped ? STOPPED : DONE;
      if (state != job->state) job->told = false;
      job->state = state;
    }
  }
}

static void discard(struct job *job) {
  free(job->text);
  *job = (struct job){};
}

static void look_for_news(void) {
  int status;
  for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG | WUNTRACED | WCONTINUED)) > 0;) note(pid, status);
}

/* What became of the jobs in the background, before the next prompt. */
static void tell_news(void) {
  look_for_news();
  for (struct job *job = jobs; job < jobs + jobs_max; job++) {
    if (job->state == STOPPED && !job->told && interactive) put_job(job, "Stopped");
    job->told = true;
    if (job->state != DONE) continue;
    if (interactive) put_job(job, job->status > by_signal ? strsignal(job->status - by_signal) : "Done");
    discard(job);
  }
}

/* Waits until the job has ended or stopped, with the terminal in its hands. */
static int wait_for(struct job *job, bool in_foreground) {
  if (in_foreground && interactive) tcsetpgrp(STDIN_FILENO, job->pgid);
  while (job->state == RUNNING) {
    int status;
    const pid_t pid = waitpid(-1, &status, WUNTRACED);
    if (pid > 0) note(pid, status);
    else if (errno != EINTR) break;
  }
  if (in_foreground && interactive) tcsetpgrp(STDIN_FILENO, shell_group);
  const int status = job->status;
  if (job->state == STOPPED) {
    if (interactive) {
      putchar('\n');
      put_job(job, "Stopped");
    }
    job->told = true;
  } else {
    const int signo = status > by_signal ? status - by_signal : 0;
    if (interactive && signo == SIGINT) putchar('\n');
    else if (signo != 0 && signo != SIGPIPE && signo != SIGINT) fprintf(stderr, "%s\n", strsignal(signo));
    discard(job);
  }
  return status;
}

/* The job that "%2" means; without an argument the one that was started last. */
static struct job *job_of(const char *word) {
  struct job *found = nullptr;
  for (struct job *job = jobs; job < jobs + jobs_max; job++) {
    const bool meant = word == nullptr || (*word == '%' && atoi(word + 1) == job - jobs + 1);
    if (job->state != FREE && meant) found = job;
  }
  return found;
}

/* Sends a signal to what is left of a job: to its group, or, where jobs have none of their own (sh -c, a script), to each. */
static bool send(const struct job *job, int signo) {
  if (interactive) return kill(-job->pgid, signo) == 0;
  bool sent = false;
  for (int i = 0; i < job->processes; i++) sent |= job->states[i] != DONE && kill(job->pids[i], signo) == 0;
  return sent;
}

/* ---- Builtins: what has to happen in the shell's own process. */

static int do_exit(int argc, char **argv) {
  leaving = true;
  return argc > 1 ? atoi(argv[1]) & 0xff : last_status;
}

static int do_echo(int argc, char **argv) {
  for (int i = 1; i < argc; i++) printf(i > 1 ? " %s" : "%s", argv[i]);
  return putchar('\n') == EOF || fflush(stdout) != 0 ? complain("echo", strerror(errno)) : EXIT_SUCCESS;
}

static int do_export(int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    if (name_length(argv[i]) == 0) return complain(argv[i], "not a name");
    assign(argv[i], true);
  }
  return EXIT_SUCCESS;
}

static int do_jobs(int, char **) {
  static const char *const names[] = {[RUNNING] = "Running", [STOPPED] = "Stopped", [DONE] = "Done"};
  look_for_news();
  for (struct job *job = jobs; job < jobs + jobs_max; job++) {
    if (job->state == FREE) continue;
    put_job(job, names[job->state]);
    job->told = true;
    if (job->state == DONE) discard(job);
  }
  return EXIT_SUCCESS;
}

static int resume(char **argv, bool in_foreground) {
  struct job *job = job_of(argv[1]);
  if (job == nullptr) return complain(argv[0], "no such job");
  if (in_foreground) puts(job->text);
  else put_job(job, "Running");
  fflush(stdout);
  if (in_foreground && interactive) tcsetpgrp(STDIN_FILENO, job->pgid);
  for (int i = 0; i < job->processes; i++) if (job->states[i] == STOPPED) job->states[i] = RUNNING;
  if (job->state == STOPPED) job->state = RUNNING;
  if (!send(job, SIGCONT) && errno != ESRCH) return complain(argv[0], strerror(errno));
  return in_foreground ? wait_for(job, true) : EXIT_SUCCESS;
}

static int do_fg(int, char **argv) { return resume(argv, true); }
static int do_bg(int, char **argv) { return resume(argv, false); }

static int do_wait(int, char **argv) {
  int status = EXIT_SUCCESS;
  for (struct job *job = jobs; job < jobs + jobs_max; job++) {
    if (job->state == RUNNING && (argv[1] == nullptr || job_of(argv[1]) == job)) status = wait_for(job, false);
  }
  return status;
}

static int do_kill(int argc, char **argv) {
  static const struct { const char *name; int signo; } names[] = {
      {"HUP", SIGHUP}, {"INT", SIGINT}, {"KILL", SIGKILL}, {"TERM", SIGTERM}, {"STOP", SIGSTOP}, {"CONT", SIGCONT}, {"USR1", SIGUSR1},
  };
  int signo = SIGTERM, i = 1;
  if (argc > 1 && argv[1][0] == '-') {
    signo = atoi(argv[i++] + 1);
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) if (strcmp(argv[1] + 1, names[k].name) == 0) signo = names[k].signo;
  }
  int status = i < argc ? EXIT_SUCCESS : complain("kill", "whom?");
  for (; i < argc; i++) {
    const bool named = argv[i][0] == '%';
    const struct job *job = named ? job_of(argv[i]) : nullptr;
    const pid_t pid = named ? 0 : atoi(argv[i]);
    if (job == nullptr && pid == 0) status = complain(argv[i], named ? "no such job" : "no such process");
    else if (job != nullptr ? !send(job, signo) : kill(pid, signo) != 0) status = complain(argv[i], strerror(errno));
  }
  return status;
}

static int do_true(int, char **) { return EXIT_SUCCESS; }
static int do_false(int, char **) { return EXIT_FAILURE; }

typedef int builtin(int argc, char **argv);

static builtin *builtin_of(const char *name) {
  static const struct { const char *name; builtin *run; } builtins[] = {
      {"exit", do_exit}, {"echo", do_echo}, {"export", do_export}, {"jobs", do_jobs}, {"fg", do_fg}, {"bg", do_bg},
      {"wait", do_wait}, {"kill", do_kill}, {"true", do_true}, {"false", do_false}, {":", do_true},
  };
  for (size_t i = 0; i < sizeof builtins / sizeof builtins[0]; i++) {
    if (strcmp(name, builtins[i].name) == 0) return builtins[i].run;
  }
  return nullptr;
}

/* ---- Commands. */

static bool redirect(const struct command *command) {
  for (int i = 0; i < command->redirections; i++) {
    const char *sign = command->redirection[i].sign, *target = command->redirection[i].target;
    const int flags = *sign == '<' ? O_RDONLY : O_WRONLY | O_CREAT | (sign[1] == '>' ? O_APPEND : O_TRUNC);
    const int fd = open(target, flags, 0644), to = command->redirection[i].fd;
    if (fd < 0 || dup2(fd, to) < 0) return complain(target, strerror(errno)), false;
    if (fd != to) close(fd);
  }
  return true;
}

/* A builtin runs here: the descriptors that it redirects are put aside. */
static int run_builtin(const struct command *command, builtin *run) {
  int kept[redirections_max];
  for (int i = 0; i < command->redirections; i++) kept[i] = fcntl(command->redirection[i].fd, F_DUPFD_CLOEXEC, 10);
  int status = EXIT_FAILURE;
  if (redirect(command)) status = run(command->argc, command->argv);
  fflush(stdout);
  for (int i = command->redirections - 1; i >= 0; i--) {
    if (kept[i] < 0) close(command->redirection[i].fd);
    else {
      dup2(kept[i], command->redirection[i].fd);
      close(kept[i]);
    }
  }
  return status;
}

/* What the child does: it becomes the command. */
[[noreturn]] static void become(struct command *command, int input, int output) {
  for (size_t i = 0; i < sizeof job_signals / sizeof job_signals[0]; i++) signal(job_signals[i], SIG_DFL);
  if (input != STDIN_FILENO) dup2(input, STDIN_FILENO), close(input);
  if (output != STDOUT_FILENO) dup2(output, STDOUT_FILENO), close(output);
  if (!redirect(command)) _exit(EXIT_FAILURE);
  for (int i = 0; i < command->assignments; i++) assign(command->words[i], true);
  if (command->argc == 0) _exit(EXIT_SUCCESS);
  builtin *run = builtin_of(command->argv[0]);
  if (run != nullptr) {
    interactive = false;
    const int status = run(command->argc, command->argv);
    fflush(stdout);
    _exit(status);
  }
  execvp(command->argv[0], command->argv);
  const int why = errno;
  complain(command->argv[0], why == ENOENT ? "not found" : strerror(why));
  _exit(why == ENOENT ? not_found : not_executable);
}

/* Starts one command of a job, in the job's group; false if there can be no more processes. */
static bool start(struct job *job, struct command *command, int input, int output, int unused, bool in_background) {
  fflush(stdout);
  const pid_t pid = fork();
  if (pid < 0) return false;
  if (pid == 0) {
    if (unused >= 0) close(unused);
    if (interactive) {
      setpgid(0, job->pgid);
      if (!in_background) tcsetpgrp(STDIN_FILENO, getpgrp());
    }
    become(command, input, output);
  }
  if (job->processes == 0) job->pgid = pid;
  /* Parent and child both do it: whoever runs first, it has been done. After its exec it is EACCES. */
  if (interactive) setpgid(pid, job->pgid);
  job->pids[job->processes] = pid;
  job->states[job->processes++] = RUNNING;
  return true;
}

static int run_pipeline(int count, bool in_background, const char *text, size_t length) {
  struct command *first = &commands[0];
  builtin *run = first->argc > 0 ? builtin_of(first->argv[0]) : nullptr;
  if (count == 1 && !in_background && first->argc == 0 && first->redirections == 0) {
    for (int i = 0; i < first->assignments; i++) assign(first->words[i], false);
    return EXIT_SUCCESS;
  }
  if (count == 1 && !in_background && run != nullptr) return run_builtin(first, run);

  struct job *job = jobs;
  while (job < jobs + jobs_max && job->state != FREE) job++;
  if (job == jobs + jobs_max) return complain(first->argv[0], "too many jobs");
  *job = (struct job){.state = RUNNING, .text = strndup(text, length), .told = true};
  int input = STDIN_FILENO;
  bool good = true;
  for (int i = 0; i < count && good; i++) {
    int ends[2] = {-1, STDOUT_FILENO};
    if (i + 1 < count) good = pipe(ends) == 0;
    good = good && start(job, &commands[i], input, ends[1], ends[0], in_background);
    if (!good) complain(commands[i].argc > 0 ? commands[i].argv[0] : "fork", strerror(errno));
    if (input != STDIN_FILENO) close(input);
    if (ends[1] != STDOUT_FILENO) close(ends[1]);
    input = ends[0];
  }
  if (input > STDIN_FILENO) close(input);
  if (job->processes == 0) return discard(job), EXIT_FAILURE;
  if (!in_background) return wait_for(job, true);
  if (interactive) printf("[%d] %d\n", (int)(job - jobs) + 1, (int)job->pgid);
  return EXIT_SUCCESS;
}

/* ---- Lists. */

static bool unexpected(void) {
  complain("syntax error", next->kind == END ? "unexpected end" : "unexpected operator");
  return false;
}

/* Words and redirections up to the next operator. */
static bool read_command(struct command *command) {
  command->assignments = command->redirections = 0;
  int count = 0;
  const struct token *start = next;
  for (; next->kind == WORD || next->kind == REDIRECT; next++) {
    const struct token *sign = next;
    if (sign->kind == REDIRECT && (++next)->kind != WORD) return unexpected();
    char *word = expanded(next);
    if (word == nullptr) return complain("line", "too long"), false;
    if (sign->kind == WORD) {
      if (count == command->assignments && is_assignment(next->from)) command->assignments++;
      command->words[count++] = word;
      continue;
    }
    if (command->redirections == redirections_max) return complain("line", "too many redirections"), false;
    const char *at = sign->from + (isdigit((unsigned char)*sign->from) ? 1 : 0);
    const int i = command->redirections++;
    command->redirection[i].fd = sign->fd;
    command->redirection[i].target = word;
    snprintf(command->redirection[i].sign, sizeof command->redirection[i].sign, "%.*s", (int)(sign->to - at), at);
  }
  if (next == start) return unexpected();
  command->words[count] = nullptr;
  command->argv = command->words + command->assignments;
  command->argc = count - command->assignments;
  return true;
}

/* One pipeline, which runs unless && or || say otherwise: it is read all the same. */
static bool read_pipeline(bool runs) {
  word_end = words;
  const char *text = next->from;
  int count = 0;
  do {
    if (count == commands_max) return complain("line", "too many commands"), false;
    if (count > 0) next++;
    if (!read_command(&commands[count++])) return false;
  } while (next->kind == PIPE);
  const bool in_background = next->kind == AMP;
  const char *end = next[in_background ? 0 : -1].to;
  if (runs) last_status = run_pipeline(count, in_background, text, (size_t)(end - text));
  return true;
}

static void run_line(const char *line) {
  if (!tokenize(line)) {
    last_status = complain("line", "too long");
    return;
  }
  bool runs = true;
  for (next = tokens; next->kind != END && !leaving;) {
    if (next->kind == SEMI && *next->from == '\n') {
      next++;
      continue;
    }
    if (!read_pipeline(runs)) {
      last_status = 2;
      return;
    }
    const enum kind joint = next->kind;
    if (joint != END) next++;
    if ((joint == AND || joint == OR) && next->kind == END) {
      unexpected();
      last_status = 2;
      return;
    }
    runs = joint == AND ? last_status == 0 : joint == OR ? last_status != 0 : true;
  }
}

/* A line from standard input, without what comes after it: that is for the commands. A terminal gives a line at a time,
 * from anything else bytes are taken one by one. Answers its length; 0 at the end. */
static size_t read_line(char line[static line_max + 1]) {
  size_t length = 0;
  while (length < line_max) {
    const ssize_t count = read(STDIN_FILENO, line + length, interactive ? line_max - length : 1);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    length += (size_t)count;
    if (line[length - 1] == '\n') break;
  }
  line[length] = '\0';
  return length;
}

/* "a job control shell … must not be stopped by signals of its own terminal": the GNU C Library's manual, 28.5. */
static void take_terminal(void) {
  interactive = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
  if (!interactive) return;
  while (tcgetpgrp(STDIN_FILENO) != getpgrp()) kill(-getpgrp(), SIGTTIN);
  for (size_t i = 0; i < sizeof job_signals / sizeof job_signals[0]; i++) signal(job_signals[i], SIG_IGN);
  setpgid(0, 0); /* EPERM for a session's leader, which has a group of its own already */
  shell_group = getpgrp();
  if (tcsetpgrp(STDIN_FILENO, shell_group) != 0) interactive = false;
}

int main(int argc, char *argv[]) {
  if (argc > 2 && strcmp(argv[1], "-c") == 0) {
    run_line(argv[2]);
    return last_status;
  }
  if (argc > 1) {
    const int script = open(argv[1], O_RDONLY);
    if (script < 0 || dup2(script, STDIN_FILENO) < 0) return complain(argv[1], strerror(errno)), not_found;
    close(script);
  }
  take_terminal();
  char line[line_max + 1];
  while (!leaving) {
    tell_news();
    if (interactive) fputs("$ ", stdout);
    fflush(stdout);
    if (read_line(line) == 0) break;
    run_line(line);
  }
  if (interactive && !leaving) putchar('\n');
  return last_status;
}
