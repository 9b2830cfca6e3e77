import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { build, defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

/**
 * The page's policy. The machine's sandbox inherits it (srcdoc), so it must allow what the machine needs: inline
 * script, blob workers, WebAssembly. The sandbox narrows it again by a policy of its own.
 */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline' blob: 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  // A link's ?src= names a file on any host. The page asks first, and fetches it itself (ui/share/source.ts); the sandbox's own policy stays closed.
  "connect-src 'self' https:",
  "frame-src 'self' blob: data:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'none'",
].join('; ')

/** Only in what is built: the dev server's own client needs more. */
const policy: Plugin = {
  name: 'skipcall-policy',
  apply: 'build',
  transformIndexHtml: () => [
    { tag: 'meta', injectTo: 'head-prepend', attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY } },
  ],
}

const MACHINE = fileURLToPath(new URL('dist-machine/machine.js', import.meta.url))

/** The machine is a build of its own, which the page fetches as text: it is put beside the page. */
const machine: Plugin = {
  name: 'skipcall-machine',
  async generateBundle() {
    const source = await readFile(MACHINE).catch(() => this.error('There is no dist-machine/machine.js: run npm run build, which builds it first.'))
    this.emitFile({ type: 'asset', fileName: 'machine.js', source })
  },
  /** In development it is built again whenever a file of it changes. */
  async configureServer(server) {
    await build({ configFile: 'src/wasm/vite.machine.config.ts', logLevel: 'warn', build: { watch: {} } })
    server.middlewares.use('/machine.js', (_request, response, next) => {
      readFile(MACHINE).then((source) => response.setHeader('Content-Type', 'text/javascript').end(source), next)
    })
  },
}

/** Guests and chunks are named by what is in them: no revision is needed beside. */
const HASHED = /^(?:assets\/|guests\/[0-9a-f]{64})/
/** Larger than Monaco's TypeScript worker, in bytes. */
const LARGEST = 16 * 2 ** 20

/** The service worker is our own (src/ui/offline); the plugin builds it and puts the list of files into it. */
const offline = VitePWA({
  strategies: 'injectManifest',
  srcDir: 'src/ui/offline',
  filename: 'sw.ts',
  injectRegister: false,
  includeManifestIcons: false,
  injectManifest: {
    rollupFormat: 'iife', globPatterns: ['**/*'], globIgnores: ['sw.js', '**/*.map'], dontCacheBustURLsMatching: HASHED, maximumFileSizeToCacheInBytes: LARGEST,
  },
  manifest: {
    name: 'Skipcall',
    short_name: 'Skipcall',
    description: 'A playground for system calls: trace a program, change what it asks for, step back.',
    // Both from where the manifest is: the page may be in any folder.
    start_url: './',
    scope: './',
    display: 'standalone',
    theme_color: '#f2f3f5',
    background_color: '#f2f3f5',
    icons: [
      { src: 'icons/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: 'icons/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: 'icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      { src: 'icons/icon.svg', sizes: 'any', type: 'image/svg+xml' },
    ],
  },
})

// No default export is the house rule; Vite's configuration is the exception that Vite makes.
export default defineConfig({
  // Works under any path: GitHub Pages, a folder of a course, a file server.
  base: './',
  plugins: [react(), policy, machine, offline],
  worker: { format: 'es' },
  css: { modules: { localsConvention: 'camelCaseOnly' } },
  build: {
    target: 'es2023',
    outDir: 'dist',
    // Monaco's TypeScript worker is as large as it is; it is loaded when the editor is.
    chunkSizeWarningLimit: 8000,
    reportCompressedSize: true,
    // One file for the shell: what is cut into thirty is compressed worse by a thirtieth, and asked for thirty times.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'shell', tags: ['$initial'] }] } } },
  },
  server: { port: 5173, strictPort: false },
})
