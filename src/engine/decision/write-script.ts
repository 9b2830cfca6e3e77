import { errnoName } from '../abi/errno.ts'
import { SIGNAL, signalName } from '../abi/signal.ts'
import { tracedCall } from '../decode/call.ts'
import { eventLineText } from '../decode/line.ts'
import { hexText } from '../decode/text.ts'
import { lossyText, encodeUtf8 } from '../kernel/text.ts'
import type { Decision, Recipe } from '../recipe.ts'
import { ArchCode } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'
import { standingAt, type Standing } from './effect.ts'

/** Comments are cut here, so that lines stay readable in the editor. */
const COMMENT = 92

/** What the script is made of while it is written: its lines, and the names that it has to import. */
interface Draft {
  readonly names: Set<string>
  name(name: string): string
}

const draft = (): Draft => {
  const names = new Set<string>()
  return {
    names,
    name: (name) => {
      names.add(name)
      return name
    },
  }
}

/**
 * The decisions of a run by hand as a tracer script that makes the same stops and decides the same at them.
 * A stop where nothing but the usual was decided needs no line: the loop of `trace` goes on by itself.
 */
export const writeScript = (trace: Trace, recipe: Recipe): string => {
  const d = draft()
  d.name('spawn')
  d.name('trace')
  const hand = recipe.hand ?? []
  const program = recipe.programs[0]?.name ?? ''
  const cases: string[] = []
  let detached = false
  hand.forEach((decision, i) => {
    const stop = standingAt(trace, decision.at)
    if (stop === undefined || detached) return
    detached = decision.request === 'detach'
    const body = bodyOf(trace, stop, decision, d)
    if (body.length === 0) return
    cases.push(`    case ${i + 1}: // ${comment(trace, stop)}`, ...body.map((line) => `      ${line}`), '      break')
  })
  const head = [
    `// Decided by hand: ${program}, ${hand.length === 1 ? 'one stop' : `${hand.length} stops`}.`,
    '// Each case is the number of a stop, and the call that was there. Stops without a case go on as usual.',
    '',
    importOf(d.names),
    '',
  ]
  const spawned = `trace(spawn(${JSON.stringify(program)}))`
  if (cases.length === 0) {
    return [...head, `for await (const stop of ${spawned}) console.log(stop.line)`, ''].join('\n')
  }
  return [
    ...head,
    'let stops = 0',
    `for await (const stop of ${spawned}) {`,
    '  if (stop.kind === "exited" || stop.kind === "killed") continue',
    '  stops++',
    '  switch (stops) {',
    ...cases,
    '  }',
    '}',
    '',
  ].join('\n')
}

const importOf = (names: ReadonlySet<string>): string => {
  const sorted = [...names].sort((a, b) => Number(/^[A-Z]/.test(b)) - Number(/^[A-Z]/.test(a)) || (a < b ? -1 : 1))
  const line = `import { ${sorted.join(', ')} } from "ptrace"`
  return line.length <= 110 ? line : `import {\n  ${sorted.join(', ')},\n} from "ptrace"`
}

/** The call at the stop as it was decided about, on one line. */
const comment = (trace: Trace, stop: Standing): string => {
  const call = stop.kind === 'entry' || stop.kind === 'exit' ? tracedCall(trace, stop.seq, stop.kind === 'entry' ? 'before' : 'after') : undefined
  const text = call === undefined
    ? eventLineText(trace, stop.seq, 'brief')
    : `${stop.kind} of ${call.name}(${call.args.map((arg) => arg.brief).join(', ')})`
  const line = text.replace(/\s+/g, ' ')
  return line.length > COMMENT ? `${line.slice(0, COMMENT - 1)}…` : line
}

/** The statements of a decision; none for what the loop does by itself. */
const bodyOf = (trace: Trace, stop: Standing, decision: Decision, d: Draft): readonly string[] => {
  const { request, tags } = decision
  const skips = request === 'syscall' && (tags & 4) !== 0 && stop.kind === 'entry'
  // `skip` sets the result as well, so a decision's own result needs no statement.
  const result = skips ? skipText(stop, decision, d) : undefined
  const edits = [
    ...argLines(trace, stop, decision, d),
    ...(decision.result === undefined || result !== undefined ? [] : [resultLine(stop, decision.result, d)]),
    ...memoryLines(decision),
  ]
  return [...edits, ...(result === undefined ? [] : [result]), ...goLines(stop, decision, result !== undefined, d)]
}

const resultText = ({ arch }: Standing, result: number, d: Draft): string => {
  const name = errnoName(arch === ArchCode.preview1 ? result : -result)
  if (name === undefined || name.startsWith('ERESTART') || name === 'ENOIOCTLCMD') return `${result}`
  return arch === ArchCode.preview1 ? d.name(name) : `-${d.name(name)}`
}

/** `stop.skip()`, `stop.fail(ENOSPC)`; undefined where neither says what was decided. */
const skipText = (stop: Standing, { result, tags }: Decision, d: Draft): string | undefined => {
  if (tags !== 4) return undefined
  const value = result ?? stop.ret
  if (value === 0) return 'stop.skip()'
  const text = resultText(stop, value, d)
  return /^-?E/.test(text) ? `stop.fail(${text.replace('-', '')})` : `stop.skip(${text})`
}

/** Outside of a call's own stops the register is set by its place in user_regs_struct. */
const resultLine = (stop: Standing, result: number, d: Draft): string =>
  stop.kind === 'entry' || stop.kind === 'exit' ? `stop.setResult(${resultText(stop, result, d)})` : pokeUser(80, result, d)

const pokeUser = (offset: number, word: number, d: Draft): string =>
  `${d.name('ptrace')}(${d.name('PTRACE_POKEUSER')}, stop.pid, ${offset}, ${word})`

const argLines = (trace: Trace, stop: Standing, { args = [] }: Decision, d: Draft): readonly string[] => {
  if (args.length === 0) return []
  const call = stop.kind === 'entry' || stop.kind === 'exit' ? tracedCall(trace, stop.seq, 'before') : undefined
  const named: string[] = []
  const others: string[] = []
  for (const [index, value] of args) {
    const name = call?.args.find((arg) => arg.index === index)?.name
    if (name !== undefined && /^[a-z]\w*$/.test(name)) named.push(`${name}: ${Number.isSafeInteger(Number(value)) ? value : `${value}n`}`)
    else {
      const bits = BigInt.asUintN(64, BigInt(value))
      const words = [bits & 0xffff_ffffn, bits >> 32n]
      others.push(...words.map((word, half) => pokeUser(8 + 8 * index + 4 * half, Number(word), d)))
    }
  }
  return [...(named.length === 0 ? [] : [`stop.set({ ${named.join(', ')} })`]), ...others]
}

const memoryLines = ({ memory = [] }: Decision): readonly string[] =>
  memory.map(({ addr, bytes }) => {
    const text = lossyText(Uint8Array.from(bytes))
    const again = encodeUtf8(text)
    const isText = again.length === bytes.length && again.every((byte, i) => byte === bytes[i])
    return `stop.memory.write(${hexText(addr)}, ${isText ? JSON.stringify(text) : `[${bytes.join(', ')}]`})`
  })

const REQUESTS = { syscall: 'PTRACE_SYSCALL', sysemu: 'PTRACE_SYSEMU', cont: 'PTRACE_CONT' } as const

/** How the stop ends, where the loop would end it otherwise. At group and event stops the signal means nothing. */
const goLines = (stop: Standing, { request, tags, signal }: Decision, skipped: boolean, d: Draft): readonly string[] => {
  if (request === 'kill') return ['stop.kill()']
  if (request === 'detach') return [`stop.detach(${signal === 0 ? '' : signoText(signal, d)})`]
  const usual = stop.kind === 'signal' ? stop.signo : stop.kind === 'group' || stop.kind === 'event' ? signal : 0
  const deliver = signal === usual ? [] : [signal === 0 ? 'stop.suppress()' : `stop.deliver(${signoText(signal, d)})`]
  if (request === 'syscall') {
    if (skipped || tags === 0) return deliver
    if (tags === 2 && (stop.kind === 'entry' || stop.kind === 'event')) return ['stop.skipExit()', ...deliver]
  }
  const how = [
    ...(tags === 0 ? [] : [`tags: ${tagNames(tags, d)}`]),
    ...(signal === usual ? [] : [`signal: ${signal === 0 ? '0' : signoText(signal, d)}`]),
  ]
  return [`stop.resume(${d.name(REQUESTS[request])}${how.length === 0 ? '' : `, { ${how.join(', ')} }`})`]
}

const tagNames = (tags: number, d: Draft): string =>
  [...((tags & 2) === 0 ? [] : ['PTRACE_VM_SKIPEXIT']), ...((tags & 4) === 0 ? [] : ['PTRACE_VM_SKIPCALL'])].map((name) => d.name(name)).join(' | ')

const NAMED: ReadonlySet<number> = new Set(Object.values(SIGNAL))
const signoText = (signo: number, d: Draft): string => (NAMED.has(signo) ? d.name(signalName(signo)) : `${signo}`)
