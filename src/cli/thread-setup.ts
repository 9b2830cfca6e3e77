import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))
const bundle = `${root}.cache/thread/machine-thread.js`

/**
 * vitest's globalSetup: the headless machine as one file. Each run of a script is a thread of its own, and more than half of a
 * short one would be finding and reading its modules; the exercises' tests make a thousand.
 */
export async function setup(): Promise<void> {
  await build({
    configFile: false, root, publicDir: false, logLevel: 'error',
    build: { ssr: 'src/cli/machine-thread.ts', outDir: '.cache/thread', emptyOutDir: true, target: 'esnext', minify: false, rolldownOptions: { output: { codeSplitting: false } } },
    ssr: { noExternal: true },
  })
  process.env['SKIPCALL_THREAD'] = bundle
}
