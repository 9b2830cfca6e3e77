import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from '@playwright/test'
import { scenarioPath, compileProgram } from '../../wasm/sdk/compile.mjs'
import { pageWith, startChromium } from '../bench/browser.ts'
import { runHeadless } from '../headless.ts'
import { compileScenarios, scenarioRecipe } from '../oracle-run.ts'
import type { PageRun } from './machine-page.ts'
import { FAILED, PASSED, SKIPPED, say, type Counts, type Part } from './part.ts'

const oracle = fileURLToPath(new URL('../../../../shared/oracle', import.meta.url))

const inPage = async (page: Page, wasm: Uint8Array): Promise<PageRun> => {
  const { hash, recipe } = scenarioRecipe(wasm)
  const call = `runInPage(${JSON.stringify(Buffer.from(wasm).toString('base64'))}, ${JSON.stringify(hash)}, ${JSON.stringify(recipe)}, ${JSON.stringify(scenarioPath)})`
  return page.evaluate(call)
}

const withChromium = async (run: (page: Page) => Promise<Counts>): Promise<Counts> => {
  let browser: Browser
  try {
    browser = await startChromium()
  } catch (error) {
    say(`Skipped: there is no Chromium. ${error instanceof Error ? error.message.split('\n')[0] : ''}`)
    return SKIPPED
  }
  const counts = await run(await pageWith(browser, 'src/cli/engines/machine-page.ts'))
  await browser.close()
  return counts
}

/** "The same run in Chromium gives the same bytes and digests as headless" (issue 4). */
export const oracleInChromium: Part = {
  name: 'the oracle in Chromium: the digests of the headless runner',
  run: async () => {
    if (!existsSync(oracle)) {
      say('Skipped: there is no ../shared/oracle.')
      return SKIPPED
    }
    return withChromium(async (page) => {
      const counts = { passed: 0, failed: 0, skipped: 0 }
      for (const [name, wasm] of await compileScenarios(oracle, [])) {
        const { hash, recipe } = scenarioRecipe(wasm)
        const headless = await runHeadless(recipe, { modules: { [hash]: wasm }, tree: [{ path: scenarioPath, bytes: wasm }] })
        const there = await inPage(page, wasm)
        if (there.digest === headless.digest) counts.passed++
        else {
          counts.failed++
          say(`${name}: ${there.digest.slice(0, 8)} in Chromium (${there.end}), ${headless.digest.slice(0, 8)} here`)
        }
      }
      return counts
    })
  },
}

const CYCLES = 10_000
const CYCLING = `#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
int main(int argc, char **argv) {
  if (argc > 1) _exit(7);
  int right = 0;
  for (int i = 0; i < ${CYCLES}; i++) {
    pid_t child = fork();
    if (child < 0) { perror("fork"); return 1; }
    if (child == 0) { execl("${scenarioPath}", argv[0], "child", (char *)0); _exit(1); }
    int status;
    if (waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 7) right++;
  }
  printf("%d\\n", right);
}
`

/** Tasks and live memories must not grow: a renderer has 124 of them. */
export const cyclesInChromium: Part = {
  name: `${CYCLES} times fork, exec and wait in one machine in a page`,
  run: () => withChromium(async (page) => {
    const { text, end, left } = await inPage(page, await compileProgram({ name: 'cycles', source: CYCLING }))
    say(`${text.trim()} children had the right end; ${left} task is left`)
    if (text === `${CYCLES}\n` && end === 'exited' && left <= 1) return PASSED
    say(end)
    return FAILED
  }),
}
