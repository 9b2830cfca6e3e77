import { strictText, encodeUtf8 } from '../kernel/text.ts'
import { Sha256 } from '../trace/sha256.ts'
import { decodeBase64url, encodeBase64url } from './base64url.ts'
import { readContainer, writeContainer, type LinkContent } from './container.ts'
import { problem, tooNew, type Read } from './problem.ts'

/**
 * A link is `#1/r/<base64url>`: the version of this grammar, `r` for a recipe, and the data. It is a fragment, so
 * no server ever sees it. The data: 3 bytes length of what follows the head, 4 bytes of its SHA-256 (so that a
 * link that mail has bent or cut is told from one that is wrong), then the compressed container.
 */
const PREFIX = '#1/r/'
const HEAD = 7

/** More than any script; beyond it a file is the better way, and a small link that grows without end is refused. */
export const MAX_COMPRESSED = 1_000_000
export const MAX_INFLATED = 16 * 2 ** 20

/** Deflate, given from outside: the engine names no package. */
export type Compress = (bytes: Uint8Array) => Uint8Array
/** Inflates to at most `most` bytes. */
export type Inflate = (bytes: Uint8Array, most: number) => Uint8Array | 'too-big' | 'broken'

const digestOf = (bytes: Uint8Array): Uint8Array => new Sha256().update(bytes).digest().subarray(0, 4)

/** The fragment, with its `#`. */
export const toFragment = (content: LinkContent, compress: Compress): string => {
  const packed = compress(encodeUtf8(JSON.stringify(writeContainer(content))))
  const bytes = new Uint8Array(HEAD + packed.length)
  bytes.set([packed.length & 0xff, (packed.length >> 8) & 0xff, packed.length >> 16])
  bytes.set(digestOf(packed), 3)
  bytes.set(packed, HEAD)
  return PREFIX + encodeBase64url(bytes)
}

/** Whether a location's fragment means to be a link of ours. */
export const isLink = (fragment: string): boolean => /^#\d+\//.test(fragment)

const AGAIN = 'Ask for the link again, or for the file: mail and chat sometimes cut or bend long links.'

/** What a fragment carries. Never throws, whatever it is given. */
export const fromFragment = (fragment: string, inflate: Inflate): Read<LinkContent> => {
  const form = /^#(\d{1,6})\/([a-z]+)\/(.*)$/s.exec(fragment)
  if (form === null) {
    return problem('not-a-link', 'What stands behind the # is not a link of Skipcall.', 'Check that all of the link was copied.')
  }
  const [, version, kind, data = ''] = form
  if (version !== '1' || kind !== 'r') return tooNew('link')
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
  return readPacked(packed, inflate)
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
    return readContainer(JSON.parse(json))
  } catch {
    return problem('broken', 'What this link has packed is not a run.', AGAIN)
  }
}

/** The container as the text of a file: for runs that no link can hold. */
export const toFile = (content: LinkContent): string => `${JSON.stringify(writeContainer(content), null, 2)}\n`

/** What such a file carries. */
export const fromFile = (text: string): Read<LinkContent> => {
  if (text.length > MAX_INFLATED) return problem('too-big', 'This file is larger than 16 MB.', 'Choose the file that Share saved.')
  try {
    return readContainer(JSON.parse(text))
  } catch {
    return problem('broken', 'This file is not a run that Share saved.', 'Choose the file that Share saved.')
  }
}
