import { callFigures } from './calls.ts'
import { countingFigures } from './counting.ts'
import type { Figure } from './figure.ts'
import { WORLD_FILE, type World } from './host.ts'
import { ourHost } from './host-ours.ts'
import { shimHost } from './host-shim.ts'
import { wasmerHost } from './host-wasmer.ts'
import type { Effort } from './repeat.ts'

// The part of the benchmark that runs in a page. Types only say what a worker has; a page has it, too.

const worldOf = (base64: string): World => ({ module: Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)), file: WORLD_FILE })

/** As the machine's worker does it (wasm/worker.ts). */
const channel = new MessageChannel()
let turn: (() => void) | undefined
channel.port1.onmessage = () => turn?.()
const macrotask = (): Promise<void> =>
  new Promise((resolve) => {
    turn = resolve
    channel.port2.postMessage(0)
  })

/** @param calls part of the names of the rows that are wanted */
const callsBench = async (module: string, effort: Effort, calls: readonly string[]): Promise<readonly Figure[]> => {
  const world = worldOf(module)
  const hosts = {
    ours: [ourHost(world, 'count', macrotask), ourHost(world, 'plain', macrotask)],
    theirs: [shimHost(world), await wasmerHost(world)],
  }
  return callFigures(hosts, 'Chromium', effort, calls)
}
const countingBench = (module: string, effort: Effort): Promise<readonly Figure[]> => {
  const world = worldOf(module)
  return countingFigures({ count: ourHost(world, 'count', macrotask), plain: ourHost(world, 'plain', macrotask) }, 'Chromium', effort)
}
Object.assign(globalThis, { callsBench, countingBench })
