import { createContext, use } from 'react'
import { textAt, type Draft, type Problem } from './draft.ts'
import { pathKey, type Path } from './json-place.ts'

/** What is being written, to all fields of the form. */
export interface Authoring {
  readonly draft: Draft
  /** Puts something at a path; undefined takes it out. */
  readonly change: (path: Path, next: unknown) => void
  readonly problems: readonly Problem[]
}

export const AuthoringContext = createContext<Authoring | undefined>(undefined)

/** What is being written. To be called below an AuthoringContext. */
export const useAuthoring = (): Authoring => {
  const authoring = use(AuthoringContext)
  if (authoring === undefined) throw new Error('nothing is being written here')
  return authoring
}

/** The text at a path, how it is changed, and what is wrong with it. */
export const useField = (path: Path): { readonly text: string; readonly set: (next: unknown) => void; readonly problem: string | undefined } => {
  const { draft, change, problems } = useAuthoring()
  const key = pathKey(path)
  const problem = problems.find((one) => pathKey(one.path) === key)?.sentence
  return { text: textAt(draft, path), set: (next) => change(path, next), problem }
}
