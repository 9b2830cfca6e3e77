import { expect, type Locator, type Page } from '@playwright/test'

/** What this browser keeps. */
export class YoursDialog {
  readonly dialog: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.dialog = page.getByRole('dialog', { name: 'Yours, in this browser' })
  }

  /** Opens it as a person finds it: in the help. */
  async open(): Promise<void> {
    await this.#page.getByRole('banner').first().getByRole('button', { name: 'Help and keys' }).click()
    await this.#page.getByRole('button', { name: /^see what is kept/ }).click()
    await expect(this.dialog).toBeVisible()
  }

  /** Waits until the page itself is kept for a time without a network. */
  async isWhole(): Promise<void> {
    await this.open()
    await expect(this.dialog.getByText('All of the page is here')).toBeVisible({ timeout: 60_000 })
    await this.#page.keyboard.press('Escape')
    await expect(this.dialog).toBeHidden()
  }
}
