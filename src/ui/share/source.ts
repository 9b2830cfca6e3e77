import { LARGEST, openText } from '../session/open-link.ts'
import { app } from '../state/store.ts'
import { sourceOf, type Source } from './source-address.ts'

/** A host that does not answer is given up after so many milliseconds. */
const PATIENCE = 30_000

/** Reads no more of an answer than a file may have. */
const textOf = async (response: Response): Promise<string | undefined> => {
  const reader = response.body?.getReader()
  if (reader === undefined) return ''
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let [text, length] = ['', 0]
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length
    if (length > LARGEST) {
      await reader.cancel()
      return undefined
    }
    text += decoder.decode(part.value, { stream: true })
  }
  return text + decoder.decode()
}

const refuse = (cause: string, cure: string): false => {
  app.getState().arrange({ notice: { tone: 'danger', cause, cure: `${cure} What you were editing is kept.` } })
  return false
}

/** Fetches a run from where it is, and opens it. The page does, never the machine: what it runs cannot reach any network. */
export const openSource = async ({ url }: Source): Promise<boolean> => {
  let text: string | undefined
  try {
    const response = await fetch(url, {
      // The host learns that the file was asked for, and nothing else; a redirect would ask a host that nobody has been told of.
      credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'error', signal: AbortSignal.timeout(PATIENCE),
    })
    if (!response.ok) return refuse(`${url.host} answered ${response.status} instead of sending the file.`, 'Ask the sender whether it is still there.')
    text = await textOf(response)
  } catch (error) {
    const why = error instanceof DOMException && error.name === 'TimeoutError' ? 'it did not answer in time'
      : error instanceof TypeError && /decod|utf/i.test(error.message) ? 'what it sent is not text'
      : 'it cannot be reached, sends one elsewhere, or does not let other pages read its files (CORS)'
    return refuse(`The file could not be fetched from ${url.host}: ${why}.`, 'Fetch it yourself, and open it here.')
  }
  if (text === undefined) return refuse(`The file at ${url.host} is larger than 64 MB.`, 'Ask the sender for a smaller one.')
  return openText(text)
}

/** Opens what `?src=` of the address names, after asking where another host has it. Answers whether there is one. */
export const askForSource = (): boolean => {
  const source = sourceOf(location.href)
  if (source === undefined) return false
  const { arrange, show } = app.getState()
  if ('refused' in source) arrange({ notice: { tone: 'danger', cause: `The run of this link is not fetched. ${source.refused}`, cure: 'Ask the sender for another link.' } })
  else if (source.own) void openSource(source)
  else show({ dialog: 'source' })
  return true
}
