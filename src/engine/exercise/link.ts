import { encodeUtf8, strictText } from '../kernel/text.ts'
import { decodeBase64url, encodeBase64url } from '../link/base64url.ts'
import { MAX_COMPRESSED, MAX_INFLATED } from '../link/fragment.ts'
import type { Compress, Inflate } from '../link/pack.ts'
import { problem, type Read } from '../link/problem.ts'
import { Sha256 } from '../trace/sha256.ts'
import type { Answer, Exercise } from './exercise.ts'
import { readAnswer, readExercise } from './form.ts'

/**
 * The address of an exercise: `#ex=ID`, or with an answer `#ex=ID/<base64url>`: 4 bytes of the SHA-256 of what follows, then
 * compressed JSON. An exercise that is none of the course travels in there, too. It is a fragment: no server sees it.
 */
export interface ExerciseLink {
  readonly id: string
  readonly answer?: Answer
  /** Whole, if it is not one of the page's course. */
  readonly exercise?: Exercise
}

const PREFIX = '#ex='
const HEAD = 4

/** Whether a location's fragment means to be the address of an exercise. */
export const isExerciseLink = (fragment: string): boolean => fragment.startsWith(PREFIX)

const digestOf = (bytes: Uint8Array): Uint8Array => new Sha256().update(bytes).digest().subarray(0, HEAD)

/** The fragment, with its `#`. */
export const toExerciseFragment = ({ id, answer, exercise }: ExerciseLink, compress: Compress): string => {
  if (answer === undefined && exercise === undefined) return PREFIX + id
  const packed = compress(encodeUtf8(JSON.stringify({ version: 1, ...(answer === undefined ? {} : { answer }), ...(exercise === undefined ? {} : { exercise }) })))
  const bytes = new Uint8Array(HEAD + packed.length)
  bytes.set(digestOf(packed))
  bytes.set(packed, HEAD)
  return `${PREFIX}${id}/${encodeBase64url(bytes)}`
}

const AGAIN = 'Ask for the link again: mail and chat sometimes cut or bend long links.'
const BROKEN = problem('broken', 'This link was cut or changed on its way: its checksum does not fit.', AGAIN)

/** What such a fragment says. Never throws, whatever it is given. */
export const fromExerciseFragment = (fragment: string, inflate: Inflate): Read<ExerciseLink> => {
  const form = /^#ex=([a-z0-9][a-z0-9-]{0,59})(?:\/([\w-]*))?[.,;:!?)>\]]*$/.exec(fragment)
  if (form === null) return problem('not-a-link', 'What stands behind the # is not the address of an exercise.', 'Check that all of the link was copied.')
  const [, id = '', data] = form
  if (data === undefined) return { ok: true, value: { id } }
  if (data.length > (MAX_COMPRESSED * 4) / 3) return problem('too-big', 'This link is longer than a million bytes.', 'Ask for the file instead.')
  const bytes = decodeBase64url(data)
  if (bytes === undefined || bytes.length <= HEAD) return BROKEN
  const packed = bytes.subarray(HEAD)
  if (digestOf(packed).some((byte, i) => byte !== bytes[i])) return BROKEN
  const inflated = inflate(packed, MAX_INFLATED)
  if (inflated === 'too-big') return problem('too-big', 'This link unpacks to more than 16 MB.', 'Do not trust its sender.')
  const text = inflated === 'broken' ? undefined : strictText(inflated)
  return text === undefined ? BROKEN : readContent(id, text)
}

const readContent = (id: string, text: string): Read<ExerciseLink> => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return BROKEN
  }
  if (typeof json !== 'object' || json === null) return BROKEN
  const { answer: given, exercise: whole } = json as { answer?: unknown; exercise?: unknown }
  const answer = given === undefined ? undefined : readAnswer(given)
  if (answer?.ok === false) return answer
  const exercise = whole === undefined ? undefined : readExercise(whole)
  if (exercise?.ok === false) return exercise
  if (exercise !== undefined && exercise.value.id !== id) return BROKEN
  return { ok: true, value: { id, ...(answer === undefined ? {} : { answer: answer.value }), ...(exercise === undefined ? {} : { exercise: exercise.value }) } }
}
