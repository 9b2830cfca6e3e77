/**
 * The editor proper, in a chunk of its own: by feature, for the whole of Monaco is eighty languages. Loaded when
 * somebody is about to edit; nothing else imports this module but load.ts.
 */
import * as monaco from 'monaco-editor/editor/editor.api'
import { TabFocus } from 'monaco-editor/editor/browser/config/tabFocus'
import EditorWorker from 'monaco-editor/editor/editor.worker?worker'
import 'monaco-editor/features/bracketMatching/register'
import 'monaco-editor/features/caretOperations/register'
import 'monaco-editor/features/clipboard/register'
import 'monaco-editor/features/codicon/register'
import 'monaco-editor/features/comment/register'
import 'monaco-editor/features/contextmenu/register'
import 'monaco-editor/features/cursorUndo/register'
import 'monaco-editor/features/find/register'
import 'monaco-editor/features/folding/register'
import 'monaco-editor/features/format/register'
import 'monaco-editor/features/gotoError/register'
import 'monaco-editor/features/hover/register'
import 'monaco-editor/features/indentation/register'
import 'monaco-editor/features/linesOperations/register'
import 'monaco-editor/features/multicursor/register'
import 'monaco-editor/features/parameterHints/register'
import 'monaco-editor/features/rename/register'
import 'monaco-editor/features/smartSelect/register'
import 'monaco-editor/features/snippet/register'
import 'monaco-editor/features/suggest/register'
import 'monaco-editor/features/toggleTabFocusMode/register'
import 'monaco-editor/features/wordHighlighter/register'
import 'monaco-editor/features/wordOperations/register'
import 'monaco-editor/languages/definitions/typescript/register'
import { language } from 'monaco-editor/languages/definitions/typescript/typescript'
import {
  ModuleKind, ModuleResolutionKind, getTypeScriptWorker, typescriptDefaults, type Diagnostic, type ScriptTarget,
} from 'monaco-editor/languages/features/typescript/register'
import TypeScriptWorker from 'monaco-editor/languages/features/typescript/ts.worker?worker'
import type { ScriptProblem } from '../state/shell.ts'
import { editorTheme } from './theme.ts'

export { monaco }

// Nobody is caught in the editor who goes through the page with Tab; Ctrl+M turns it into a key that indents.
TabFocus.setTabFocusMode(true)

const SCRIPT = monaco.Uri.parse('file:///tracer.ts')

self.MonacoEnvironment = {
  getWorker: (_id: string, label: string) => (label === 'typescript' || label === 'javascript' ? new TypeScriptWorker() : new EditorWorker()),
}

/** TypeScript's own number for ES2022, and for "every file is a module"; Monaco's types stop before them. */
const ES2022 = 9 as ScriptTarget
const FORCE = 3

typescriptDefaults.setCompilerOptions({
  strict: true,
  target: ES2022,
  module: ModuleKind.ESNext,
  moduleResolution: ModuleResolutionKind.NodeJs,
  moduleDetection: FORCE,
  // What the machine leaves of the global scope: ECMAScript, nothing of a page.
  lib: ['es2022'],
  types: [],
  noEmit: true,
  allowNonTsExtensions: true,
})
typescriptDefaults.setEagerModelSync(true)

// The API's types, as its own project has them.
const types = import.meta.glob<string>('../../engine/script/api.d.ts', { query: '?raw', import: 'default', eager: true })
for (const text of Object.values(types)) typescriptDefaults.addExtraLib(text, 'file:///node_modules/ptrace/index.d.ts')

// Monaco's grammar has no word for a call; the theme, and the listing that was there before, have.
const CALL = [/[a-zA-Z_$][\w$]*(?=\()/, { cases: { '@keywords': 'keyword', '@default': 'identifier.call' } }]
const { tokenizer } = language
monaco.languages.setMonarchTokensProvider('typescript', {
  ...language, tokenizer: { ...tokenizer, common: [CALL, ...tokenizer.common] },
} as monaco.languages.IMonarchLanguage)

/** Applies the theme that is shown. */
export const applyTheme = (dark: boolean): void => {
  monaco.editor.defineTheme('skipcall', editorTheme(dark))
  monaco.editor.setTheme('skipcall')
}

/** The script's model; one for the life of the page, so that undo survives a change of tabs. */
export const scriptModel = (text: string): monaco.editor.ITextModel => {
  const there = monaco.editor.getModel(SCRIPT)
  if (there !== null) return there
  const model = monaco.editor.createModel(text, 'typescript', SCRIPT)
  // Four inks are enough: colours of brackets would mean nothing here.
  model.updateOptions({ tabSize: 2, insertSpaces: true, bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false } })
  return model
}

const plain = (message: Diagnostic['messageText']): string => (typeof message === 'string' ? message : message.messageText)

/** Monaco loads its part for TypeScript when it meets the first model of it, and has no word for that it is there. */
const ASK_AGAIN = 100
const MOST_ASKED = 100

const typeScript = async (): Promise<Awaited<ReturnType<typeof getTypeScriptWorker>>> => {
  for (let asked = 1; ; asked++) {
    try {
      return await getTypeScriptWorker()
    } catch (error) {
      if (asked === MOST_ASKED) throw error
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN))
    }
  }
}

/** The errors that TypeScript finds in the script as it is now. */
export const typeErrors = async (model: monaco.editor.ITextModel): Promise<readonly ScriptProblem[]> => {
  const worker = await (await typeScript())(model.uri)
  const name = model.uri.toString()
  const found = await Promise.all([worker.getSyntacticDiagnostics(name), worker.getSemanticDiagnostics(name)])
  return found.flat().filter(({ category }) => category === 1).map(({ start = 0, messageText }) => {
    const { lineNumber, column } = model.getPositionAt(start)
    return { line: lineNumber, column, message: plain(messageText) }
  })
}
