/** Why a link or a recording cannot be opened: what is the matter in one sentence, and a way on in another. */
export interface LinkProblem {
  readonly kind: 'not-a-link' | 'truncated' | 'broken' | 'too-new' | 'too-big' | 'bad-content' | 'wrong-program' | 'unknown-guest'
  readonly cause: string
  readonly cure: string
}

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: LinkProblem }

export const problem = (kind: LinkProblem['kind'], cause: string, cure: string): Read<never> => ({
  ok: false,
  problem: { kind, cause, cure },
})

export const tooNew = (what: string): Read<never> =>
  problem('too-new', `This ${what} was made with a newer version of Skipcall.`, 'Reload the page to get that version, then open it again.')
