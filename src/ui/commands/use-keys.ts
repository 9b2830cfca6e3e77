import { useEffect } from 'react'
import { app } from '../state/store.ts'
import type { Command } from './command.ts'
import { COMMANDS } from './commands.ts'
import { actsWhileTyping, isSingleKey, keyOf, takesKey } from './keys.ts'

/** A clicker's keys step wherever the focus is, but in a text or a dialog. */
const isClick = (keys: string): boolean => app.getState().projector && /^Page(Up|Down)$/.test(keys)

const press = (event: KeyboardEvent, acts: (command: Command) => boolean): void => {
  // A key that a pane took for itself, or that writes a character somewhere, is not ours.
  if (event.defaultPrevented || event.isComposing) return
  const keys = keyOf(event)
  const state = app.getState()
  // Keys of stepping by hand come first in the list, and act only at the stop that waits.
  const command = COMMANDS.find((one) => one.keys.includes(keys) && acts(one) && one.when?.(state) !== false)
  if (command === undefined) return
  if (isSingleKey(keys) && !state.singleKeys) return
  if (!actsWhileTyping(keys) && takesKey(event.target, isClick(keys) ? '' : keys)) return
  // Monaco closes its own widgets with Esc; dialogs and menus theirs.
  if (keys === 'Escape' && event.target instanceof Element && event.target.closest('.monaco-editor, [role="dialog"], [role="menu"]')) return
  event.preventDefault()
  command.run(state)
}

/** Chords come first: a menu button that has the focus would take Ctrl+Enter for Enter, and open; a list PageDown for its own. */
const pressChord = (event: KeyboardEvent, acts: (command: Command) => boolean): void => {
  const keys = keyOf(event)
  if (!isClick(keys) && (keys === 'Escape' || !actsWhileTyping(keys))) return
  press(event, acts)
  if (event.defaultPrevented) event.stopPropagation()
}

const every = (): boolean => true

/**
 * Lets the keys of commands.ts act, as long as the component is there.
 *
 * @param acts which of them; the same function in each render
 */
export const useKeys = (acts: (command: Command) => boolean = every): void =>
  useEffect(() => {
    const first = (event: KeyboardEvent): void => pressChord(event, acts)
    const then = (event: KeyboardEvent): void => press(event, acts)
    window.addEventListener('keydown', first, { capture: true })
    window.addEventListener('keydown', then)
    return () => {
      window.removeEventListener('keydown', first, { capture: true })
      window.removeEventListener('keydown', then)
    }
  }, [acts])
