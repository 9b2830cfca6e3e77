import { startRun } from '../session/run.ts'
import type { ScriptProblem } from '../state/shell.ts'
import { app } from '../state/store.ts'

/** Finds the type errors of the script as it is now; there once the editor has loaded. */
type Checker = () => Promise<readonly ScriptProblem[]>

let checker: Checker | undefined

/** The editor is there and can check. */
export const setChecker = (given: Checker | undefined): void => {
  checker = given
}

/**
 * Runs the document unless its types are wrong. Without the editor nothing is checked: what was never edited
 * needs no check, and a link must not wait for a compiler.
 */
export const runChecked = async ({ anyway = false }: { readonly anyway?: boolean } = {}): Promise<void> => {
  const { arrange, tracer } = app.getState()
  // By hand no script runs.
  if (!anyway && tracer === 'script' && checker !== undefined) {
    const problems = await checker()
    const [first] = problems
    if (first !== undefined) {
      arrange({ problems, blocked: true, goTo: { line: first.line, column: first.column }, front: 'editor' })
      return
    }
  }
  arrange({ blocked: false, notice: undefined })
  await startRun()
}
