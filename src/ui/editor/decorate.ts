import type { editor } from 'monaco-editor/editor/editor.api'
import type { Marks } from './marks.ts'

/** Rules that write `event 81` at the right end of a line: what is drawn there depends on the cursor. */
const sheet = document.createElement('style')
document.head.append(sheet)

/** What marks.ts found, as Monaco draws it. The classes are in monaco.css. */
export const decorations = ({ at, requests }: Marks, lines: number): editor.IModelDeltaDecoration[] => {
  const made: editor.IModelDeltaDecoration[] = []
  const rules: string[] = []
  const put = (line: number, seq: number | undefined): void => {
    const current = line === at
    if (seq !== undefined) rules.push(`.marked-line-${line}::after { content: 'event ${seq.toLocaleString('en')}' }`)
    made.push({
      range: { startLineNumber: line, startColumn: 1, endLineNumber: line, endColumn: 1 },
      options: {
        isWholeLine: true,
        className: `marked-line marked-line-${line} ${current ? 'marked-at' : 'marked-near'}`,
        marginClassName: current ? 'marked-at-margin' : 'marked-near',
        ...(current ? { linesDecorationsClassName: 'marked-arrow', lineNumberClassName: 'marked-number' } : {}),
      },
    })
  }
  for (const [line, seq] of requests) if (line <= lines) put(line, seq)
  if (at > 0 && at <= lines && !requests.has(at)) put(at, undefined)
  sheet.textContent = rules.join('\n')
  return made
}
