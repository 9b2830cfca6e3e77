import type { Locator, Page } from '@playwright/test'

/** What guests wrote and scripts printed, where a run failed, and the line to type in. */
export class ConsolePane {
  readonly pane: Locator
  readonly output: Locator

  constructor(page: Page) {
    this.pane = page.getByRole('region', { name: 'Console' })
    this.output = this.pane.getByRole('log', { name: 'Output' })
  }

  line(text: string | RegExp): Locator {
    return this.output.getByRole('listitem').filter({ hasText: text })
  }

  /** The card that says what went wrong: title, place, cause, cure. */
  failure(title?: string | RegExp): Locator {
    return this.output.getByRole('alert', title === undefined ? {} : { name: title })
  }

  /** The field of a guest that reads its terminal. */
  input(): Locator {
    return this.pane.getByRole('textbox')
  }
}
