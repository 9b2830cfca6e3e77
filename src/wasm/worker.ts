import { Machine, type Platform } from './machine.ts'
import { toMachine } from './messages.ts'
import { lockFor } from './script/lock.ts'

// The machine in the page: one classic script in a worker of a sandboxed iframe (ui/session/frame.ts). All that it
// needs of the platform is taken here, before the realm is locked and a stranger's script runs in it.

const scope = globalThis as unknown as DedicatedWorkerGlobalScope
let line: MessagePort | undefined
const now = performance.now.bind(performance)
const later = setTimeout.bind(scope)
const createUrl = URL.createObjectURL.bind(URL)
const MakeBlob = Blob
const importModule = (url: string): Promise<unknown> => import(/* @vite-ignore */ url)

const channel = new MessageChannel()
let turn: (() => void) | undefined
channel.port1.onmessage = () => {
  const next = turn
  turn = undefined
  next?.()
}
const ring = channel.port2.postMessage.bind(channel.port2)

const platform: Platform = {
  post: (message) => line?.postMessage(message),
  macrotask: () =>
    new Promise((resolve) => {
      turn = resolve
      ring(0)
    }),
  moduleUrl: (code) => createUrl(new MakeBlob([code], { type: 'text/javascript' })),
  importModule,
  now,
  later: (milliseconds, call) => {
    later(call, milliseconds)
  },
  lock: lockFor,
  interactive: true,
}

const machine = new Machine(platform)
const take = (event: MessageEvent): void => {
  const message = toMachine(event.data)
  if (message !== undefined) machine.receive(message)
}
// The first message brings the line to the page: from then on nothing goes through the frame between.
scope.addEventListener('message', (event) => {
  const [port] = event.ports
  if (port === undefined) return
  line = port
  port.onmessage = take
  port.postMessage({ type: 'ready' })
}, { once: true })
// A promise of the script that nobody awaits fails the run as a thrown error does.
scope.addEventListener('unhandledrejection', (event) => {
  event.preventDefault()
  machine.scriptFailed(event.reason)
})
