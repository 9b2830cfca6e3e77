import type { Token } from 'acorn'

/** Finds tokens by place: what stands between two nodes (an operator, a bracket) is in no node. */
export const tokenList = (tokens: readonly Token[]) => {
  /** Index of the first token that starts at or after an offset. */
  const indexAt = (offset: number): number => {
    let low = 0
    let high = tokens.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((tokens[middle] as Token).start < offset) low = middle + 1
      else high = middle
    }
    return low
  }
  return {
    /** The first token with a label that starts at or after an offset. */
    tokenAfter: (offset: number, label: string): Token => {
      for (let i = indexAt(offset); i < tokens.length; i++) {
        const token = tokens[i] as Token
        if (token.type.label === label) return token
      }
      throw new Error(`no ${label} after ${offset}`)
    },
    /** The last token with a label that starts before an offset. */
    tokenBefore: (offset: number, label: string): Token => {
      for (let i = indexAt(offset) - 1; i >= 0; i--) {
        const token = tokens[i] as Token
        if (token.type.label === label) return token
      }
      throw new Error(`no ${label} before ${offset}`)
    },
  }
}
