import { useEffect } from 'react'
import { app } from '../state/store.ts'
import { COMMANDS } from './commands.ts'
import { actsWhileTyping, isSingleKey, keyOf, takesKey } from './keys.ts'

const BY_KEY = new Map(COMMANDS.flatMap((command) => command.keys.map((keys) => [keys, command] as const)))

const press = (event: KeyboardEvent): void => {
  // A key that a pane took for itself, or that writes a character somewhere, is not ours.
  if (event.defaultPrevented || event.isComposing) return
  const keys = keyOf(event)
  const command = BY_KEY.get(keys)
  if (command === undefined) return
  const state = app.getState()
  if (isSingleKey(keys) && !state.singleKeys) return
  if (!actsWhileTyping(keys) && takesKey(event.target, keys)) return
  // Monaco closes its own widgets with Esc; dialogs and menus theirs.
  if (keys === 'Escape' && event.target instanceof Element && event.target.closest('.monaco-editor, [role="dialog"], [role="menu"]')) return
  if (command.when !== undefined && !command.when(state)) return
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
