import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const dist = fileURLToPath(new URL('../dist/', import.meta.url))

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.wasm': 'application/wasm', '.svg': 'image/svg+xml',
  '.png': 'image/png', '.ttf': 'font/ttf', '.webmanifest': 'application/manifest+json',
}

/** The page that was built, in a folder of a server that knows nothing of it. */
export interface FolderServer {
  /** Of the folder, with a slash at its end. */
  readonly url: string
  /** From now on a file is another than was built. */
  replace(name: string, change: (text: string) => string): void
  close(): void
}

/** Serves dist/ below a path, as a course's folder would. */
export const serveFolder = async (path = '/course/os/skipcall/'): Promise<FolderServer> => {
  const changes = new Map<string, (text: string) => string>()
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const name = pathname.startsWith(path) ? decodeURIComponent(pathname.slice(path.length)) || 'index.html' : undefined
    const file = name === undefined ? undefined : normalize(join(dist, name))
    if (name === undefined || file === undefined || !file.startsWith(dist)) {
      response.writeHead(404).end()
      return
    }
    readFile(file).then(
      (bytes) => {
        const change = changes.get(name)
        response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream', 'Cache-Control': 'no-cache' })
        response.end(change === undefined ? bytes : change(bytes.toString('utf8')))
      },
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    url: `http://127.0.0.1:${address.port}${path}`,
    replace: (name, change) => void changes.set(name, change),
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
