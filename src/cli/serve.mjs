// npm start: builds what is missing or out of date, and serves it on this machine only.
import { spawnSync } from 'node:child_process'
import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const root = fileURLToPath(new URL('../..', import.meta.url))
const dist = join(root, 'dist')

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8', '.wasm': 'application/wasm', '.svg': 'image/svg+xml', '.png': 'image/png',
  '.ttf': 'font/ttf', '.woff2': 'font/woff2', '.ts': 'text/plain; charset=utf-8', '.c': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8', '.txt': 'text/plain; charset=utf-8', '.bin': 'application/octet-stream', '.webmanifest': 'application/manifest+json',
}

/** When a file, or the newest file below a folder, was changed; 0 if there is none. Tests don't count. */
const changed = (path) => {
  if (!existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => !name.includes('.test.') && name !== 'node_modules')
    .reduce((newest, { name }) => Math.max(newest, changed(join(path, name))), 0)
}
const newest = (...paths) => Math.max(...paths.map((path) => changed(join(root, path))))

const vite = (...args) => {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', ...args], { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

const buildIfNeeded = () => {
  if (!existsSync(join(root, 'node_modules/vite'))) {
    console.error('The packages are not installed: run npm ci first.')
    process.exit(1)
  }
  const machine = changed(join(root, 'dist-machine/machine.js'))
  if (machine === 0 || machine < newest('src/engine', 'src/wasm', 'package-lock.json')) {
    console.log('Building the machine.')
    vite('--config', 'src/wasm/vite.machine.config.ts')
  }
  const page = changed(join(dist, 'index.html'))
  if (page === 0 || page < newest('src/engine', 'src/ui', 'public', 'index.html', 'vite.config.ts', 'package-lock.json', 'dist-machine')) {
    console.log('Building the page.')
    vite()
  }
}

/** The file that a request asks for, or undefined if it is not below dist. */
const fileOf = (url) => {
  let path
  try {
    path = decodeURIComponent(new URL(url, 'http://localhost').pathname)
  } catch {
    return undefined
  }
  const file = normalize(join(dist, path.endsWith('/') ? `${path}index.html` : path))
  if (!file.startsWith(dist + sep) || file.includes('\0') || !existsSync(file) || !statSync(file).isFile()) return undefined
  return file
}

const answer = (request, response) => {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD' }).end()
    return
  }
  const file = fileOf(request.url ?? '/')
  if (file === undefined) {
    response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('There is no such file.\n')
    return
  }
  response.writeHead(200, {
    'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
    'Content-Length': statSync(file).size,
    // Files in assets/ have a hash in their name; guests are named by theirs.
    'Cache-Control': /[/\\](assets[/\\]|guests[/\\][0-9a-f]{64})/.test(file) ? 'max-age=31536000, immutable' : 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  })
  if (request.method === 'HEAD') response.end()
  else createReadStream(file).on('error', () => response.destroy()).pipe(response)
}

const { values } = parseArgs({ options: { port: { type: 'string', default: process.env['PORT'] ?? '4173' }, 'no-build': { type: 'boolean' } } })
const port = Number(values.port)
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`--port ${values.port}: a whole number from 0 to 65535 is needed.`)
  process.exit(1)
}
if (!values['no-build']) buildIfNeeded()
const server = createServer(answer)
server.on('error', (error) => {
  console.error(error.code === 'EADDRINUSE' ? `Port ${port} is taken: choose another with npm start -- --port N.` : error.message)
  process.exit(1)
})
server.listen(port, '127.0.0.1', () => console.log(`Skipcall is at http://127.0.0.1:${server.address().port}/ (Ctrl+C ends it)`))
