import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from '@playwright/test'
import { build } from 'vite'

/** As in e2e/playwright.config.ts: a Chromium of this machine, if there is one; otherwise Playwright's own. */
const installed = process.env['CHROMIUM'] ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path))

const QUIET = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
]

/** Throws where there is no Chromium. */
export const startChromium = (): Promise<Browser> =>
  chromium.launch({ args: QUIET, ...(installed === undefined ? {} : { executablePath: installed }) })

interface Output {
  readonly fileName: string
  readonly code?: string
  readonly source?: string | Uint8Array
}

/** One classic script, and its styles, of a module of ours. @param entry path from the project's root */
export const bundle = async (entry: string): Promise<{ readonly script: string; readonly style: string }> => {
  const root = fileURLToPath(new URL('../../../', import.meta.url))
  const built = await build({
    root, configFile: false, logLevel: 'error', publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    css: { modules: { localsConvention: 'camelCaseOnly' } },
    build: {
      write: false, target: 'es2023', minify: true,
      lib: { entry: `${root}${entry}`, formats: ['iife'], name: 'bench', fileName: () => 'bench.js' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  })
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) => ('output' in one ? (one.output as readonly Output[]) : []))
  const text = ({ code, source }: Output): string => code ?? (typeof source === 'string' ? source : new TextDecoder().decode(source))
  return {
    script: outputs.filter(({ fileName }) => fileName.endsWith('.js')).map(text).join('\n'),
    style: outputs.filter(({ fileName }) => fileName.endsWith('.css')).map(text).join('\n'),
  }
}

/** An empty page that has run a module of ours. */
export const pageWith = async (browser: Browser, entry: string): Promise<Page> => {
  const { script, style } = await bundle(entry)
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  if (style !== '') await page.addStyleTag({ content: style })
  await page.addScriptTag({ content: script })
  return page
}
