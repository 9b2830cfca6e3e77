import type { Locator, Page } from '@playwright/test'

/** Everything about the event at the cursor. */
export class Inspector {
  readonly pane: Locator

  constructor(page: Page) {
    this.pane = page.getByRole('region', { name: 'Inspector' })
  }

  async choose(tab: 'Call' | 'Memory' | 'Registers' | 'Source' | 'Tasks'): Promise<void> {
    await this.pane.getByRole('tab', { name: tab }).click()
  }

  /** The call or event, as a heading. */
  heading(): Locator {
    return this.pane.getByRole('heading', { level: 3 }).first()
  }

  section(name: 'Why stopped' | 'How it ended' | 'Registers' | 'What the tracer did then' | 'Memory' | 'Stack'): Locator {
    return this.pane.getByRole('region', { name })
  }

  /** The values that belong to a name: value with its note, then where it lives. */
  fact(name: string): Locator {
    return this.pane.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) }).locator('..')
  }

  register(name: string): Locator {
    return this.pane.getByRole('table').getByRole('row').filter({ has: this.pane.page().getByRole('rowheader', { name, exact: true }) })
  }
}
