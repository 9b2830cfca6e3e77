// node src/cli/jspi.mjs src/wasm/sdk/check-scenarios.ts DIRECTORY: compiles every scenario of an oracle, a warning
// being an error, and looks at what each module imports and exports.
import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { compileAll } from './compile.mjs'
import { complaintsAbout, readCalls, readInterface } from './interface.ts'

const [directory] = process.argv.slice(2)
if (directory === undefined) throw new Error('which directory? It holds scn.h and scenarios/*.c')

const programs = readdirSync(join(directory, 'scenarios')).filter((file) => file.endsWith('.c')).map((file) => ({
  name: basename(file, '.c'), source: readFileSync(join(directory, 'scenarios', file), 'utf8'),
}))
const header = readFileSync(join(directory, 'scn.h'), 'utf8')
const calls = readCalls(readFileSync(new URL('include/linux/calls.h', import.meta.url), 'utf8'))

/** What a source does, and the export that it then needs. */
const entries = [[/\bhandle\(/, '__linux_signal'], [/\bs_thread\(/, '__linux_thread_start']] as const

const before = performance.now()
try {
  const modules = await compileAll(programs, { files: { 'scn.h': header }, extra: ['-Werror'], scenario: true })
  const complaints = programs.flatMap(({ name, source }) => {
    const bytes = modules.get(name) ?? new Uint8Array()
    const { exports } = readInterface(bytes)
    const about = entries
      .filter(([use, entry]) => use.test(source) && !exports.includes(entry))
      .map(([, entry]) => `does not export ${entry}`)
    return [...complaintsAbout(bytes, calls), ...about].map((complaint) => `${name}: ${complaint}`)
  })
  for (const complaint of complaints) console.log(complaint)
  const seconds = ((performance.now() - before) / 1000).toFixed(1)
  console.log(`${programs.length} scenarios in ${seconds} s, ${complaints.length} complaints`)
  if (complaints.length > 0) process.exitCode = 1
} catch (error) {
  if (!(error instanceof Error)) throw error
  console.error(error.message) // clang's; what caused it carries a whole file system
  process.exitCode = 1
}
