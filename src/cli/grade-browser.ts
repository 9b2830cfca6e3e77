import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from '@playwright/test'
import { build } from 'vite'
import type { Exercise } from '../engine/exercise/exercise.ts'
import type { PlainVerdict } from '../engine/exercise/grade.ts'
import { bundle, startChromium } from './bench/browser.ts'
import type { Graded } from './grade-report.ts'
import type { Submission } from './grade-links.ts'

/** A name that no network has: every request of the page is answered from here, or not at all. */
const ORIGIN = 'https://grader.invalid'
/** Beyond every budget and every silence of a run: then the page itself is at fault, and gets replaced. */
const PATIENCE = 120_000
/** As the page's own (vite.config.ts): the sandbox inherits it, and narrows it again. */
const POLICY = "default-src 'self'; script-src 'self' 'unsafe-inline' blob: 'wasm-unsafe-eval'; worker-src 'self' blob:; connect-src 'self'; frame-src 'self' blob: data:; object-src 'none'"
const HTML = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><title>Grader</title><script src="/grade.js" defer></script>`

const published = new URL('../../public/', import.meta.url)

/** The machine as the page hands it to its sandbox, built from the sources that are here. */
const machineCode = async (): Promise<string> => {
  const configFile = fileURLToPath(new URL('../wasm/vite.machine.config.ts', import.meta.url))
  const built = await build({ configFile, logLevel: 'error', build: { write: false } })
  const [first] = (Array.isArray(built) ? built : [built]).flatMap((one) => ('output' in one ? one.output : []))
  if (first === undefined || !('code' in first)) throw new Error('the machine was not built')
  return first.code
}

interface Answered {
  readonly body: string | Buffer
  readonly contentType: string
}

/** What a page may fetch: itself, the machine, the guests. */
const answerFor = (path: string, codes: Readonly<Record<string, string>>): Answered | undefined => {
  if (path === '/') return { body: HTML, contentType: 'text/html; charset=utf-8' }
  const code = codes[path]
  if (code !== undefined) return { body: code, contentType: 'text/javascript; charset=utf-8' }
  if (path !== '/guests/manifest.json' && !/^\/guests\/[0-9a-f]{64}\.wasm$/.test(path)) return undefined
  const body = readFileSync(new URL(`.${path}`, published))
  return { body, contentType: path.endsWith('.json') ? 'application/json' : 'application/wasm' }
}

/** Chromium with pages that run answers. `close` ends it. */
export class GradingBrowser {
  readonly #browser: Browser
  readonly #codes: Readonly<Record<string, string>>

  constructor(browser: Browser, codes: Readonly<Record<string, string>>) {
    this.#browser = browser
    this.#codes = codes
  }

  /** Throws where there is no Chromium. */
  static async start(): Promise<GradingBrowser> {
    const [browser, machine, page] = await Promise.all([startChromium(), machineCode(), bundle('src/ui/exercise/grade-page.ts')])
    return new GradingBrowser(browser, { '/machine.js': machine, '/grade.js': page.script })
  }

  close(): Promise<void> {
    return this.#browser.close()
  }

  async #page(): Promise<Page> {
    const context = await this.#browser.newContext()
    const page = await context.newPage()
    await page.route('**/*', async (route) => {
      const url = new URL(route.request().url())
      const answer = url.origin === ORIGIN ? answerFor(url.pathname, this.#codes) : undefined
      await (answer === undefined ? route.abort() : route.fulfill(answer))
    })
    await page.goto(`${ORIGIN}/`)
    await page.waitForFunction(() => 'gradeInPage' in globalThis)
    return page
  }

  /** Grades all of them, `jobs` at a time, and tells each as soon as it is done. The answer keeps their order. */
  async gradeAll(
    submissions: readonly Submission[], exercises: ReadonlyMap<string, Exercise>, secret: string, jobs: number, tell: (graded: Graded) => void,
  ): Promise<readonly Graded[]> {
    const done: Graded[] = []
    let next = 0
    const work = async (): Promise<void> => {
      let page = await this.#page()
      for (let i = next++; i < submissions.length; i = next++) {
        const submission = submissions[i] as Submission
        const begun = performance.now()
        const { verdict, fault } = await gradeIn(page, submission, exercises.get(submission.exercise), secret)
        if (verdict === undefined && submission.answer !== undefined) {
          await page.context().close()
          page = await this.#page()
        }
        done[i] = toGraded(submission, verdict, fault, (performance.now() - begun) / 1000)
        tell(done[i] as Graded)
      }
      await page.context().close()
    }
    await Promise.all(Array.from({ length: Math.min(jobs, submissions.length) }, work))
    return done
  }
}

interface Outcome {
  readonly verdict?: PlainVerdict
  readonly fault?: string
}

const gradeIn = async (page: Page, { answer, fault }: Submission, exercise: Exercise | undefined, secret: string): Promise<Outcome> => {
  if (answer === undefined) return { fault: fault ?? 'There is no answer.' }
  if (exercise === undefined) return { fault: 'This exercise is not one of the course; give it with --exercise.' }
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve({ fault: 'The page of the grader did not answer.' }), PATIENCE)
  })
  const work = page
    .evaluate(
      ([exercise, answer, secret]) => (globalThis as unknown as { gradeInPage: (...given: readonly unknown[]) => Promise<PlainVerdict> }).gradeInPage(exercise, answer, secret),
      [exercise, answer, secret] as const,
    )
    .then((verdict): Outcome => ({ verdict }), (error: unknown): Outcome => ({ fault: `The grader failed: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}` }))
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

const toGraded = (submission: Submission, verdict: PlainVerdict | undefined, fault: string | undefined, seconds: number): Graded => {
  if (verdict === undefined) return { ...submission, passed: false, held: 0, checks: 0, failed: '', wanted: '', found: fault ?? '', seconds }
  const { passed, results } = verdict
  const first = results.find(({ state }) => state !== 'passed')
  const where = first?.trial === undefined ? '' : `On ${first.trial}: `
  return {
    ...submission, passed, seconds,
    held: results.filter(({ state }) => state === 'passed').length, checks: results.length,
    failed: first?.id ?? '', wanted: first?.wanted ?? '', found: first === undefined ? '' : `${where}${first.found ?? ''}`,
  }
}
