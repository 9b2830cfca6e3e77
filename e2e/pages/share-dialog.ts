import { expect, type Locator, type Page } from '@playwright/test'

/** The dialog that makes a link of the run. */
export class ShareDialog {
  readonly dialog: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.dialog = page.getByRole('dialog', { name: 'Share this run' })
  }

  async open(): Promise<void> {
    await this.#page.getByRole('banner').first().getByRole('button', { name: 'Share' }).click()
    await expect(this.dialog).toBeVisible()
  }

  async link(): Promise<string> {
    const field = this.dialog.getByRole('textbox', { name: 'Link' })
    await expect(field).toHaveValue(/#1\/r\//)
    return field.inputValue()
  }

  /** Opens the dialog, takes the link and closes it again. */
  async take(): Promise<string> {
    await this.open()
    const link = await this.link()
    await this.#page.keyboard.press('Escape')
    await expect(this.dialog).toBeHidden()
    return link
  }
}
