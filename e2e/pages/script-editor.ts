import { expect, type Locator, type Page } from '@playwright/test'
import { allowClipboard } from '../clipboard.ts'

/** The script: a listing to read until somebody goes near it, then Monaco. */
export class ScriptEditor {
  readonly pane: Locator
  /** The script to read, before the editor has been asked for. */
  readonly listing: Locator
  readonly textbox: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.pane = page.getByRole('region', { name: 'Editor' })
    this.listing = this.pane.getByRole('region', { name: 'tracer.ts' })
    this.textbox = this.pane.getByRole('textbox', { name: 'tracer.ts' })
  }

  /** Goes near, and waits for the editor to be there. */
  async open(): Promise<void> {
    await this.pane.getByRole('tabpanel').hover()
    // Monaco's textbox is where the keys go; what is seen are the lines above it.
    await this.textbox.waitFor({ state: 'attached' })
    await this.textbox.focus()
  }

  /** Replaces the script by one that is pasted: what is typed, Monaco completes and indents as it comes. */
  async write(script: string): Promise<void> {
    await allowClipboard(this.#page.context())
    await this.open()
    await this.#page.evaluate((text) => navigator.clipboard.writeText(text), script)
    await this.#page.keyboard.press('Control+a')
    await this.#page.keyboard.press('Control+v')
    // Monaco's lines stand in the document in any order.
    await expect(this.pane.locator('.view-lines')).toContainText(script.split('\n')[0]?.trim() ?? '')
  }

  /** The lines in view, as text. */
  lines(): Locator {
    return this.pane.locator('.view-line')
  }

  /** Puts the caret into a line, at its beginning. */
  async goToLine(line: number): Promise<void> {
    await this.open()
    await this.#page.keyboard.press('Control+Home')
    for (let i = 1; i < line; i++) await this.#page.keyboard.press('ArrowDown')
  }

  /** Types at the end of a line. */
  async append(line: number, text: string): Promise<void> {
    await this.goToLine(line)
    await this.#page.keyboard.press('End')
    await this.#page.keyboard.insertText(text)
  }

  /** The number of the line that is marked as the one at the cursor. */
  markedLine(): Locator {
    return this.pane.locator('.line-numbers.marked-number').or(this.listing.locator('[aria-current="location"]'))
  }

  /** The chip that counts type errors. */
  problems(): Locator {
    return this.pane.getByRole('button', { name: /^\d+ problems?$/ })
  }
}
