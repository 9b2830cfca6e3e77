import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { deflateSync } from 'fflate'
import { encodeRecording } from '../engine/link/recording.ts'
import { EventKind } from '../engine/trace/format.ts'
import { runHeadless } from './headless.ts'
import { preview1ByName } from '../engine/syscall/preview1.ts'
import { readTraceOptions } from './trace-options.ts'
import { prepare } from './trace-recipe.ts'

// Records what a first visitor sees: the first example, finished, with the cursor on its first fd_write. The file is
// committed, and a test compares it with what the machine does now (first-run.test.ts).

export const FIRST_RUN = fileURLToPath(new URL('../../public/examples/first-run.bin', import.meta.url))

/** The recording's bytes, as the machine makes them now. */
export const recordFirstRun = async (): Promise<Uint8Array> => {
  const options = readTraceOptions(['--example', 'first'])
  if (options === undefined) throw new Error('an example asks for no help')
  const { recipe, modules } = prepare(options)
  const { end, digest, counts, trace } = await runHeadless(recipe, { modules })
  const { kind, nr } = trace.events.columns
  const write = preview1ByName.get('fd_write')?.nr
  const cursor = kind.findIndex((one, i) => one === EventKind.entry && nr[i] === write) + 1
  return encodeRecording({ recipe, end, digest, counts, cursor, trace }, (bytes) => deflateSync(bytes, { level: 9, mem: 9 }))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(FIRST_RUN, await recordFirstRun())
  process.exit()
}
