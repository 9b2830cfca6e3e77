import { Inflate as Inflater } from 'fflate'
import type { Answer } from '../engine/exercise/exercise.ts'
import { fromExerciseFragment } from '../engine/exercise/link.ts'
import type { Inflate } from '../engine/link/pack.ts'

/** One line of a list of links. */
export interface Submission {
  /** Line of the list, from 1. */
  readonly line: number
  /** What stands before the link; or "line N". */
  readonly name: string
  /** Id of the exercise; '' where the link cannot be read. */
  readonly exercise: string
  readonly answer?: Answer
  /** Why there is no answer. */
  readonly fault?: string
}

/** A slice grows 1032-fold at most: a bomb is noticed before it has gone off. */
const SLICE = 1024

const inflate: Inflate = (bytes, most) => {
  const parts: Uint8Array[] = []
  let length = 0
  let ended = false
  const inflater = new Inflater((part, final) => {
    parts.push(part)
    length += part.length
    ended ||= final
  })
  try {
    for (let at = 0; at < bytes.length && length <= most; at += SLICE) inflater.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length)
  } catch {
    return 'broken'
  }
  if (length > most) return 'too-big'
  return ended ? new Uint8Array(Buffer.concat(parts)) : 'broken'
}

const readLine = (text: string, line: number): Submission | undefined => {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed === '#' || trimmed.startsWith('# ')) return undefined
  const at = trimmed.indexOf('#ex=')
  const url = at < 0 ? -1 : Math.max(trimmed.lastIndexOf(' ', at), trimmed.lastIndexOf('\t', at), trimmed.lastIndexOf(',', at), trimmed.lastIndexOf(';', at))
  const name = (at < 0 ? trimmed : trimmed.slice(0, url + 1)).replace(/^["\s]+|["\s,;:]+$/g, '').slice(0, 200) || `line ${line}`
  if (at < 0) return { line, name, exercise: '', fault: 'There is no link to an exercise in this line.' }
  const fragment = /^\S*/.exec(trimmed.slice(at))?.[0].replace(/[",;]+$/, '') ?? ''
  const read = fromExerciseFragment(fragment, inflate)
  if (!read.ok) return { line, name, exercise: '', fault: `${read.problem.cause} ${read.problem.cure}` }
  const { id, answer } = read.value
  return answer === undefined ? { line, name, exercise: id, fault: 'This link opens the exercise and holds no answer.' } : { line, name, exercise: id, answer }
}

/** The links of a list, in its order. What cannot be read is there with its fault. */
export const readLinks = (list: string): readonly Submission[] =>
  list.split(/\r?\n/).flatMap((text, i) => readLine(text, i + 1) ?? [])
