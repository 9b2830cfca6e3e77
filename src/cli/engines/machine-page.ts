import { Machine } from '../../wasm/machine.ts'
import { Trace } from '../../engine/trace/trace.ts'
import type { Recipe } from '../../engine/recipe.ts'
import { outputOf } from '../outcome.ts'

// The machine in another engine: a recipe without a script is run as the headless runner does it.

const channel = new MessageChannel()
let turn: (() => void) | undefined
channel.port1.onmessage = () => turn?.()
const macrotask = (): Promise<void> =>
  new Promise((resolve) => {
    turn = resolve
    channel.port2.postMessage(0)
  })
const noScript = (): never => {
  throw new Error('no script here')
}

export interface PageRun {
  readonly text: string
  readonly digest: string
  readonly end: string
  /** Tasks that are left when it is over. */
  readonly left: number
}

/** @param module base64; it stands in the file system at `path` */
const runInPage = async (module: string, hash: string, recipe: Recipe, path: string): Promise<PageRun> => {
  const bytes = Uint8Array.from(atob(module), (char) => char.charCodeAt(0))
  const trace = new Trace()
  let digest = ''
  let end = ''
  const machine = new Machine({
    post: (message) => {
      if (message.type === 'chunk') trace.append(message.table, message.chunk)
      if (message.type === 'ended') {
        digest = message.digest
        end = message.end.kind === 'failed' ? message.end.failure.cause : message.end.kind
      }
    },
    macrotask, moduleUrl: noScript, importModule: noScript, now: () => performance.now(), later: () => {}, lock: noScript, interactive: false,
  })
  await machine.run(recipe, { [hash]: bytes }, -1, [{ path, bytes }])
  const text = new TextDecoder().decode(outputOf(trace, 1)) + new TextDecoder().decode(outputOf(trace, 2))
  return { text, digest, end, left: machine.session?.kernel.tasks.size ?? 0 }
}
Object.assign(globalThis, { runInPage })
