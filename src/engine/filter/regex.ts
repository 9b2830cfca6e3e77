/**
 * Regular expressions for filters. A filter comes in links, and a backtracking engine can be kept busy for
 * years by thirty characters of `(a+)+b`: here the program runs all its threads in step (Thompson 1968; Pike;
 * R. Cox, "Regular Expression Matching: the Virtual Machine Approach"), so that time is text × program.
 *
 * The subset: literals, `.`, `[a-z]`, `[^…]`, `\d \w \s \D \W \S`, `\n \t \r`, escapes of punctuation, `^ $`,
 * groups `( )` and `(?: )`, `|`, and `* + ? {m} {m,} {m,n}` (lazy forms mean the same for a mere match).
 */
import { RegexError, parseRegex, type Node, type Ranges } from './regex-syntax.ts'

/** An instruction; `x` and `y` are addresses. */
type Instruction =
  | { readonly op: 'set'; readonly ranges: Ranges; readonly not: boolean }
  | { readonly op: 'split'; x: number; y: number }
  | { readonly op: 'jump'; x: number }
  | { readonly op: 'begin' | 'end' | 'match' }

const MOST_PROGRAM = 4000

const assemble = (node: Node): readonly Instruction[] => {
  const program: Instruction[] = []
  const emit = (instruction: Instruction): number => {
    if (program.length >= MOST_PROGRAM) throw new RegexError('the expression is too large', 0)
    return program.push(instruction) - 1
  }
  const add = (part: Node): void => {
    switch (part.kind) {
      case 'set':
        emit({ op: 'set', ranges: part.ranges, not: part.not })
        break
      case 'begin':
      case 'end':
        emit({ op: part.kind })
        break
      case 'empty':
        break
      case 'sequence':
        part.items.forEach(add)
        break
      case 'choice': {
        const ends: { x: number }[] = []
        part.items.forEach((item, i) => {
          if (i === part.items.length - 1) return add(item)
          const split = { op: 'split' as const, x: 0, y: 0 }
          split.x = emit(split) + 1
          add(item)
          const jump = { op: 'jump' as const, x: 0 }
          split.y = emit(jump) + 1
          ends.push(jump)
        })
        for (const end of ends) end.x = program.length
        break
      }
      case 'repeat': {
        for (let i = 0; i < part.least; i++) add(part.item)
        if (part.most === Infinity) {
          const split = { op: 'split' as const, x: 0, y: 0 }
          const from = emit(split)
          split.x = from + 1
          add(part.item)
          emit({ op: 'jump', x: from })
          split.y = program.length
        } else {
          const splits: { y: number }[] = []
          for (let i = part.least; i < part.most; i++) {
            const split = { op: 'split' as const, x: 0, y: 0 }
            split.x = emit(split) + 1
            splits.push(split)
            add(part.item)
          }
          for (const split of splits) split.y = program.length
        }
      }
    }
  }
  add(node)
  emit({ op: 'match' })
  return program
}

const inSet = (ranges: Ranges, code: number): boolean => {
  for (const [low, high] of ranges) if (code >= low && code <= high) return true
  return false
}

/** Does the text contain a match? */
export type Matcher = (text: string) => boolean

/**
 * Compiles an expression; cases do not matter.
 * @throws RegexError for what is wrong or not in the subset
 */
export const compileRegex = (source: string): Matcher => {
  const program = assemble(parseRegex(source))
  /** By instruction: the step at which it was last put on the list, so that it is there once. */
  const seen = new Int32Array(program.length)
  const stack: number[] = []

  return (text) => {
    seen.fill(-1)
    let now: number[] = []
    let next: number[] = []
    for (let at = 0; at <= text.length; at++) {
      // Begin a match here, too: a search is a match of `.*?` and the expression.
      if (follow(now, 0, at)) return true
      if (at === text.length) break
      const code = text.charCodeAt(at)
      const folded = fold(code)
      for (const pc of now) {
        const instruction = program[pc] as Instruction
        if (instruction.op !== 'set') continue
        const inside = inSet(instruction.ranges, code) || (folded !== code && inSet(instruction.ranges, folded))
        if (inside !== instruction.not && follow(next, pc + 1, at + 1)) return true
      }
      const spent = now
      now = next
      next = spent
      next.length = 0
    }
    return false

    /** Puts `from` and all that it leads to without reading on a list; true if that is a match. */
    function follow(list: number[], from: number, at: number): boolean {
      stack.push(from)
      while (stack.length > 0) {
        const pc = stack.pop() as number
        if (seen[pc] === at) continue
        seen[pc] = at
        const instruction = program[pc] as Instruction
        switch (instruction.op) {
          case 'match':
            stack.length = 0
            return true
          case 'jump':
            stack.push(instruction.x)
            break
          case 'split':
            stack.push(instruction.y, instruction.x)
            break
          case 'begin':
            if (at === 0) stack.push(pc + 1)
            break
          case 'end':
            if (at === text.length) stack.push(pc + 1)
            break
          case 'set':
            list.push(pc)
        }
      }
      return false
    }
  }
}

/** The other case of an ASCII letter. */
const fold = (code: number): number =>
  (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) ? code ^ 0x20 : code
