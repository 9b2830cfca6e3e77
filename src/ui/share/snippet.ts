/** Text for an attribute of HTML in double quotes. */
const attribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** The address of an embed of what another address shows. */
export const embedAddress = (address: string): string => {
  const url = new URL(address)
  // Not by searchParams: they would write `embed=`, and encode again what `src` has encoded.
  return `${url.origin}${url.pathname}${url.search === '' ? '?embed' : `${url.search}&embed`}${url.hash}`
}

/** An `<iframe>` for a page of lecture notes: with a title for those who do not see it, and loaded when it comes into view. */
export const embedSnippet = (address: string, title: string, height: number): string =>
  `<iframe src="${attribute(embedAddress(address))}" title="${attribute(title)}" width="100%" height="${Math.round(height)}" loading="lazy" allow="clipboard-write" style="border: 1px solid #868c96; border-radius: 6px"></iframe>`

/** The address of this page with a run that is in a file somewhere; undefined if the page would not fetch it. */
export const sourceAddress = (page: string, file: string): string | undefined => {
  let url: URL
  try {
    url = new URL(file.trim())
  } catch {
    return undefined
  }
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return undefined
  const { origin, pathname } = new URL(page)
  return `${origin}${pathname}?src=${encodeURIComponent(url.href)}`
}
