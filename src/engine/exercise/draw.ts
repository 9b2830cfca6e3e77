import { Entropy } from '../kernel/entropy.ts'
import { encodeUtf8 } from '../kernel/text.ts'
import type { RecipeFile } from '../recipe.ts'
import { Sha256 } from '../trace/sha256.ts'
import type { Case, Exercise } from './exercise.ts'

/** Drawn texts are made of these: short, plain, and none of them is a part of another. */
const WORDS = [
  'amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'heath', 'indigo', 'juniper', 'kelp', 'lichen', 'maple',
  'nettle', 'otter', 'plover', 'quartz', 'raven', 'sorrel', 'thistle', 'umber', 'violet', 'willow', 'yarrow', 'zephyr',
] as const

/** Numbers that follow from a secret, an exercise and a place: nobody can know them without the secret. */
const entropyOf = (secret: string, id: string, place: number): Entropy => {
  const digest = new Sha256().update(encodeUtf8(JSON.stringify([secret, id, place]))).digest()
  return new Entropy(new DataView(digest.buffer, digest.byteOffset).getUint32(0) + digest[4]! * 2 ** 32)
}

const between = (entropy: Entropy, from: number, to: number): number => from + (entropy.next() % (to - from + 1))
const wordFrom = (entropy: Entropy): string => WORDS[entropy.next() % WORDS.length] as string
const lineFrom = (entropy: Entropy): string => Array.from({ length: between(entropy, 1, 7) }, () => wordFrom(entropy)).join(' ')

/** A text with its places filled: `{number 3 9}`, `{word}`, `{line}`, `{lines 2 8}`. */
const fill = (text: string, entropy: Entropy): string =>
  text.replace(/\{(number|lines) (\d{1,6}) (\d{1,6})\}|\{(word|line)\}/g, (whole, kind?: string, low?: string, high?: string, bare?: string) => {
    if (bare === 'word') return wordFrom(entropy)
    if (bare === 'line') return lineFrom(entropy)
    const [from, to] = [Number(low), Number(high)]
    if (from > to || (kind === 'lines' && to > 10_000)) return whole
    const number = between(entropy, from, to)
    return kind === 'number' ? String(number) : Array.from({ length: number }, () => `${lineFrom(entropy)}\n`).join('')
  })

const fillFile = (file: RecipeFile, entropy: Entropy): RecipeFile =>
  'text' in file ? { path: fill(file.path, entropy), text: fill(file.text, entropy) } : { ...file, path: fill(file.path, entropy) }

const drawCase = (template: Case, entropy: Entropy): Case => ({
  // A template that fixes the seed means it.
  seed: entropy.next(),
  ...template,
  ...(template.argv === undefined ? {} : { argv: template.argv.map((one) => fill(one, entropy)) }),
  ...(template.env === undefined ? {} : { env: template.env.map((one) => fill(one, entropy)) }),
  ...(template.stdin === undefined ? {} : { stdin: fill(template.stdin, entropy) }),
  ...(template.files === undefined ? {} : { files: template.files.map((one) => fillFile(one, entropy)) }),
})

/** A case on which an answer is tried, with what it is called in a report. */
export interface Trial {
  readonly name: string
  readonly hidden: boolean
  readonly case: Case
}

/** All cases of an exercise in their order: those that are shown, those that are listed as hidden, those that are drawn. */
export const trialsOf = ({ id, cases, hidden }: Exercise, secret: string): readonly Trial[] => {
  const { cases: listed = [], draw } = hidden ?? {}
  const drawn = draw === undefined ? [] : Array.from({ length: draw.count }, (_, i) => drawCase(draw.case, entropyOf(secret, id, i)))
  return [
    ...cases.map((one, i) => ({ name: `case ${i + 1}`, hidden: false, case: one })),
    ...[...listed, ...drawn].map((one, i) => ({ name: `hidden case ${i + 1}`, hidden: true, case: one })),
  ]
}
