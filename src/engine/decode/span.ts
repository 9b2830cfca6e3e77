/** A piece of a line with what it is, so that a page can style it. */
export interface Span {
  readonly text: string
  readonly kind: SpanKind
}

/**
 * `name`: of the call, request or signal; `arg`: arguments and numbers; `result`; `error`: a failed result;
 * `tag`: PTRACE_VM tags; `dim`: what is grammar (`<... resumed>`, `…`, dashes); `text`: what a script says.
 */
export type SpanKind = 'name' | 'arg' | 'result' | 'error' | 'tag' | 'dim' | 'text'

/** strace's own spelling, or that of a narrow column: no field names, long lists cut, times as dates. */
export type Style = 'strace' | 'brief'

export const span = (text: string, kind: SpanKind): Span => ({ text, kind })

/** The line without its styling. */
export const lineText = (spans: readonly Span[]): string => spans.map(({ text }) => text).join('')
