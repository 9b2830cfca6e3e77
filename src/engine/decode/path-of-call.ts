import { EventKind, type Seq } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'
import { tracedCall } from './call.ts'
import { provenanceOf } from './provenance.ts'

/** The path that a call was given, from the root; undefined if it was given none, or one below a directory that is not known. */
export const pathOfCall = (trace: Trace, seq: Seq): string | undefined => {
  const event = trace.event(seq)
  const call = tracedCall(trace, seq, 'after')
  if (event === undefined || call === undefined) return undefined
  const at = call.entry === 0 || event.kind === EventKind.call ? seq : call.entry
  const path = call.args.find(({ name, value }) => typeof value === 'string' && /path/.test(name))?.value
  if (typeof path !== 'string') return undefined
  if (path.startsWith('/')) return path
  const directory = call.args.find(({ name }) => name === 'fd' || name === 'dirfd' || name === 'old_fd')
  if (directory === undefined) return `/${path}`
  const origin = provenanceOf(trace).at(event.pid, Number(directory.raw), at)
  if (origin?.kind !== 'preopen' && origin?.kind !== 'file') return undefined
  return `${origin.path.startsWith('/') ? '' : '/'}${origin.path.replace(/\/$/, '')}/${path}`
}
