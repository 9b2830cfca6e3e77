import type { FromMachine, ToMachine } from '../../engine/protocol.ts'
import { machineCode, POLICY, type Machine } from '../session/frame.ts'
import { fromMachine } from '../session/received.ts'

/**
 * As the page's own sandbox (session/frame.ts), but one frame for many machines, which come and go: a frame of an opaque
 * origin may be a process of its own, and to start one takes longer than a short run. Each run has its own worker, and a
 * worker that is ended takes everything with it.
 */
const BOOT = `let url
addEventListener('message', (event) => {
  if (event.source !== parent) return
  if (typeof event.data === 'string') {
    url = URL.createObjectURL(new Blob([event.data], { type: 'text/javascript' }))
    return
  }
  const [line, control] = event.ports
  const worker = new Worker(url)
  worker.onerror = (error) => { error.preventDefault(); control.postMessage(error.message || 'the worker failed') }
  control.onmessage = () => { worker.terminate(); control.close() }
  worker.postMessage('line', [line])
})`

const PAGE = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><script>${BOOT}</script>`

let opening: Promise<Window> | undefined

const open = async (): Promise<Window> => {
  const code = await machineCode()
  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', 'allow-scripts')
  frame.setAttribute('aria-hidden', 'true')
  frame.title = 'Sandbox of the checks'
  frame.tabIndex = -1
  frame.hidden = true
  frame.srcdoc = PAGE
  const loaded = new Promise<void>((resolve) => {
    frame.onload = () => resolve()
  })
  document.body.append(frame)
  await loaded
  const { contentWindow } = frame
  if (contentWindow === null) throw new Error('The sandbox has gone.')
  // An opaque origin has no name to address it by; the window is the frame's own.
  contentWindow.postMessage(code, '*')
  return contentWindow
}

/** The sandbox, opened once; a failure is not kept. */
const sandbox = (): Promise<Window> => {
  opening ??= open()
  opening.catch(() => {
    opening = undefined
  })
  return opening
}

/**
 * Starts a machine that nobody looks at.
 *
 * @param listen gets its messages, checked; `failed` that it could not be started or broke
 */
export const startInSandbox = (listen: (message: FromMachine) => void, failed: (why: string) => void): Machine => {
  const line = new MessageChannel()
  const control = new MessageChannel()
  const waiting: ToMachine[] = []
  let ready = false
  let disposed = false
  line.port1.onmessage = (event) => {
    const message = fromMachine(event.data)
    if (message === undefined || disposed) return
    if (message.type === 'ready') {
      ready = true
      for (const one of waiting.splice(0)) line.port1.postMessage(one)
    }
    // No picture is drawn of it: what has come has been taken.
    if (message.type === 'chunk') line.port1.postMessage({ type: 'taken', chunks: 1 } satisfies ToMachine)
    listen(message)
  }
  control.port1.onmessage = (event) => {
    if (!disposed) failed(typeof event.data === 'string' ? event.data.slice(0, 1000) : 'it broke')
  }
  sandbox().then(
    (window) => {
      if (!disposed) window.postMessage(undefined, '*', [line.port2, control.port2])
    },
    (error: unknown) => failed(error instanceof Error ? error.message : String(error)),
  )
  return {
    send: (message) => {
      if (ready) line.port1.postMessage(message)
      else waiting.push(message)
    },
    dispose: () => {
      disposed = true
      control.port1.postMessage('end')
      line.port1.close()
      // Its side is closed by the frame, once the worker has ended.
      setTimeout(() => control.port1.close(), 1000)
    },
  }
}
