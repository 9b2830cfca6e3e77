import type { Locator, Page } from '@playwright/test'

/** The filter: a field that suggests, counts, and points at what is wrong. */
export class FilterBar {
  readonly bar: Locator
  readonly field: Locator

  constructor(page: Page) {
    this.bar = page.getByRole('search')
    this.field = this.bar.getByRole('combobox', { name: 'Filter' })
  }

  /** How many match, or where the mistake is. */
  count(): Locator {
    return this.bar.getByRole('status')
  }

  suggestions(): Locator {
    return this.bar.getByRole('listbox', { name: 'Suggestions' }).getByRole('option')
  }

  async write(query: string): Promise<void> {
    await this.field.fill(query)
    await this.field.press('Escape')
  }
}
