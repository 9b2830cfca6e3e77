import { answersOf } from '../decode/answers.ts'
import type { Seq } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'
import { contains } from './compare.ts'
import { classPart, namePart, type Part } from './part.ts'
import type { Query } from './query.ts'
import { compileRegex } from './regex.ts'
import { columnsOf, type Subject } from './subject.ts'
import { fieldPart, type UserTag } from './term.ts'

/** Does an event match? */
export type Match = (trace: Trace, seq: Seq) => boolean

export interface MatchOptions {
  /** The text that the user put on an event, if any: what `tag:` looks for besides the tags of PTRACE_VM. */
  readonly userTag?: UserTag
}

/** Compiles a query that `parseFilter` made. Entry and exit of a call match together where the call is asked for. */
export const compileFilter = (query: Query, options: MatchOptions = {}): Match => {
  const part = compile(query, options)
  let subject: Subject | undefined
  let rows = -1
  return (trace, seq) => {
    if (seq < 1 || seq > trace.length) return false
    // A million events are asked about in a row: the index is looked after only when the trace has grown.
    if (subject?.trace !== trace || rows !== trace.events.length + trace.outcomes.length) {
      subject = { trace, answers: answersOf(trace) }
      rows = trace.events.length + trace.outcomes.length
    }
    return part.test(subject, columnsOf(subject), seq)
  }
}

const compile = (query: Query, options: MatchOptions): Part => {
  switch (query.kind) {
    case 'and':
    case 'or': {
      const wanted = query.kind === 'or'
      // Cheap parts decide first; what they decide, nobody has to decode.
      const parts = query.items.map((item) => compile(item, options)).sort((a, b) => a.cost - b.cost)
      return {
        cost: Math.max(0, ...parts.map(({ cost }) => cost)),
        test: (subject, c, seq) => {
          for (const part of parts) if (part.test(subject, c, seq) === wanted) return wanted
          return !wanted
        },
      }
    }
    case 'not': {
      const part = compile(query.item, options)
      return { cost: part.cost, test: (subject, c, seq) => !part.test(subject, c, seq) }
    }
    case 'class':
      return classPart(query.name)
    case 'regex':
      return namePart(compileRegex(query.source))
    case 'name':
      return namePart(contains(query.text))
    case 'test':
      return fieldPart(query.field, query.test, options.userTag)
  }
}
