/** Where a file of the page is, under whatever path the page itself is served from. */
export const assetUrl = (path: string): string => new URL(path, document.baseURI).href

/** Fetches a file of the page. Throws an Error with a sentence for a person if it is not to be had. */
export const fetchAsset = async (path: string): Promise<Response> => {
  const response = await fetch(assetUrl(path)).catch(() => undefined)
  if (response === undefined) throw new Error(`${path} could not be fetched: the network or the server is gone.`)
  if (!response.ok) throw new Error(`${path} could not be fetched: the server said ${response.status}.`)
  return response
}
