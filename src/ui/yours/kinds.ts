import type { AllKept } from './all-kept.ts'

/** A sort of thing that is kept, as a person would call it. */
export interface Kind {
  readonly id: string
  readonly title: string
  /** How many there are, in words; one of a sort needs none. */
  readonly count: number | undefined
  /** About, in bytes: what it takes as text. */
  readonly size: number
}

const ROWS: readonly { readonly id: string; readonly title: string; readonly has: (name: string) => boolean; readonly counted?: true }[] = [
  { id: 'script', title: 'Your script, its guest and its input', has: (name) => name === 'document' || name === 'draft' },
  { id: 'recording', title: 'Your last run, as a recording', has: (name) => name === 'recording' },
  { id: 'branches', title: 'Its what-if branches', has: (name) => name === 'branches' },
  { id: 'progress', title: 'Your answers to exercises', has: (name) => name.startsWith('exercise/'), counted: true },
  { id: 'authored', title: 'Exercises that you write', has: (name) => name.startsWith('authored/'), counted: true },
  { id: 'settings', title: 'Theme, keys, and sizes of panes', has: (name) => name === 'settings' || name === 'layouts' },
]

const sizeOf = (value: unknown): number => (value instanceof Uint8Array ? value.length : (JSON.stringify(value) ?? '').length)

/** What is kept, sort by sort; those of which there is nothing are left out. */
export const kindsOf = ({ kept, guests, modules }: AllKept): readonly Kind[] => {
  const left = new Map(kept)
  const take = (has: (name: string) => boolean): readonly unknown[] => {
    const names = [...left.keys()].filter(has)
    const values = names.map((name) => left.get(name))
    for (const name of names) left.delete(name)
    return values
  }
  const size = (values: readonly unknown[]): number => values.reduce<number>((sum, value) => sum + sizeOf(value), 0)
  const rows: Kind[] = ROWS.map(({ id, title, has, counted }) => {
    const values = take(has)
    return { id, title, count: counted === true ? values.length : undefined, size: size(values) }
  })
  rows.push({ id: 'guests', title: 'Your own guests', count: guests.length, size: size([...modules.values()]) })
  rows.push({ id: 'other', title: 'Other things', count: undefined, size: size(take(() => true)) })
  return rows.filter((row) => row.size > 0)
}
