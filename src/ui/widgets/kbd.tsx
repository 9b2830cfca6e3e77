import styles from './kbd.module.css'

const MAC = /Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? '')

const SIGNS: Readonly<Record<string, string>> = {
  Mod: MAC ? '⌘' : 'Ctrl', Shift: MAC ? '⇧' : 'Shift', Enter: MAC ? '↵' : 'Enter', ArrowLeft: '←', ArrowRight: '→', '-': '−', Escape: 'Esc',
}

/** A combination of commands.ts as this machine writes it: `Mod+Enter` is ⌘↵ or Ctrl+Enter. */
export const keyText = (keys: string): string =>
  (keys === '+' ? ['+'] : keys.split('+'))
    .map((key) => SIGNS[key] ?? (key.length === 1 && !keys.includes('+') ? key.toLowerCase() : key))
    .join(MAC ? '' : '+')

/** A key cap. */
export function Kbd({ keys }: { readonly keys: string }) {
  return <kbd className={styles.kbd}>{keyText(keys)}</kbd>
}
