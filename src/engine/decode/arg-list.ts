import type { DecodedArg } from './arg.ts'

/** Arguments as strace lists them. */
export const argsText = (args: readonly DecodedArg[]): string => {
  let text = ''
  for (const arg of args) if (arg.text !== '') text += text === '' ? arg.text : `, ${arg.text}`
  return text
}

/** All that stands between a call's parentheses. */
export const insideText = ({ args, resumes }: { readonly args: readonly DecodedArg[]; readonly resumes: string | undefined }): string =>
  resumes === undefined ? argsText(printed(args)) : resumedText(resumes)

/** `<... resuming interrupted nanosleep ...>`: of a restart_syscall, which has no arguments. */
export const resumedText = (resumes: string): string => `<... resuming interrupted ${resumes} ...>`

/** The arguments that strace prints, in its order: of clone(2), it has the stack first. */
export const printed = (args: readonly DecodedArg[]): readonly DecodedArg[] => {
  const [flags, stack] = args
  if (flags?.name === 'flags' && stack?.name === 'stack') return [stack, flags, ...args.slice(2)].filter(({ text }) => text !== '')
  return args.some(({ text }) => text === '') ? args.filter(({ text }) => text !== '') : args
}
