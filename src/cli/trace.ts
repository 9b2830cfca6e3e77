import { relative } from 'node:path'
import { BOOT_TIME } from '../engine/kernel/clock.ts'
import { straceLines } from '../engine/decode/strace.ts'
import { EventKind } from '../engine/trace/format.ts'
import type { Trace } from '../engine/trace/trace.ts'
import { runHeadless, type Finished } from './headless.ts'
import { compareTrees, writeHostTree } from './host-tree.ts'
import { exitCodeOf, failureText } from './outcome.ts'
import { written } from './trace-export.ts'
import { EXPORT_FORMATS, HELP, UsageError, readTraceOptions, type TraceOptions } from './trace-options.ts'
import { prepare, type HostFolder } from './trace-recipe.ts'

/** Writes what guests and script have said since it was last called. */
const forwarder = (): ((trace: Trace) => void) => {
  let outputs = 0
  let events = 0
  return (trace) => {
    for (; outputs < trace.outputs.length; outputs++) {
      const { fd, bytes } = trace.output(outputs)
      if (fd === 2) process.stderr.write(bytes)
      else process.stdout.write(bytes)
    }
    for (; events < trace.length; events++) {
      if (trace.event(events + 1)?.kind === EventKind.print) process.stderr.write(`${trace.text(events + 1)}\n`)
    }
  }
}

/** Makes in the folders of the host what the guest did to its copies. */
const bringBack = (folders: readonly HostFolder[], { files }: Finished): void => {
  for (const { path, host, before } of folders) {
    const prefix = path === '/' ? '' : path
    // A folder that was given under a name inside of another one is none of the other's files.
    const inner = folders.map((folder) => folder.path).filter((other) => other !== path && other.startsWith(`${prefix}/`))
    const after = files
      .filter((file) => file.path.startsWith(`${prefix}/`))
      .filter((file) => !inner.some((other) => file.path === other || file.path.startsWith(`${other}/`)))
      .map((file) => ({ ...file, path: file.path.slice(prefix.length) }))
    writeHostTree(host, compareTrees(before, after))
  }
}

const run = async (options: TraceOptions): Promise<number> => {
  const { recipe, modules, tree, preopens, folders } = prepare(options)
  const { show } = options
  const format = EXPORT_FORMATS.find((one) => one === show)
  const forward = format !== undefined || show === 'digest' ? undefined : forwarder()
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  const finished = await runHeadless(recipe, {
    modules, tree, preopens, signal: stop.signal,
    listen: (message, trace) => {
      if (message.type === 'chunk') forward?.(trace)
    },
  })
  const { end, trace, digest } = finished
  if (show === 'strace') for (const line of straceLines(trace, { ...options.lines, epoch: BOOT_TIME })) process.stderr.write(`${line}\n`)
  if (format !== undefined) for (const piece of written(format, finished, options, recipe.programs[0]?.name ?? '')) process.stdout.write(piece)
  if (show === 'digest') process.stdout.write(`${digest}\n`)
  if (end.kind === 'failed') {
    process.stderr.write(`${failureText(end.failure, options.script === undefined ? 'tracer.ts' : relative('', options.script))}\n`)
    return 1
  }
  if (end.kind === 'stopped') {
    process.stderr.write('Stopped.\n')
    return 130
  }
  bringBack(folders, finished)
  return exitCodeOf(trace)
}

const main = async (words: readonly string[]): Promise<number> => {
  try {
    const options = readTraceOptions(words)
    if (options !== undefined) return await run(options)
    process.stdout.write(`${HELP}\n`)
    return 0
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`trace: ${error.message}\nTry: npm run trace -- --help\n`)
    return 2
  }
}

// Whoever reads may have seen enough: `… | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})
process.exitCode = await main(process.argv.slice(2))
