/** Where a file with a run is, as `?src=` says. */
export interface Source {
  readonly url: URL
  /** It is of the page's own host, which sent the page as well: nobody need be asked. */
  readonly own: boolean
}

/**
 * The `?src=` of an address, if it is one that the page may fetch: https on any host, or a file of the page's own host. A
 * sentence says why it is not.
 */
export const sourceOf = (address: string): Source | { readonly refused: string } | undefined => {
  const page = new URL(address)
  const given = page.searchParams.get('src')
  if (given === null || given === '') return undefined
  let url: URL
  try {
    url = new URL(given, page)
  } catch {
    return { refused: `“${given.slice(0, 80)}” is no address.` }
  }
  const own = url.origin === page.origin && url.protocol === page.protocol
  if (url.protocol !== 'https:' && !own) return { refused: `Nothing is fetched by ${url.protocol} from another host: the file has to be at an https address.` }
  if (url.username !== '' || url.password !== '') return { refused: 'The address has a name or a password in it.' }
  return { url, own }
}
