import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('..', import.meta.url))
const call = promisify(execFile)

/** The digest that `npm run trace -- --digest …` prints for these arguments. */
export const headlessDigest = async (...args: readonly string[]): Promise<string> => {
  const words = ['src/cli/jspi.mjs', 'src/cli/trace.ts', '--digest', ...args]
  // A guest may well end with a code of its own: what counts is what was printed.
  const { stdout } = await call(process.execPath, words, { cwd: root }).catch((error: { readonly stdout?: string }) => {
    if (error.stdout === undefined || error.stdout === '') throw error
    return { stdout: error.stdout }
  })
  return stdout.trim()
}
