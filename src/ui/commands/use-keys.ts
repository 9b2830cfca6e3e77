import { useEffect } from 'react'
import { app } from '../state/store.ts'
import { COMMANDS } from './commands.ts'
import { actsWhileTyping, isSingleKey, keyOf, takesKey } from './keys.ts'

const press = (event: KeyboardEvent): void => {
  // A key that a pane took for itself, or that writes a character somewhere, is not ours.
  if (event.defaultPrevented || event.isComposing) return
  const keys = keyOf(event)
  const state = app.getState()
  // Keys of stepping by hand come first in the list, and act only at the stop that waits.
  const command = COMMANDS.find((one) => one.keys.includes(keys) && one.when?.(state) !== false)
  if (command === undefined) return
  if (isSingleKey(keys) && !state.singleKeys) return
  if (!actsWhileTyping(keys) && takesKey(event.target, keys)) return
  // Monaco closes its own widgets with Esc; dialogs and menus theirs.
  if (keys === 'Escape' && event.target instanceof Element && event.target.closest('.monaco-editor, [role="dialog"], [role="menu"]')) return
  event.preventDefault()
  command.run(state)
}

/** Chords come first: a menu button that has the focus would take Ctrl+Enter for Enter, and open. */
const pressChord = (event: KeyboardEvent): void => {
  const keys = keyOf(event)
  if (keys === 'Escape' || !actsWhileTyping(keys)) return
  press(event)
  if (event.defaultPrevented) event.stopPropagation()
}

/** Lets the keys of commands.ts act, as long as the component is there. */
export const useKeys = (): void =>
  useEffect(() => {
    window.addEventListener('keydown', pressChord, { capture: true })
    window.addEventListener('keydown', press)
    return () => {
      window.removeEventListener('keydown', pressChord, { capture: true })
      window.removeEventListener('keydown', press)
    }
  }, [])
