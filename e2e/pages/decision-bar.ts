import { expect, type Locator, type Page } from '@playwright/test'

/** Stepping by hand: the switch, the bar with its decisions, the list of those that were made. */
export class DecisionBar {
  readonly bar: Locator
  readonly pane: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.bar = page.getByRole('region', { name: 'Decision' })
    this.pane = page.getByRole('region', { name: 'Editor' })
  }

  /** Takes the script's place, and waits for the first stop. */
  async begin(): Promise<void> {
    await this.tracer('By hand').click()
    await expect(this.question()).toContainText('entry stop', { timeout: 20_000 })
  }

  tracer(name: 'Script' | 'By hand'): Locator {
    return this.#page.getByRole('radiogroup', { name: 'Tracer' }).getByRole('radio', { name })
  }

  /** What waits, in words. */
  question(): Locator {
    return this.bar.getByText('What should happen?')
  }

  async waitsAt(words: string | RegExp): Promise<void> {
    await expect(this.question()).toContainText(words)
  }

  button(name: string): Locator {
    return this.bar.getByRole('button', { name: new RegExp(`^${name}\\b`) })
  }

  /** What the button would do, told before it is pressed. */
  consequence(): Locator {
    return this.bar.getByTestId('consequence')
  }

  /** Presses a key that decides, and waits until the next stop is there or the run is over. */
  async decide(key: string): Promise<void> {
    const before = await this.decisions().count()
    await this.#page.keyboard.press(key)
    // Looked for in the page at every frame: a test by hand decides dozens of times.
    await this.#page.waitForFunction((made) => {
      const rows = document.querySelectorAll('table[aria-label="Decisions"] tbody tr:not([data-waiting])')
      const bar = document.querySelector('section[aria-label="Decision"]')
      if (bar === null || rows.length <= made) return false
      return bar.querySelector('[data-waits]') !== null || bar.textContent.includes('The run is over.')
    }, before, { polling: 'raf' })
  }

  /** Continues to a call's stop. */
  async until(call: string, stop: 'entry' | 'exit' = 'entry', most = 60): Promise<void> {
    for (let i = 0; i < most; i++) {
      const text = (await this.question().textContent()) ?? ''
      if (text.startsWith(`${call} of`) && text.includes(`its ${stop} stop`)) return
      await this.decide('c')
    }
    throw new Error(`no ${stop} of ${call} in ${most} stops`)
  }

  decisions(): Locator {
    return this.pane.getByRole('table', { name: 'Decisions' }).locator('tbody').getByRole('row').and(this.#page.locator(':not([data-waiting])'))
  }

  /** Which cell of the table was used. */
  cell(): Locator {
    return this.pane.getByRole('region', { name: 'Cell of the table' })
  }
}
