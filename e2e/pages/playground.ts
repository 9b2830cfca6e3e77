import { expect, type Locator, type Page } from '@playwright/test'
import { ConsolePane } from './console-pane.ts'
import { EventList } from './event-list.ts'
import { FilterBar } from './filter-bar.ts'
import { Inspector } from './inspector.ts'
import { ScriptEditor } from './script-editor.ts'
import { ShareDialog } from './share-dialog.ts'
import { Timeline } from './timeline.ts'

/** A full SHA-256, as the status bar tells it to those who point at the short one. */
const DIGEST = /^[0-9a-f]{64}$/

/** The whole page, as a person finds their way in it: by roles and names. */
export class Playground {
  readonly page: Page
  readonly menuBar: Locator
  readonly transport: Locator
  readonly statusBar: Locator
  /** What the page has to say across its full width. */
  readonly notice: Locator
  readonly editor: ScriptEditor
  readonly console: ConsolePane
  readonly timeline: Timeline
  readonly events: EventList
  readonly inspector: Inspector
  readonly filter: FilterBar
  readonly share: ShareDialog

  constructor(page: Page) {
    this.page = page
    this.menuBar = page.getByRole('banner').first()
    this.transport = page.getByRole('toolbar', { name: 'Transport' })
    this.statusBar = page.getByRole('contentinfo')
    this.notice = page.getByRole('alert').or(page.getByRole('status')).filter({ has: page.getByRole('button', { name: 'Dismiss' }) })
    this.editor = new ScriptEditor(page)
    this.console = new ConsolePane(page)
    this.timeline = new Timeline(page)
    this.events = new EventList(page)
    this.inspector = new Inspector(page)
    this.filter = new FilterBar(page)
    this.share = new ShareDialog(page)
  }

  /** Opens the page as somebody new to it, or with a link's fragment, and waits until there is a run to look at. */
  async open(fragment = ''): Promise<void> {
    await this.page.goto(`/${fragment}`)
    await this.hasEnded()
  }

  /** The run that is shown is over: its digest is known. */
  async hasEnded(timeout?: number): Promise<void> {
    await expect(this.digestText(), 'the digest of a run that is over').toBeVisible(timeout === undefined ? {} : { timeout })
  }

  /** Waits for what begins a run: a machine of its own, a worker in the sandbox. */
  async begins(act: () => Promise<unknown>): Promise<void> {
    const begun = this.page.waitForEvent('worker', (worker) => worker.url().startsWith('blob:'))
    await act()
    await begun
  }

  /** Does what begins a run, and waits for its end. */
  async runs(act: () => Promise<unknown>): Promise<void> {
    await this.begins(act)
    await this.hasEnded()
  }

  async run(): Promise<void> {
    await this.runs(() => this.runButton().click())
  }

  runButton(): Locator {
    return this.page.getByRole('button', { name: /^Run\b(?! anyway)/ })
  }

  /** Live or replay, in words. */
  mode(): Locator {
    return this.menuBar.getByRole('status')
  }

  async chooseExample(title: string): Promise<void> {
    await this.menuBar.getByRole('button', { name: /^Example:/ }).click()
    await this.page.getByRole('menuitemradio', { name: title }).click()
  }

  async chooseGuest(name: string): Promise<void> {
    await this.menuBar.getByRole('button', { name: /^Guest:/ }).click()
    await this.page.getByRole('menuitemradio', { name: new RegExp(`\\b${name}$`) }).click()
    await expect(this.menuBar.getByRole('button', { name: `Guest: ${name}` })).toBeVisible()
  }

  async chooseTheme(name: 'As the system' | 'Light' | 'Dark'): Promise<void> {
    await this.menuBar.getByRole('button', { name: 'Theme' }).click()
    await this.page.getByRole('menuitemradio', { name }).click()
  }

  digestText(): Locator {
    return this.statusBar.getByTitle(DIGEST)
  }

  async digest(): Promise<string> {
    return (await this.digestText().getAttribute('title')) ?? ''
  }

  /** Presses a key with the focus on nothing that would take it for itself. */
  async press(...keys: readonly string[]): Promise<void> {
    await this.page.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    })
    for (const key of keys) await this.page.keyboard.press(key)
  }

  /** Goes to an event as the keyboard does: `g`, its number, Enter. */
  async goTo(seq: number): Promise<void> {
    await this.press('g')
    await this.page.keyboard.type(String(seq))
    await this.page.keyboard.press('Enter')
    await this.timeline.isAt(seq)
  }
}
