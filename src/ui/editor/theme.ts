import type { editor } from 'monaco-editor/editor/editor.api'

/** Reads a token of theme.css as it is now, as #rrggbb or #rrggbbaa. */
const reader = (): ((token: string) => string) => {
  const probe = document.createElement('span')
  probe.hidden = true
  document.body.append(probe)
  const pixel = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  return (token) => {
    if (token === '') {
      probe.remove()
      return ''
    }
    probe.style.color = `var(${token})`
    const color = getComputedStyle(probe).color
    if (pixel === null) return '#808080'
    pixel.canvas.width = pixel.canvas.height = 1
    pixel.fillStyle = color
    pixel.fillRect(0, 0, 1, 1)
    const [r = 0, g = 0, b = 0, a = 0] = pixel.getImageData(0, 0, 1, 1).data
    return `#${[r, g, b, a].map((part) => part.toString(16).padStart(2, '0')).join('')}`
  }
}

/** Monaco's theme, made from the tokens as they are in the theme that is shown. */
export const editorTheme = (dark: boolean): editor.IStandaloneThemeData => {
  const read = reader()
  const ink = (token: string): string => read(token).slice(1, 7)
  const theme: editor.IStandaloneThemeData = {
    base: dark ? 'vs-dark' : 'vs',
    inherit: false,
    rules: [
      { token: '', foreground: ink('--ink-1') },
      { token: 'comment', foreground: ink('--ink-3') },
      { token: 'keyword', foreground: ink('--syn-key') },
      { token: 'string', foreground: ink('--syn-str') },
      { token: 'regexp', foreground: ink('--syn-str') },
      { token: 'number', foreground: ink('--syn-num') },
      { token: 'delimiter', foreground: ink('--ink-1') },
      { token: 'identifier', foreground: ink('--ink-1') },
      { token: 'identifier.call', foreground: ink('--syn-fn') },
      { token: 'type', foreground: ink('--ink-1') },
    ],
    colors: {
      'editor.background': read('--surface-1'),
      'editor.foreground': read('--ink-1'),
      'editorLineNumber.foreground': read('--ink-3'),
      'editorLineNumber.activeForeground': read('--ink-1'),
      'editorCursor.foreground': read('--ink-1'),
      'editor.selectionBackground': read('--select'),
      'editor.inactiveSelectionBackground': read('--surface-3'),
      'editor.lineHighlightBackground': '#00000000',
      'editor.lineHighlightBorder': '#00000000',
      'editorIndentGuide.background1': '#00000000',
      'editorBracketMatch.background': read('--surface-3'),
      'editorBracketMatch.border': read('--line-strong'),
      'editorError.foreground': read('--danger'),
      'editorWarning.foreground': read('--warn'),
      'editorWidget.background': read('--surface-2'),
      'editorWidget.border': read('--line'),
      'editorHoverWidget.background': read('--surface-2'),
      'editorHoverWidget.border': read('--line'),
      'editorSuggestWidget.background': read('--surface-2'),
      'editorSuggestWidget.border': read('--line'),
      'editorSuggestWidget.selectedBackground': read('--select'),
      'editorSuggestWidget.selectedForeground': read('--ink-1'),
      'editorSuggestWidget.highlightForeground': read('--accent-ink'),
      'input.background': read('--surface-1'),
      'input.border': read('--line-strong'),
      focusBorder: read('--accent'),
      'scrollbarSlider.background': read('--line'),
      'scrollbarSlider.hoverBackground': read('--line-strong'),
      'scrollbarSlider.activeBackground': read('--line-strong'),
      'editorOverviewRuler.border': '#00000000',
    },
  }
  read('')
  return theme
}
