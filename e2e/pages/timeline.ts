import { expect, type Locator, type Page } from '@playwright/test'

/** Width of the tracks' names, left of the picture, in CSS pixels. */
const HEADS = 120

const escaped = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The picture of the run. It is a canvas: what it says is said by its slider, too. */
export class Timeline {
  readonly pane: Locator
  /** The cursor, whose value is a sentence. */
  readonly cursor: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.pane = page.getByRole('region', { name: 'Timeline' })
    this.cursor = this.pane.getByRole('slider', { name: 'Event at the cursor' })
  }

  button(name: 'Pan left' | 'Pan right' | 'Zoom in' | 'Zoom out' | 'Fit all'): Locator {
    return this.pane.getByRole('button', { name, exact: true })
  }

  async isAt(seq: number): Promise<void> {
    await expect(this.cursor).toHaveAttribute('aria-valuenow', String(seq))
  }

  async seq(): Promise<number> {
    return Number(await this.cursor.getAttribute('aria-valuenow'))
  }

  async length(): Promise<number> {
    return Number(await this.cursor.getAttribute('aria-valuemax'))
  }

  /** The sentence about the event at the cursor. */
  async says(words: string | RegExp): Promise<void> {
    await expect(this.cursor).toHaveAttribute('aria-valuetext', typeof words === 'string' ? new RegExp(escaped(words)) : words)
  }

  async sentence(): Promise<string> {
    return (await this.cursor.getAttribute('aria-valuetext')) ?? ''
  }

  /** `39–91`: the events in view; the whole run says `All 63`. */
  crumbs(): Locator {
    return this.pane.getByText(/^(All )?[\d\s,]+([–-][\d\s,]+)?$/)
  }

  /** Where the picture of the tracks is, in CSS pixels of the window. */
  async picture(): Promise<{ readonly x: number; readonly y: number; readonly width: number; readonly height: number }> {
    const canvas = this.pane.locator('canvas').last()
    const box = await canvas.boundingBox()
    if (box === null) throw new Error('the timeline has no picture')
    return box
  }

  /** The point of the picture where an event is, when all of a run of `length` events is in view. */
  async placeOf(seq: number, track: 'tracer' | 'task' = 'task'): Promise<{ readonly x: number; readonly y: number }> {
    const { x, y, width } = await this.picture()
    const length = await this.length()
    return { x: x + ((seq - 0.5) / length) * width, y: y + (track === 'tracer' ? 40 : 82) }
  }

  /** Drags over the picture from one event to another. */
  async select(from: number, to: number): Promise<void> {
    const [a, b] = [await this.placeOf(from), await this.placeOf(to)]
    await this.#page.mouse.move(a.x, a.y)
    await this.#page.mouse.down()
    await this.#page.mouse.move((a.x + b.x) / 2, a.y, { steps: 3 })
    await this.#page.mouse.move(b.x, b.y, { steps: 3 })
    await this.#page.mouse.up()
  }

  /** A point of the minimap, by the part of the run before it. */
  async minimapAt(part: number): Promise<{ readonly x: number; readonly y: number }> {
    const canvas = this.pane.locator('canvas').first()
    const box = await canvas.boundingBox()
    if (box === null) throw new Error('the timeline has no minimap')
    return { x: box.x + part * box.width, y: box.y + box.height / 2 }
  }

  /** The name and the state of each task. */
  track(name: string): Locator {
    return this.pane.getByText(name, { exact: true })
  }

  get headWidth(): number {
    return HEADS
  }
}
