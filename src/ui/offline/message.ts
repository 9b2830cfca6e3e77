/** What a page says to its service worker; `stock` is answered on the port that comes along, with a Stock. */
export type ToWorker = { readonly type: 'fill' } | { readonly type: 'stock' } | { readonly type: 'take-over' }

/** Whether something that was received is such a message. */
export const isToWorker = (data: unknown): data is ToWorker =>
  typeof data === 'object' && data !== null && ['fill', 'stock', 'take-over'].includes((data as { type?: unknown }).type as string)
