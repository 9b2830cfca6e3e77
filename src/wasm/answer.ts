import { listFiles, peekFile } from '../engine/kernel/listing.ts'
import { callOfImport } from '../engine/syscall/import.ts'
import type { Found } from '../engine/kernel/tree.ts'
import type { Moment } from '../engine/history/history.ts'
import { lookAt } from '../engine/history/look.ts'
import { momentBehind, stepsBehind } from '../engine/history/steps.ts'
import { lastWrite, nextWrite } from '../engine/history/writer.ts'
import type { Kernel } from '../engine/kernel/kernel.ts'
import { walkPath, type Walk } from '../engine/kernel/path-walk.ts'
import type { GuestFrame } from '../engine/ports.ts'
import { packLocals } from '../engine/ptrace/locals.ts'
import { localsIn } from '../engine/script/local.ts'
import type { FileEntry, Frame, FromMachine, Look, ToMachine, Writer } from '../engine/protocol.ts'
import { BOOT_TIME } from '../engine/kernel/clock.ts'
import type { Session } from '../engine/session.ts'
import { inspect } from './rewrite/inspect.ts'

/** What a page is shown of one file, in bytes: a file may be sparse and larger than any memory. */
const MOST_SHOWN = 64 * 2 ** 20

/** Whether bytes may be a guest, without looking into its functions: an answer within moments, even for CPython. */
export const answerInspect = (bytes: Uint8Array): FromMachine => {
  const info = inspect(bytes)
  if (!info.ok) return { type: 'inspected', sentence: info.problem.sentence }
  const missing = info.value.imports.find((one) => callOfImport(one) === undefined)
  return missing === undefined
    ? { type: 'inspected' }
    : { type: 'inspected', sentence: `This module imports ${missing.module}.${missing.name}, which is no call of this machine.` }
}

type Question = Extract<ToMachine, { type: 'list-files' | 'read-file' }>

/** Looks into the kernel's file system, which must be at rest: the run waits, or it has ended. */
export const answerFiles = ({ kernel, past }: Session, question: Question): FromMachine => {
  const then = question.at === undefined ? undefined : past?.files.at(question.at)
  const fs = then?.fs ?? kernel.fs
  if (question.type === 'list-files') return { type: 'listing', ...listFiles(fs, BOOT_TIME), ...(then === undefined ? {} : { at: then.seq }) }
  const bytes = peekFile(fs, question.path, MOST_SHOWN)
  return { type: 'file', path: question.path, ...(bytes === undefined ? {} : { bytes }) }
}

/** Bytes of memory that are shown at once, and places of what is sought. */
const MOST_MEMORY = 2 ** 20
const MOST_FOUND = 1000
const MOST_FRAMES = 200

const NO_GUEST = 'This event has no guest that could be looked at: it is the script’s, or the machine’s.'

/** Where the bytes are in the memory. */
const placesOf = (needle: Uint8Array, memory: Uint8Array): number[] => {
  const found: number[] = []
  const [first] = needle
  if (first === undefined) return found
  for (let at = memory.indexOf(first); at !== -1 && found.length < MOST_FOUND; at = memory.indexOf(first, at + 1)) {
    if (needle.every((byte, i) => memory[at + i] === byte)) found.push(at)
  }
  return found
}

/** Is the guest in its functions there? Before its beginning and behind its end it is in none. */
const isOnStack = ({ standing }: Moment): boolean => standing.at !== 'start' && standing.at !== 'end'

/** Looks at the guest of an event as it was there. */
const answerLook = ({ kernel, past }: Session, { seq, steps = 0, ranges, find }: Look): FromMachine => {
  const at = past?.guests.momentOf(seq)
  if (at === undefined) return { type: 'sight', sight: { seq, sentence: NO_GUEST } }
  const moment = steps === 0 ? at : momentBehind(at, steps)
  if (moment === undefined) return { type: 'sight', sight: { seq, sentence: 'The guest has not gone on from here.' } }
  const seen = lookAt(kernel, moment, ({ memory, vcpu }) => {
    let left = MOST_MEMORY
    const pieces = ranges.flatMap(({ addr, length }) => {
      const bytes = memory.read(addr, Math.max(0, Math.min(length, left, memory.size - addr)))
      if (bytes === undefined || bytes.length === 0) return []
      left -= bytes.length
      return [{ addr, bytes }]
    })
    const frames = isOnStack(moment) ? vcpu.frames() : []
    const { hash } = moment.image
    const [innermost] = frames
    return {
      size: memory.size, stackPointer: vcpu.stackPointer(), pieces,
      found: find === undefined ? [] : placesOf(find, memory.bytes), frames: framesOf(frames, kernel, hash),
      ...(moment.standing.at === 'step' && innermost !== undefined ? { locals: localsIn(packLocals(kernel.host, hash, innermost.func, vcpu)) } : {}),
    }
  })
  return { type: 'sight', sight: seen.ok ? { seq, ...seen.value } : { seq, sentence: seen.sentence } }
}

const framesOf = (frames: readonly GuestFrame[], { host }: Kernel, hash: string): readonly Frame[] =>
  frames.slice(0, MOST_FRAMES).map(({ func, codeOffset }) => {
    const name = host.functionName?.(hash, func)
    return { func, ...(name === undefined ? {} : { name }), ...(codeOffset === undefined ? {} : { codeOffset }) }
  })

/** Steps that are listed at once. */
const MOST_STEPS = 100_000

const answerSteps = ({ kernel, past }: Session, { seq, from, count }: Extract<ToMachine, { type: 'list-steps' }>): Extract<FromMachine, { type: 'steps' }>['steps'] => {
  const moment = past?.guests.momentOf(seq)
  if (moment === undefined) return { sentence: NO_GUEST }
  const seen = stepsBehind(kernel, moment, from, Math.min(count, MOST_STEPS))
  return seen.ok ? seen.value : { sentence: seen.sentence }
}

/** Tells who wrote the bytes. */
const answerWriter = ({ kernel, past }: Session, { seq, addr, length, which }: Extract<ToMachine, { type: 'who-wrote' }>): Writer => {
  const moment = past?.guests.momentOf(seq)
  if (past === undefined || moment === undefined) return { sentence: NO_GUEST }
  const last = past.guests.momentOf(past.guests.lastOf(moment.image)) ?? moment
  const seen = which === 'last' ? lastWrite(kernel, moment, { addr, length }) : nextWrite(kernel, moment, last, { addr, length })
  if (!seen.ok) return { sentence: seen.sentence }
  const write = seen.value
  if (write === undefined) return { by: 'nobody' }
  const when = past.guests.whenOf(moment.image, write.records, write.by)
  return write.by === 'kernel' ? { by: 'kernel', seq: when.seq } : { by: 'guest', ...when, frames: framesOf(write.frames, kernel, moment.image.hash) }
}

/** Tells the way of a path, as it was when an event came. */
const answerWalk = ({ kernel, past }: Session, { seq, path }: Extract<ToMachine, { type: 'walk-path' }>): Walk => {
  const fs = past?.files.at(Math.max(0, seq - 1)).fs ?? kernel.fs
  return walkPath(fs, fs.root, path)
}

/** Questions about the past. */
export const answerPast = (session: Session, question: Extract<ToMachine, { type: 'look' | 'list-steps' | 'who-wrote' | 'walk-path' }>): FromMachine =>
  question.type === 'look' ? answerLook(session, question.look)
  : question.type === 'list-steps' ? { type: 'steps', steps: answerSteps(session, question) }
  : question.type === 'who-wrote' ? { type: 'writer', writer: answerWriter(session, question) }
  : { type: 'walk', walk: answerWalk(session, question) }

/** Files as of the kernel, of another host. */
export const answerFound = (found: readonly Found[], question: Question): FromMachine => {
  if (question.type === 'list-files') {
    return { type: 'listing', entries: found.map(entryOf).sort((a, b) => (inOrder(a.path) < inOrder(b.path) ? -1 : 1)), more: false }
  }
  const one = found.find(({ path }) => path === question.path)
  return { type: 'file', path: question.path, ...(one !== undefined && 'bytes' in one ? { bytes: one.bytes.slice(0, MOST_SHOWN) } : {}) }
}

/** So that what is in a directory comes right after it: `/` before every other character. */
const inOrder = (path: string): string => path.replaceAll('/', '\0')

const entryOf = (found: Found): FileEntry => {
  const { path, mtim } = found
  const common = { path, size: 0, mtim, changed: mtim > BOOT_TIME }
  if ('directory' in found) return { ...common, kind: 'directory' }
  return 'link' in found ? { ...common, kind: 'link', link: found.link } : { ...common, kind: 'file', size: found.bytes.length }
}
