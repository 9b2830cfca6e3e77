import { strictText, encodeUtf8 } from '../kernel/text.ts'
import { Sha256 } from '../trace/sha256.ts'
import { decodeBase64url, encodeBase64url } from './base64url.ts'
import { readContainer, writeContainer, type LinkContent } from './container.ts'
import type { Compress, Inflate } from './pack.ts'
import { problem, tooNew, type Read } from './problem.ts'

/**
 * A link is `#1/r/<base64url>`: the version of this grammar, `r` for a recipe or `t` for a trace that was recorded with
 * it, and the data. It is a fragment, so no server ever sees it. The data: 3 bytes length of what follows the head, 4 bytes of its SHA-256 (so that a
 * link that mail has bent or cut is told from one that is wrong), then the compressed container.
 */
const PREFIXES = { recipe: '#1/r/', recording: '#1/t/' } as const
const HEAD = 7

/** More than any script; beyond it a file is the better way, and a small link that grows without end is refused. */
export const MAX_COMPRESSED = 1_000_000
export const MAX_INFLATED = 16 * 2 ** 20

/** A file may carry a program of its own, CPython even. */
const MAX_FILE = 64 * 2 ** 20

const digestOf = (bytes: Uint8Array): Uint8Array => new Sha256().update(bytes).digest().subarray(0, 4)

/** The fragment, with its `#`. */
export const toFragment = (content: LinkContent, compress: Compress): string =>
  packFragment(compress(encodeUtf8(JSON.stringify(writeContainer(content, compress)))), content.recorded === undefined ? 'recipe' : 'recording')

/** The fragment around a container that has been compressed. */
export const packFragment = (packed: Uint8Array, kind: keyof typeof PREFIXES = 'recipe'): string => {
  const bytes = new Uint8Array(HEAD + packed.length)
  bytes.set([packed.length & 0xff, (packed.length >> 8) & 0xff, packed.length >> 16])
  bytes.set(digestOf(packed), 3)
  bytes.set(packed, HEAD)
  return PREFIXES[kind] + encodeBase64url(bytes)
}

const AGAIN = 'Ask for the link again, or for the file: mail and chat sometimes cut or bend long links.'

/** What a fragment carries. Never throws, whatever it is given. */
export const fromFragment = (fragment: string, inflate: Inflate): Read<LinkContent> => {
  const form = /^#(\d{1,6})\/([a-z]+)\/(.*)$/s.exec(fragment)
  if (form === null) {
    return problem('not-a-link', 'What stands behind the # is not a link of Skipcall.', 'Check that all of the link was copied.')
  }
  const [, version, kind, data = ''] = form
  if (version !== '1' || (kind !== 'r' && kind !== 't')) return tooNew('link')
  if (data.length > (MAX_COMPRESSED * 4) / 3) {
    return problem('too-big', 'This link is longer than a million bytes.', 'Ask for the file instead.')
  }
  // Mail programs end a link at a full stop or add escapes; what cannot belong to it is taken as damage.
  const bytes = decodeBase64url(data.trim())
  if (bytes === undefined) return problem('broken', 'This link has characters that cannot be in it.', AGAIN)
  if (bytes.length < HEAD) return problem('truncated', 'Only the beginning of this link has arrived.', AGAIN)
  const length = (bytes[0] as number) | ((bytes[1] as number) << 8) | ((bytes[2] as number) << 16)
  const packed = bytes.subarray(HEAD)
  if (packed.length < length) {
    return problem('truncated', `This link is cut off: ${packed.length} of its ${length} bytes have arrived.`, AGAIN)
  }
  const check = digestOf(packed)
  if (packed.length > length || check.some((byte, i) => byte !== bytes[3 + i])) {
    return problem('broken', 'This link was changed on its way: its checksum does not fit.', AGAIN)
  }
  const read = readPacked(packed, inflate)
  // Whoever opens a recording must not be shown a run that was made again.
  if (read.ok && (kind === 't') !== (read.value.recorded !== undefined)) return problem('broken', 'This link is not of the kind that it says.', AGAIN)
  return read
}

/** What the compressed container carries: of a link, or of a file saved from the share dialog. */
const readPacked = (packed: Uint8Array, inflate: Inflate): Read<LinkContent> => {
  const inflated = inflate(packed, MAX_INFLATED)
  if (inflated === 'too-big') {
    return problem('too-big', 'This link unpacks to more than 16 MB, which no run needs.', 'Do not trust its sender; ask for the script as a file.')
  }
  if (inflated === 'broken') return problem('broken', 'What this link has packed cannot be unpacked.', AGAIN)
  const json = strictText(inflated)
  if (json === undefined) return problem('broken', 'What this link has packed is not text.', AGAIN)
  try {
    return readContainer(JSON.parse(json), inflate)
  } catch {
    return problem('broken', 'What this link has packed is not a run.', AGAIN)
  }
}

/** The container as the text of a file: for runs that no link can hold. */
export const toFile = (content: LinkContent, compress: Compress): string => `${JSON.stringify(writeContainer(content, compress), null, 2)}\n`

const CHOOSE = 'Choose a file that Share saved, a .skipcall.json.'

/** What such a file carries. Never throws, whatever it is given. */
export const fromFile = (text: string, inflate: Inflate): Read<LinkContent> => {
  if (text.length > MAX_FILE) return problem('too-big', 'This file is larger than 64 MB.', CHOOSE)
  if (text.trim() === '') return problem('truncated', 'This file is empty.', CHOOSE)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return problem('broken', 'This file is not a run that Share saved: it is not JSON, or only its beginning.', CHOOSE)
  }
  const read = readContainer(json, inflate)
  // The reader's sentences speak of links: a file says the same of itself.
  if (read.ok) return read
  const { kind, cause, cure } = read.problem
  return problem(kind, cause.replaceAll('this link', 'this file').replaceAll('This link', 'This file').replaceAll('the link', 'the file'), kind === 'too-new' ? cure : CHOOSE)
}
