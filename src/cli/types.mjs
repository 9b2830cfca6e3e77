// Checks the types of every part with the libraries that the part may name: the engine has no dom.
import { spawnSync } from 'node:child_process'

const parts = ['src/engine', 'src/wasm', 'src/cli', 'src/ui', 'e2e']
let failed = 0
for (const part of parts) {
  const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', part], { stdio: 'inherit' })
  if (status !== 0) failed++
}
process.exit(failed === 0 ? 0 : 1)
