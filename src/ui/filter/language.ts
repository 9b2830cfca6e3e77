import type { compileFilter } from '../../engine/filter/match.ts'
import type { parseFilter } from '../../engine/filter/parse.ts'
import type { suggestFilter } from '../../engine/filter/suggest.ts'

/** The language of filters. Nothing needs it before somebody writes in it, so it is no part of the first picture. */
export interface FilterLanguage {
  readonly parseFilter: typeof parseFilter
  readonly compileFilter: typeof compileFilter
  readonly suggestFilter: typeof suggestFilter
}

let language: FilterLanguage | undefined

/** The language, once it has been loaded. */
export const filterLanguage = (): FilterLanguage | undefined => language

/** Loads it; rejects where the network fails. */
export const loadFilterLanguage = async (): Promise<FilterLanguage> => {
  const [{ compileFilter }, { parseFilter }, { suggestFilter }] = await Promise.all([
    import('../../engine/filter/match.ts'), import('../../engine/filter/parse.ts'), import('../../engine/filter/suggest.ts'),
  ])
  language ??= { compileFilter, parseFilter, suggestFilter }
  return language
}
