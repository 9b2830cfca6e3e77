import { parentPort, workerData } from 'node:worker_threads'
import { Machine } from '../wasm/machine.ts'
import { lockFor } from '../wasm/script/lock.ts'
import type { FromThread, ThreadData, ToThread } from './headless.ts'

// A machine in a thread of Node: a realm of its own to lock, and an end that can be made. Everything that is needed of
// the platform is taken here, before the realm is locked.

const port = parentPort
if (port === null) throw new Error('this is the entry of a worker thread')
const send = (message: FromThread): void => port.postMessage(message)
const immediate = setImmediate
const later = setTimeout
const now = performance.now.bind(performance)
const encode = encodeURIComponent
const importModule = (url: string): Promise<unknown> => import(url)

const { suspends } = workerData as ThreadData

const machine = new Machine({
  post: send,
  macrotask: () =>
    new Promise((resolve) => {
      immediate(resolve)
    }),
  moduleUrl: (code) => `data:text/javascript;charset=utf-8,${encode(code)}`,
  importModule,
  now,
  later: (milliseconds, call) => {
    later(call, milliseconds)
  },
  lock: lockFor,
  interactive: false,
  ...(suspends === undefined ? {} : { suspends }),
})

process.on('unhandledRejection', (reason) => machine.scriptFailed(reason))
port.on('message', (message: ToThread) => {
  if (message.type !== 'begin') {
    machine.receive(message)
    return
  }
  const { recipe, modules, tree, preopens, wasmer } = message
  void machine.run(recipe, modules, -1, tree, preopens, wasmer).then(() => send({ type: 'files', found: machine.files() }))
})
