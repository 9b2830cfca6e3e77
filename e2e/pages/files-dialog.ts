import { expect, type Locator, type Page } from '@playwright/test'

/** The guest's file system: before the run, and as the run has left it. */
export class FilesDialog {
  readonly dialog: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.dialog = page.getByRole('dialog', { name: 'Files of the guest' })
  }

  async open(): Promise<void> {
    await this.#page.getByRole('button', { name: /^Guest:/ }).click()
    await this.#page.getByRole('menuitem', { name: /^Files/ }).click()
    await expect(this.dialog).toBeVisible()
  }

  async show(when: 'Before the run' | 'After the run'): Promise<void> {
    await this.dialog.getByRole('radio', { name: when }).click()
  }

  /** A line of the list, by the beginning of its sentence: path, size, what happened to it. */
  row(path: string): Locator {
    return this.dialog.getByRole('option', { name: new RegExp(`^${path.replaceAll('.', '\\.')}, `) })
  }

  /** What the chosen file holds. */
  content(path: string): Locator {
    return this.dialog.getByRole('region', { name: path }).locator('pre')
  }

  async close(): Promise<void> {
    await this.#page.keyboard.press('Escape')
    await expect(this.dialog).toBeHidden()
  }
}
