import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

/**
 * The machine as one classic script without chunks: a module worker does not start in a sandboxed iframe in Chromium
 * (design.md). The page fetches it as text and hands it in.
 */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  publicDir: false,
  build: {
    outDir: 'dist-machine',
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    lib: { entry: 'src/wasm/worker.ts', formats: ['iife'], name: 'skipcallMachine', fileName: () => 'machine.js' },
    // SES refuses sloppy mode, which is what a classic script begins in.
    rolldownOptions: { output: { codeSplitting: false, banner: "'use strict';" } },
  },
})
