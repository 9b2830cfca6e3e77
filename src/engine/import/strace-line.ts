import { behindQuotes } from '../decode/foreign-text.ts'

/** What a line of strace says, without its prefix. */
export type StraceLine =
  | { readonly kind: 'call'; readonly name: string; readonly inside: string; readonly end: CallEnd }
  | { readonly kind: 'unfinished'; readonly name: string; readonly inside: string }
  | { readonly kind: 'resumed'; readonly name: string; readonly inside: string; readonly end: CallEnd }
  | { readonly kind: 'signal'; readonly name: string; readonly siginfo: string }
  | { readonly kind: 'stopped'; readonly name: string }
  | { readonly kind: 'exited'; readonly status: number }
  | { readonly kind: 'killed'; readonly name: string; readonly dumped: boolean }
  | { readonly kind: 'attached'; readonly pid: number }
  | { readonly kind: 'detached'; readonly pid: number }
  /** What strace says besides: kept as a line of text. */
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'nothing' }
  /** None of strace's; `column` from 0 is where it stops being one. */
  | { readonly kind: 'wrong'; readonly column: number; readonly what: string }

/** What stands behind a call's parenthesis. */
export interface CallEnd {
  readonly result: string
  /** Nanoseconds in the call: -T. */
  readonly took: number | undefined
}

const NAME = /[A-Za-z_]\w{0,63}/y
const UNFINISHED = ' <unfinished ...>'
const TOOK = / <(\d{1,9})\.(\d{1,9})>$/

/** The parenthesis of `) = `, the last one that stands in no string; −1 if there is none. */
const closing = (text: string, from: number): number => {
  let found = -1
  for (let i = from; i < text.length; i++) {
    const sign = text.charCodeAt(i)
    if (sign === 34 /* " */) i = behindQuotes(text, i) - 1
    else if (sign === 41 /* ) */) {
      let at = i + 1
      while (text.charCodeAt(at) === 32) at++
      if (at > i + 1 && text.startsWith('= ', at)) found = i
    }
  }
  return found
}

const endOf = (text: string, paren: number): CallEnd => {
  let result = text.slice(text.indexOf('= ', paren) + 2)
  const took = TOOK.exec(result.slice(-24))
  if (took === null) return { result: result.trimEnd(), took: undefined }
  result = result.slice(0, result.lastIndexOf(' <'))
  return { result: result.trimEnd(), took: Number(took[1]) * 1e9 + Number((took[2] ?? '').padEnd(9, '0')) }
}

const framed = (text: string): StraceLine | undefined => {
  const body = text.slice(4, -4)
  if (text.startsWith('+++ ') && text.endsWith(' +++')) {
    const exited = /^exited with (\d{1,3})$/.exec(body)
    if (exited !== null) return { kind: 'exited', status: Number(exited[1]) }
    const killed = /^killed by (\w{1,20})( \(core dumped\))?$/.exec(body)
    if (killed !== null) return { kind: 'killed', name: killed[1] as string, dumped: killed[2] !== undefined }
    return { kind: 'note', text }
  }
  if (!text.startsWith('--- ') || !text.endsWith(' ---')) return undefined
  const stopped = /^stopped by (\w{1,20})$/.exec(body)
  if (stopped !== null) return { kind: 'stopped', name: stopped[1] as string }
  const [name] = /^SIG\w{1,17}/.exec(body) ?? []
  if (name === undefined) return undefined
  const rest = body.slice(name.length + 1)
  return { kind: 'signal', name, siginfo: rest.startsWith('{') && rest.endsWith('}') ? rest.slice(1, -1) : rest }
}

const spoken = (text: string): StraceLine | undefined => {
  const process = /^(?:strace: )?Process (\d{1,10}) (attached|detached)/.exec(text)
  if (process !== null) return { kind: process[2] as 'attached' | 'detached', pid: Number(process[1]) }
  return text.startsWith('strace: ') || /^\[ Process PID=\d/.test(text) ? { kind: 'note', text } : undefined
}

const resumed = (text: string, at: number): StraceLine | undefined => {
  NAME.lastIndex = at + 5
  const [name] = NAME.exec(text) ?? []
  const word = ' resumed>'
  if (name === undefined || !text.startsWith(word, NAME.lastIndex)) return undefined
  const from = NAME.lastIndex + word.length
  const paren = closing(text, from)
  if (paren < 0) return { kind: 'wrong', column: text.length, what: `the call of ${name} ends without a result` }
  return { kind: 'resumed', name, inside: text.slice(from, paren), end: endOf(text, paren) }
}

/** What a terminal's log has in the middle of a line: strace says so as soon as it has attached to a child. */
const ATTACHED = /strace: Process (\d{1,10}) attached$/

/** A line that such a message cut in two: the first half of the call, and the child. */
export interface CutLine {
  readonly name: string
  readonly inside: string
  readonly child: number
}

/** Reads such a line, whose rest stands on the next one; undefined if it is none. */
export const readCutLine = (text: string, at: number): CutLine | undefined => {
  if (!text.endsWith(' attached')) return undefined
  const found = ATTACHED.exec(text.slice(-40))
  const end = found === null ? -1 : text.length - found[0].length
  NAME.lastIndex = at
  const [name] = NAME.exec(text) ?? []
  if (found === null || name === undefined || text[NAME.lastIndex] !== '(' || end <= NAME.lastIndex) return undefined
  return { name, inside: text.slice(NAME.lastIndex + 1, end), child: Number(found[1]) }
}

/** Reads the rest of a line that was cut in two: the call's end, or that it is unfinished. */
export const readRest = (text: string): { readonly inside: string; readonly end: CallEnd } | 'unfinished' | undefined => {
  if (text === UNFINISHED) return 'unfinished'
  // Any other line begins with a pid, a time or a name.
  if (!/^[,) ]/.test(text)) return undefined
  const paren = closing(text, 0)
  return paren < 0 ? undefined : { inside: text.slice(0, paren), end: endOf(text, paren) }
}

/** Reads a line from `at` on, in one pass. */
export const readStraceLine = (text: string, at: number): StraceLine => {
  // Stacks of -k, dumps of -e read and -e write: they stand below their calls.
  if (/^ [>|] /.test(text) || at >= text.length) return { kind: 'nothing' }
  const rest = at === 0 ? text : text.slice(at)
  const other = framed(rest) ?? spoken(rest)
  if (other !== undefined) return other
  if (rest.startsWith('<... ')) {
    const found = resumed(text, at)
    if (found !== undefined) return found
  }
  NAME.lastIndex = at
  const [name] = NAME.exec(text) ?? []
  if (name === undefined || text[NAME.lastIndex] !== '(') {
    return { kind: 'wrong', column: at, what: 'a call, a signal or an exit was expected' }
  }
  const from = NAME.lastIndex + 1
  if (text.endsWith(UNFINISHED)) return { kind: 'unfinished', name, inside: text.slice(from, -UNFINISHED.length) }
  const paren = closing(text, from)
  if (paren < 0) return { kind: 'wrong', column: text.length, what: `the call of ${name} ends without a result` }
  return { kind: 'call', name, inside: text.slice(from, paren), end: endOf(text, paren) }
}
