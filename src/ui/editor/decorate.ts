import type { editor } from 'monaco-editor/editor/editor.api'
import type { Marks } from './marks.ts'

/** What marks.ts found, as Monaco draws it. The classes are in monaco.css. */
export const decorations = ({ at, requests }: Marks, lines: number): editor.IModelDeltaDecoration[] =>
  [...new Set([...requests.keys(), at])].filter((line) => line > 0 && line <= lines).map((line) => ({
    range: { startLineNumber: line, startColumn: 1, endLineNumber: line, endColumn: 1 },
    options: {
      isWholeLine: true,
      className: line === at ? 'marked-at' : 'marked-near',
      marginClassName: line === at ? 'marked-at-margin' : 'marked-near',
      ...(line === at ? { linesDecorationsClassName: 'marked-arrow', lineNumberClassName: 'marked-number' } : {}),
    },
  }))

/**
 * Writes `event 81` at the right edge of the lines that made requests: over the code, for a decoration is as wide
 * as the longest line and lies below the text.
 */
export class Hints {
  #editor: editor.ICodeEditor
  #layer = document.createElement('div')
  #marks: Marks | undefined

  constructor(of: editor.ICodeEditor) {
    this.#editor = of
    this.#layer.className = 'marked-hints'
    of.addOverlayWidget({ getId: () => 'skipcall.hints', getDomNode: () => this.#layer, getPosition: () => null })
    of.onDidScrollChange(() => this.#place())
    of.onDidLayoutChange(() => this.#place())
    of.onDidContentSizeChange(() => this.#place())
  }

  show(marks: Marks | undefined): void {
    this.#marks = marks
    const lines = this.#editor.getModel()?.getLineCount() ?? 0
    this.#layer.replaceChildren(...[...(marks?.requests ?? [])].filter(([line]) => line <= lines).map(([line, seq]) => {
      const hint = document.createElement('span')
      hint.textContent = `event ${seq.toLocaleString('en')}`
      hint.className = line === marks?.at ? 'marked-hint marked-at' : 'marked-hint'
      hint.dataset['line'] = String(line)
      return hint
    }))
    this.#place()
  }

  #place(): void {
    if (this.#marks === undefined) return
    const { width, verticalScrollbarWidth } = this.#editor.getLayoutInfo()
    this.#layer.style.width = `${width - verticalScrollbarWidth}px`
    const scroll = this.#editor.getScrollTop()
    for (const hint of this.#layer.children as HTMLCollectionOf<HTMLElement>) {
      hint.style.top = `${this.#editor.getTopForLineNumber(Number(hint.dataset['line'])) - scroll}px`
    }
  }
}
