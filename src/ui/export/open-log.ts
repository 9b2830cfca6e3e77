import { JsonLinesReader } from '../../engine/import/json-lines.ts'
import { MOST_EVENTS, problemText, type ImportProblem } from '../../engine/import/problem.ts'
import { StraceReader } from '../../engine/import/strace-log.ts'
import { readStraceLine } from '../../engine/import/strace-line.ts'
import { readPrefix } from '../../engine/import/strace-prefix.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { runChecked } from '../editor/check.ts'
import { putAway } from '../session/run.ts'
import { app } from '../state/store.ts'
import { breathe } from './write-out.ts'

/** Larger files are not even read, in bytes. */
const LARGEST = 512 * 2 ** 20
/** Read at once, in bytes: a few milliseconds of work. */
const PIECE = 1 << 17
/** Enough to see what a file is. */
const HEAD = 1 << 13

interface Opened {
  readonly trace: Trace
  readonly epoch: bigint | undefined
  readonly lines: number
  readonly title: string
}

const isJson = (head: string): boolean => head.trimStart().startsWith('{')

/** Whether a file is a trace of either kind, as far as its beginning tells. */
export const looksLikeTrace = async (file: File): Promise<boolean> => {
  const head = await file.slice(0, HEAD).text()
  if (isJson(head)) return head.includes('"format":"skipcall-trace"')
  const line = head.split('\n').find((one) => one.trim() !== '') ?? ''
  const { at } = readPrefix(line)
  return head.includes('\n') && readStraceLine(line, at).kind !== 'wrong' && /\S/.test(line.slice(at))
}

const refuse = (name: string, problem: ImportProblem): void =>
  app.getState().arrange({
    notice: { tone: 'danger', cause: `${name} cannot be read. ${problemText(problem)}`, cure: `${problem.cure} What was shown is kept.` },
  })

/** Feeds a file to a reader piece by piece; the page stays alive, says how far it is, and can be told to stop. */
const feed = async (file: File, add: (text: string) => ImportProblem | undefined): Promise<ImportProblem | 'stopped' | undefined> => {
  const decoder = new TextDecoder()
  const stop = new AbortController()
  const began = performance.now()
  for (let at = 0; at < file.size; at += PIECE) {
    const bytes = await file.slice(at, at + PIECE).arrayBuffer()
    const problem = add(decoder.decode(bytes, { stream: true }))
    if (problem !== undefined) return problem
    await breathe()
    if (stop.signal.aborted) return 'stopped'
    if (performance.now() - began < 300) continue
    const percent = Math.floor((100 * at) / file.size)
    app.getState().arrange({
      notice: { tone: 'plain', cause: `Reading ${file.name}: ${percent} %.`, action: { title: 'Stop reading', run: () => stop.abort() } },
    })
  }
  return add(decoder.decode())
}

const read = async (file: File): Promise<Opened | ImportProblem | 'stopped'> => {
  if (isJson(await file.slice(0, HEAD).text())) {
    const reader = new JsonLinesReader()
    const problem = await feed(file, (text) => reader.add(text))
    if (problem !== undefined) return problem
    const result = reader.end()
    return 'cause' in result ? result : { ...result, title: result.title === '' ? file.name : result.title }
  }
  const reader = new StraceReader()
  const problem = await feed(file, (text) => reader.add(text))
  if (problem !== undefined) return problem
  const result = reader.end()
  if ('cause' in result) return result
  const { trace, epoch, lines } = result
  return { trace, lines, title: file.name, epoch: epoch === undefined ? undefined : BigInt(epoch.seconds) * 1_000_000_000n + BigInt(epoch.nanoseconds) }
}

/** Shows a log of strace, or a trace that was exported as JSON lines. What was being edited stays as it is. */
export const openLog = async (file: File): Promise<boolean> => {
  const { arrange } = app.getState()
  if (file.size > LARGEST) {
    refuse(file.name, { line: 1, column: 1, cause: 'The file is larger than 512 MB.', cure: `Record less: a page holds ${MOST_EVENTS.toLocaleString('en')} events.` })
    return false
  }
  let opened
  try {
    opened = await read(file)
  } catch {
    arrange({ notice: { tone: 'danger', cause: `${file.name} could not be read.`, cure: 'It may have been moved or changed: choose it again.' } })
    return false
  }
  if (opened === 'stopped') {
    arrange({ notice: undefined })
    return false
  }
  if ('cause' in opened) {
    refuse(file.name, opened)
    return false
  }
  putAway()
  const { showLog, show } = app.getState()
  showLog({ name: opened.title, trace: opened.trace, epoch: opened.epoch })
  show({ window: undefined, filter: '', dialog: 'none', notes: [] })
  arrange({
    problems: [],
    notice: {
      tone: 'plain',
      cause: `You are looking at ${file.name}: ${opened.lines.toLocaleString('en')} lines, ${opened.trace.length.toLocaleString('en')} events.`,
      cure: 'It was recorded elsewhere and is not run here. What you were editing is kept.',
      action: { title: 'Run the editor’s script', run: () => void runChecked() },
    },
  })
  return true
}
