import type { Trace } from '../trace/trace.ts'
import type { TracedCall } from './call.ts'
import type { Origin } from './fd-effect.ts'
import { provenanceOf } from './provenance.ts'

/** What strace -y says of a descriptor. A pipe's number is that of the event that made it: our inodes are not in the trace. */
const pathText = (origin: Origin | undefined): string => {
  switch (origin?.kind) {
    case 'stream':
      return `</dev/${origin.name}>`
    case 'preopen':
    case 'file':
      // strace escapes what would end the name.
      return `<${origin.path.replace(/[<>\\]/g, (sign) => `\\${sign.charCodeAt(0).toString(8)}`)}>`
    case 'pipe':
      return `<pipe:[${origin.opened}]>`
    case 'socket':
      return `<socket:[${origin.opened}]>`
    default:
      return ''
  }
}

/** For -y: a call whose descriptors are followed by what they are. */
export const pathNamer = (trace: Trace): ((call: TracedCall, pid: number) => TracedCall) => {
  const provenance = provenanceOf(trace)
  return (call, pid) => {
    const { row } = call
    if (row === undefined || !row.args.some(({ show }) => show.kind === 'fd')) return call
    const at = call.entry === 0 ? call.exit : call.entry
    const args = call.args.map((arg) => {
      if (row.args[arg.index]?.show.kind !== 'fd') return arg
      const { name, index, raw, dir, text, brief, value, out, note, regions } = arg
      return { name, index, raw, dir, text: text + pathText(provenance.at(pid, Number(BigInt.asIntN(32, raw)), at)), brief, value, out, note, regions }
    })
    const { name, arch, nr, phase, result, returned, resumes, entry, exit, outcome, skipped } = call
    return { name, arch, nr, row, phase, args, result, returned, resumes, entry, exit, outcome, skipped }
  }
}
