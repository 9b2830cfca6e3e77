import { expect, type Locator, type Page } from '@playwright/test'

/** The exercise that is open: its text, its checks, and what is done about them. */
export class ExercisePane {
  readonly pane: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.pane = page.getByRole('region', { name: 'Exercise', exact: true })
  }

  /** Opens it as its address does, and waits for its first run. */
  async open(id: string, title: string): Promise<void> {
    await this.#page.goto(`/#ex=${id}`)
    await expect(this.pane.getByRole('heading', { name: title })).toBeVisible()
    await expect(this.check('ends')).toHaveAttribute('data-state', 'passed')
  }

  /** The line of a check. */
  check(id: string): Locator {
    return this.pane.locator(`[data-check="${id}"]`)
  }

  async is(id: string, state: 'passed' | 'failed' | 'open'): Promise<void> {
    await expect(this.check(id)).toHaveAttribute('data-state', state)
  }

  button(name: string | RegExp): Locator {
    return this.pane.getByRole('button', { name })
  }

  /** Runs the script on the exercise's own case. */
  async run(): Promise<void> {
    const begun = this.#page.waitForEvent('worker', (worker) => worker.url().startsWith('blob:'))
    await this.button('Run').click()
    await begun
    await expect(this.check('ends')).not.toHaveAttribute('data-state', 'open')
  }

  /** Tries every case, and waits for the verdict. */
  async checkAnswer(verdict: 'Right' | 'Not yet'): Promise<void> {
    await this.button('Check my answer').click()
    await expect(this.pane.getByRole('status').filter({ hasText: new RegExp(`^${verdict}`) })).toBeVisible({ timeout: 60_000 })
  }
}
