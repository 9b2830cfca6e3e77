/**
 * Combinations as commands.ts writes them: `n`, `Shift+N`, `[`, `Mod+Enter`. Mod is Ctrl, or ⌘ on a Mac. Shift
 * is written only with letters and named keys: `?` is `?` on every keyboard, however it is typed.
 */
export const keyOf = (event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): string => {
  const { key, ctrlKey, metaKey, shiftKey, altKey } = event
  const letter = /^\p{L}$/u.test(key)
  const parts: string[] = []
  if (ctrlKey || metaKey) parts.push('Mod')
  if (altKey) parts.push('Alt')
  if (shiftKey && (letter || key.length > 1)) parts.push('Shift')
  parts.push(letter ? (shiftKey || parts.length > 0 ? key.toUpperCase() : key.toLowerCase()) : key)
  return parts.join('+')
}

/** Whether a combination may act while a person types: those with Mod, F6 and Esc. */
export const actsWhileTyping = (keys: string): boolean => /^(Mod\+|(Shift\+)?F\d+$|Escape$)/.test(keys)

/** Single keys can be switched off (WCAG 2.1.4); named ones such as Home are none. */
export const isSingleKey = (keys: string): boolean => /^(Shift\+)?.$/u.test(keys)

/** Whether what has the focus takes text, or takes this key for itself. */
export const takesKey = (target: EventTarget | null, keys: string): boolean => {
  if (!(target instanceof Element)) return false
  if (target.closest('input, textarea, select, [contenteditable="true"], .monaco-editor, .xterm') !== null) return true
  if (target.closest('[role="dialog"], [role="menu"]') !== null) return true
  // Enter and Space press what is focused; arrows, Home and End move in it.
  if (keys === 'Enter' || keys === ' ') return target.closest('button, a, [role="tab"], [role="separator"]') !== null
  if (/^(Arrow|Home|End|Page)/.test(keys)) {
    return target.closest('[role="grid"], [role="slider"], [role="tab"], [role="separator"], [role="radio"]') !== null
  }
  return false
}
