import { expect, type Locator, type Page } from '@playwright/test'

/** The list of events: a grid of which only what is in view is there. */
export class EventList {
  readonly grid: Locator
  readonly pane: Locator

  constructor(page: Page) {
    this.pane = page.getByRole('region', { name: 'Events' })
    this.grid = this.pane.getByRole('grid', { name: 'Events' })
  }

  /** The row of an event, if it is in view. */
  row(seq: number): Locator {
    return this.grid.getByRole('row').filter({ has: this.grid.page().getByRole('gridcell', { name: String(seq), exact: true }).first() })
      .and(this.grid.locator(`[aria-rowindex="${seq + 1}"]`))
  }

  rows(): Locator {
    return this.grid.getByRole('row').filter({ has: this.grid.page().getByRole('gridcell') })
  }

  /** The row under the cursor. */
  current(): Locator {
    return this.grid.getByRole('row', { selected: true })
  }

  async isAt(seq: number): Promise<void> {
    await expect(this.current().getByRole('gridcell').first()).toHaveText(String(seq))
    await expect(this.current()).toBeInViewport()
  }

  /** How many rows the grid has, those out of view counted, its head not. */
  async count(): Promise<number> {
    return Number(await this.grid.getAttribute('aria-rowcount')) - 1
  }
}
