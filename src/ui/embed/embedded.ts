/** Whether this page stands in another one: `?embed`. Then it leaves its address as it is, and keeps nothing. */
export const isEmbedded = (): boolean => new URLSearchParams(location.search).has('embed')
