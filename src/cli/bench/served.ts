import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

const root = new URL('../../../', import.meta.url)
/** A first build takes its time. */
const BUILD_SECONDS = 240

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

/** `npm start` on a port of its own; it builds first what is out of date. */
export const served = async <T>(use: (url: string) => Promise<T>): Promise<T> => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}/`
  const server = spawn(process.execPath, ['src/cli/serve.mjs', '--port', String(port)], { cwd: fileURLToPath(root), stdio: ['ignore', 'ignore', 'inherit'] })
  try {
    for (let left = BUILD_SECONDS * 4; ; left--) {
      if (server.exitCode !== null || left === 0) throw new Error('the page could not be served')
      if (await fetch(url).then(({ ok }) => ok, () => false)) break
      await new Promise((resolve) => {
        setTimeout(resolve, 250)
      })
    }
    return await use(url)
  } finally {
    server.kill()
  }
}
