import { expect, type Locator, type Page } from '@playwright/test'

type TabName = 'Text' | 'Scripts' | 'Guest and cases' | 'Checks' | 'Hints' | 'JSON' | 'Try and share'

/** Where a teacher writes an exercise. */
export class AuthorDialog {
  readonly dialog: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.dialog = page.getByRole('dialog', { name: /^(?:Write an|Your) exercise$/ })
  }

  /** Opens it as a teacher finds it: below the course. */
  async open(): Promise<void> {
    await this.#page.getByRole('banner').first().getByRole('button', { name: 'Exercises' }).click()
    await this.#page.getByRole('button', { name: 'Write an exercise' }).click()
    await expect(this.dialog).toBeVisible()
  }

  /** Opens it on any width: in the palette. */
  async openByPalette(): Promise<void> {
    await this.#page.keyboard.press('Control+Shift+P')
    await this.#page.getByRole('combobox', { name: 'Command' }).fill('Write an exercise')
    await this.#page.keyboard.press('Enter')
    await expect(this.dialog).toBeVisible()
  }

  async begin(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Begin a new one' }).click()
    await expect(this.dialog.getByRole('tablist', { name: 'Parts of the exercise' })).toBeVisible()
  }

  async tab(name: TabName): Promise<void> {
    await this.dialog.getByRole('tab', { name: new RegExp(`^${name}`) }).click()
  }

  field(name: string | RegExp): Locator {
    return this.dialog.getByRole('textbox', { name })
  }

  /** The fields of a check, by its place from 1. */
  check(place: number): Locator {
    return this.dialog.getByRole('group', { name: `Check ${place}`, exact: true })
  }

  async tries(): Promise<void> {
    await this.tab('Try and share')
    await this.dialog.getByRole('button', { name: 'Try it', exact: true }).click()
    await expect(this.dialog.getByRole('region', { name: 'Verdicts' })).toBeVisible({ timeout: 60_000 })
  }

  /** The link that holds the exercise. */
  async link(): Promise<string> {
    await this.tab('Try and share')
    return this.field('Link to the exercise').inputValue()
  }
}
