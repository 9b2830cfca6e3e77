import * as v from 'valibot'
import { keep, recall, type Layouts } from './storage.ts'

const form = v.record(v.string(), v.record(v.string(), v.number()))

let layouts: Layouts = {}

/** Recalls the sizes of panes. To be called once, before the first render. */
export const recallLayouts = async (): Promise<void> => {
  const kept = v.safeParse(form, await recall('layouts'))
  if (kept.success) layouts = kept.output
}

/** The sizes (percent by panel) that a group was left with, or undefined. */
export const layoutOf = (group: string): Layouts[string] | undefined => layouts[group]

/** Keeps the sizes of a group. */
export const keepLayout = (group: string, layout: Layouts[string]): void => {
  layouts = { ...layouts, [group]: layout }
  void keep('layouts', layouts)
}
