import type { FromMachine, ToMachine } from '../../engine/protocol.ts'
import { fetchAsset } from './asset.ts'
import { fromMachine } from './received.ts'

/** A machine in its sandbox. */
export interface Machine {
  send(message: ToMachine): void
  /** Ends it at once, whatever it does. */
  dispose(): void
}

/**
 * What the sandbox may do: run scripts, compile WebAssembly, start workers from text that it has. No connection, no
 * storage (its origin is opaque), no page. The page's own policy is inherited, and allows the same.
 */
export const POLICY =
  "default-src 'none'; script-src 'unsafe-inline' blob: 'wasm-unsafe-eval'; worker-src blob:; connect-src 'none'"

/** Hands the line to the page through to the worker, and is out of the way. */
const BOOT = `addEventListener('message', (event) => {
  if (event.source !== parent) return
  const url = URL.createObjectURL(new Blob([event.data], { type: 'text/javascript' }))
  const worker = new Worker(url)
  const line = event.ports[0]
  worker.onerror = (error) => { error.preventDefault(); event.ports[1].postMessage(error.message || 'the worker failed') }
  worker.postMessage('line', [line])
}, { once: true })`

const PAGE = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><script>${BOOT}</script>`

let fetched: Promise<string> | undefined

/** The machine's script as text, fetched once; a failure is not kept. */
export const machineCode = (): Promise<string> => {
  fetched ??= fetchAsset('machine.js').then((response) => response.text())
  fetched.catch(() => {
    fetched = undefined
  })
  return fetched
}

/**
 * Starts a machine: a worker inside an iframe of an opaque origin, for a stranger's script and guest run in it.
 *
 * @param listen gets its messages, checked; `failed` that it could not be started or broke
 */
export const startMachine = (
  listen: (message: FromMachine) => void, failed: (why: string) => void = () => {},
): Machine => {
  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', 'allow-scripts')
  frame.setAttribute('aria-hidden', 'true')
  frame.title = 'Sandbox of the machine'
  frame.tabIndex = -1
  frame.hidden = true
  frame.srcdoc = PAGE
  const line = new MessageChannel()
  const trouble = new MessageChannel()
  const waiting: ToMachine[] = []
  let taken = 0
  const acknowledge = (): void => {
    if (!disposed) line.port1.postMessage({ type: 'taken', chunks: taken } satisfies ToMachine)
    taken = 0
  }
  /** When a picture has been drawn with them; who is not seen draws none. */
  const take = (): void => {
    taken++
    if (document.hidden) acknowledge()
    else if (taken === 1) requestAnimationFrame(acknowledge)
  }
  let ready = false
  let disposed = false

  line.port1.onmessage = (event) => {
    const message = fromMachine(event.data)
    if (message === undefined || disposed) return
    if (message.type === 'ready') {
      ready = true
      for (const one of waiting.splice(0)) line.port1.postMessage(one)
    }
    listen(message)
    if (message.type === 'chunk') take()
  }
  trouble.port1.onmessage = (event) => {
    if (!disposed) failed(typeof event.data === 'string' ? event.data.slice(0, 1000) : 'it broke')
  }
  frame.onload = () => {
    machineCode().then(
      // An opaque origin has no name to address it by; the window is the frame's own.
      (code) => frame.contentWindow?.postMessage(code, '*', [line.port2, trouble.port2]),
      (error: unknown) => failed(error instanceof Error ? error.message : String(error)),
    )
  }
  document.body.append(frame)

  return {
    send: (message) => {
      if (ready) line.port1.postMessage(message)
      else waiting.push(message)
    },
    dispose: () => {
      disposed = true
      line.port1.close()
      trouble.port1.close()
      // The worker belongs to the frame's document and ends with it, even in the middle of an endless loop.
      frame.remove()
    },
  }
}
