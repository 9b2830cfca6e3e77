import { suiteInFirefox } from './engines/firefox.ts'
import { cyclesInChromium, oracleInChromium } from './engines/in-chromium.ts'
import type { Part } from './engines/part.ts'
import { steppedPython } from './engines/stepped-python.ts'
import { stopMachine } from './engines/stop-machine.ts'
import { smokeInWebkit } from './engines/webkit.ts'

// npm run test:engines: what takes long, or needs another engine; the last line is "N passed, M failed".

const parts: readonly Part[] = [stopMachine, steppedPython, oracleInChromium, cyclesInChromium, smokeInWebkit, suiteInFirefox]
const wanted = process.argv.slice(2)
const total = { passed: 0, failed: 0, skipped: 0 }
for (const { name, run } of parts) {
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue
  console.log(name)
  const { passed, failed, skipped } = await run().catch((error: unknown) => {
    console.log(error)
    return { passed: 0, failed: 1, skipped: 0 }
  })
  console.log(`  ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
}
const { passed, failed, skipped } = total
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed > 0 ? 1 : 0
