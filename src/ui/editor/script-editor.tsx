import { useEffect, useRef } from 'react'
import { stopRun } from '../session/run.ts'
import { app, useApp } from '../state/store.ts'
import { useDark } from '../shell/use-dark.ts'
import { runChecked, setChecker } from './check.ts'
import { Hints, decorations } from './decorate.ts'
import type { Marks } from './marks.ts'
import { applyTheme, monaco, scriptModel, typeErrors } from './monaco.ts'
import './monaco.css'
import styles from './editor.module.css'

/** Types are checked this long after the last keystroke, in milliseconds. */
const CHECK_AFTER = 500

const FACE: monaco.editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  minimap: { enabled: false },
  fontSize: 12,
  lineHeight: 18,
  fontLigatures: false,
  lineNumbersMinChars: 5,
  lineDecorationsWidth: 20,
  glyphMargin: false,
  folding: false,
  padding: { top: 8, bottom: 8 },
  scrollBeyondLastLine: false,
  overviewRulerLanes: 0,
  renderLineHighlight: 'none',
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
  ariaLabel: 'tracer.ts',
  fixedOverflowWidgets: true,
  guides: { indentation: false },
  occurrencesHighlight: 'singleFile',
  'semanticHighlighting.enabled': false,
}

/** The editor with what we draw in it. */
interface Standing {
  readonly box: HTMLElement
  readonly editor: monaco.editor.IStandaloneCodeEditor
  readonly drawn: monaco.editor.IEditorDecorationsCollection
  readonly hints: Hints
}

/**
 * One for the life of the page: where panes are arranged anew it moves with its undo, its selection and its scroll. A
 * second one could not even be made: by then Monaco has loaded features for TypeScript whose services it did not know of
 * when the first one began.
 */
let standing: Standing | undefined

const makeEditor = (): Standing => {
  const box = document.createElement('div')
  box.className = styles.editor ?? ''
  const fontFamily = getComputedStyle(document.documentElement).getPropertyValue('--font-mono')
  const editor = monaco.editor.create(box, { ...FACE, fontFamily, model: scriptModel(app.getState().script), theme: 'skipcall' })
  editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter, () => void runChecked())
  editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.Period, stopRun)
  return { box, editor, drawn: editor.createDecorationsCollection(), hints: new Hints(editor) }
}

/** The script in Monaco. Its text is the store's, its marks the cursor's. */
export function ScriptEditor({ marks, wantsFocus }: { readonly marks: Marks | undefined; readonly wantsFocus: boolean }) {
  const box = useRef<HTMLDivElement>(null)
  const editor = useRef<monaco.editor.IStandaloneCodeEditor>(undefined)
  const drawn = useRef<monaco.editor.IEditorDecorationsCollection>(undefined)
  const hints = useRef<Hints>(undefined)
  const dark = useDark()
  const script = useApp((state) => state.script)
  const failure = useApp((state) => state.failure)
  const goTo = useApp((state) => state.goTo)

  useEffect(() => applyTheme(dark), [dark])

  useEffect(() => {
    if (box.current === null) return
    const model = scriptModel(app.getState().script)
    standing ??= makeEditor()
    const { box: own, editor: made } = standing
    box.current.append(own)
    editor.current = made
    drawn.current = standing.drawn
    hints.current = standing.hints

    let timer: ReturnType<typeof setTimeout>
    let alive = true
    const check = async () => {
      const problems = await typeErrors(model)
      if (alive) app.getState().arrange({ problems, ...(problems.length === 0 ? { blocked: false } : {}) })
      return problems
    }
    const checkLater = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => void check(), CHECK_AFTER)
    }
    const changes = model.onDidChangeContent(() => {
      const text = model.getValue()
      if (text !== app.getState().script) app.getState().edit({ script: text })
      checkLater()
    })
    setChecker(check)
    checkLater()
    if (made.getModel()?.getValue() !== app.getState().script) model.setValue(app.getState().script)
    // Whoever was in the listing goes on in the editor; whoever has left it meanwhile is left alone.
    if (wantsFocus && (document.activeElement === null || document.activeElement === document.body)) made.focus()
    return () => {
      alive = false
      clearTimeout(timer)
      setChecker(undefined)
      changes.dispose()
      own.remove()
      editor.current = undefined
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the focus is wanted once, when it appears
  }, [])

  // The store's text came from elsewhere: an example, a link, a draft.
  useEffect(() => {
    const model = editor.current?.getModel()
    if (model && model.getValue() !== script) model.setValue(script)
  }, [script])

  useEffect(() => {
    const model = editor.current?.getModel()
    if (!model || drawn.current === undefined) return
    drawn.current.set(marks === undefined ? [] : decorations(marks, model.getLineCount()))
    hints.current?.show(marks)
    if (marks !== undefined && marks.at > 0) editor.current?.revealLineInCenterIfOutsideViewport(Math.min(marks.at, model.getLineCount()))
  }, [marks, script])

  useEffect(() => {
    const model = editor.current?.getModel()
    if (!model) return
    const line = Math.min(failure?.line ?? 0, model.getLineCount())
    monaco.editor.setModelMarkers(model, 'run', failure === undefined || line === 0 ? [] : [{
      severity: monaco.MarkerSeverity.Error,
      message: `${failure.title}\n${failure.cause}\n${failure.cure}`,
      startLineNumber: line,
      startColumn: failure.column ?? model.getLineFirstNonWhitespaceColumn(line),
      endLineNumber: line,
      endColumn: model.getLineMaxColumn(line),
    }])
  }, [failure])

  useEffect(() => {
    if (goTo === undefined || editor.current === undefined) return
    editor.current.setPosition({ lineNumber: goTo.line, column: goTo.column })
    editor.current.revealLineInCenterIfOutsideViewport(goTo.line)
    editor.current.focus()
  }, [goTo])

  return (
    <div className={styles.monaco}>
      <div className={styles.box} ref={box} />
      <p className={styles.tabHint}>Tab leaves the editor; Ctrl+M makes it indent.</p>
    </div>
  )
}
