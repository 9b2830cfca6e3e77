import { createHash } from 'node:crypto'
import { toFragment } from '../src/engine/link/fragment.ts'
import { makeRecipe } from '../src/engine/recipe.ts'
import { compress } from '../src/ui/share/compress.ts'
import { compileProgram } from '../src/wasm/sdk/compile.mjs'
import { isAccessible } from './axe.ts'
import { expect, test } from './test.ts'
import type { Playground } from './pages/playground.ts'

/** A pipe, a child that becomes another program, one that signals and stops itself under a filter, and a grandchild. */
const FAMILY = `
#define _GNU_SOURCE
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void hear(int signo) { (void)signo; }

static void confine(void) {
  struct sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (offsetof(struct seccomp_data, nr))),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getppid, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE | 7),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {.len = 4, .filter = code};
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
}

static void guard(void) {
  struct sigaction act = {.sa_handler = hear};
  sigset_t set;
  sigaction(SIGUSR1, &act, NULL);
  confine();
  syscall(SYS_getppid);
  if (fork() == 0) _exit(5);
  while (wait(NULL) == -1) continue;
  kill(getpid(), SIGUSR1);
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigprocmask(SIG_BLOCK, &set, NULL);
  kill(getpid(), SIGTERM);
  kill(getpid(), SIGSTOP);
  _exit(0);
}

int main(int argc, char *argv[]) {
  int ends[2];
  if (argc > 1 && strcmp(argv[1], "again") == 0) {
    char word[8];
    write(1, word, read(0, word, sizeof word));
    return 3;
  }
  pipe(ends);
  if (fork() == 0) {
    dup2(ends[0], 0);
    close(ends[0]);
    close(ends[1]);
    execl("/bin/reader", "reader", "again", NULL);
    _exit(126);
  }
  close(ends[0]);
  pid_t child = fork();
  if (child == 0) guard();
  write(ends[1], "hello\\n", 6);
  close(ends[1]);
  while (waitpid(child, NULL, WUNTRACED) == -1) continue;
  kill(child, SIGCONT);
  while (wait(NULL) != -1) continue;
  return 0;
}
`

const SCRIPT = `import { spawn, trace } from "ptrace"
const seccomp = 0x80
for await (const stop of trace(spawn("family"), { follow: true, options: seccomp })) {
  if (stop.kind !== "syscall-entry" && stop.kind !== "syscall-exit") console.log(stop.pid + " " + stop.line)
}
`

const STEPS = `import { spawn, waitpid, ptrace, PTRACE_SINGLESTEP, PTRACE_KILL } from "ptrace"
const pid = spawn("family")
await waitpid(pid)
for (let i = 0; i < 20; i++) {
  ptrace(PTRACE_SINGLESTEP, pid)
  await waitpid(pid)
}
ptrace(PTRACE_KILL, pid)
await waitpid(pid)
`

let fragment = ''
let stepped = ''

test.beforeAll(async () => {
  test.setTimeout(120_000)
  const wasm = await compileProgram({ name: 'family', source: FAMILY })
  const hash = createHash('sha256').update(wasm).digest('hex')
  // The same module under a second name: what the child becomes.
  const programs = [{ name: 'family', hash, argv: [] }, { name: 'reader', hash, argv: [] }]
  fragment = toFragment({ recipe: makeRecipe({ programs, script: SCRIPT }), modules: { [hash]: wasm } }, compress)
  stepped = toFragment({ recipe: makeRecipe({ programs: programs.slice(0, 1), script: STEPS }), modules: { [hash]: wasm } }, compress)
})

const tree = (playground: Playground) => playground.inspector.pane.getByRole('list', { name: /^Tasks at event \d+$/ })
const task = (playground: Playground, pid: number) => tree(playground).getByRole('button', { name: new RegExp(`^${pid}\\b`) })

/** The event of the list that says this, by its number. */
const seqOf = async (playground: Playground, words: string): Promise<number> => {
  await playground.filter.write(words)
  await playground.press('Home', 'Enter')
  const seq = await playground.timeline.seq()
  await playground.filter.write('')
  return seq
}

test('each task has a track below its parent, under the name of what it runs at the cursor', async ({ playground }) => {
  await playground.open(fragment)
  const { timeline } = playground
  await expect(timeline.pane.getByTitle('3 family, then reader: exited 3')).toBeVisible()
  await expect(timeline.pane.getByTitle('5 family: exited 5')).toBeVisible()
  await expect(timeline.track('family')).toHaveCount(4)
  await playground.press('End')
  await expect(timeline.track('family')).toHaveCount(3)
  await expect(timeline.track('reader')).toBeVisible()

  // Down and up over the tracks as they stand: the tracer, 2, 3, 4 and its child 5.
  await playground.goTo(2)
  for (const pid of [3, 4, 5]) {
    await playground.press('j')
    await timeline.says(new RegExp(`Task ${pid}\\b`))
  }
  const last = await timeline.seq()
  await playground.press('j')
  await timeline.isAt(last)
  await playground.press('k')
  await timeline.says(/Task 4\b/)
})

test('the tasks at the cursor show their states, what they hold and where it comes from', async ({ playground }) => {
  await playground.open(fragment)
  const { inspector } = playground
  await playground.goTo(await seqOf(playground, 'stop:group pid:4'))
  await playground.press('w')
  await expect(task(playground, 4)).toHaveAttribute('aria-current', 'true')
  await expect(task(playground, 4)).toContainText('SIGSTOP')
  await expect(task(playground, 2)).toContainText('running')
  await expect(task(playground, 5)).toContainText('dead, exited with 5')
  await expect(inspector.fact('blocked')).toContainText('TERM')
  await expect(inspector.fact('pending')).toContainText(/SIGTERM\s*at \d+ by 4/)
  await expect(inspector.fact('seccomp')).toContainText(/filter\s*at \d+, 4 instructions/)
  await isAccessible(playground.page)

  // A task of the tree leads to the latest that it did.
  await task(playground, 2).click()
  await expect(task(playground, 2)).toHaveAttribute('aria-current', 'true')
  await expect(inspector.fact('seccomp')).toContainText('no filter')
})

test('a descriptor is followed through dup, fork and exec', async ({ playground }) => {
  await playground.open(fragment)
  const { inspector, filter } = playground
  await playground.goTo(await seqOf(playground, 'pid:3 fd_read stop:entry'))
  await inspector.choose('Tasks')
  const stdin = inspector.pane.getByRole('region', { name: 'Descriptors' }).getByRole('row', { name: /^0 / })
  await expect(stdin).toContainText(/dup of \d+, from pipe at \d+ \(read end\)/)
  await stdin.getByRole('button', { name: 'Follow fd 0' }).click()
  await expect(filter.field).toHaveValue(/^pid:2 seq:\d+\.\.\d+ \| .*pid:3 fd:0 seq:/)
  await expect(filter.count()).toHaveText(/^[4-9] of \d+ calls$/)
  await stdin.getByRole('button', { name: 'Follow fd 0' }).click()
  await expect(filter.field).toHaveValue('')
})

test('forks, execs, signals and ends say what they are', async ({ playground }) => {
  await playground.open(fragment)
  const { inspector } = playground
  await playground.goTo(await seqOf(playground, 'PTRACE_EVENT_FORK pid:4'))
  await expect(inspector.fact('child')).toContainText(/5\s*born at \d+/)
  await playground.goTo(await seqOf(playground, 'PTRACE_EVENT_EXEC'))
  await expect(inspector.fact('program')).toContainText('reader')
  await playground.goTo(await seqOf(playground, 'SIGUSR1 stop:signal'))
  await expect(inspector.fact('si_pid')).toContainText('4')
  await expect(inspector.fact('si_code')).toContainText('kill(2)')
  await expect(inspector.fact('delivered')).toContainText('yes')
})

test('a step says where its task is, by the name of the function', async ({ playground }) => {
  await playground.open(stepped)
  await playground.goTo(await seqOf(playground, 'SIGTRAP seq:>=20'))
  await expect(playground.inspector.fact('si_code')).toContainText('TRAP_TRACE')
  await expect(playground.inspector.fact('pc')).toContainText(/0x[\da-f]+/)
  await expect(playground.inspector.fact('function')).toContainText(/[a-z_]{4,}\s*func\[\d+\]/)
})

test('a phone reaches the tasks by its bar', async ({ page, playground }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await playground.page.goto(`/${fragment}`)
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Call' }).click()
  await playground.inspector.choose('Tasks')
  await expect(task(playground, 2)).toBeVisible()
  await isAccessible(page)
})
