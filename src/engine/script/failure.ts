import type { Failure } from '../protocol.ts'
import { TwoConversations } from './conversation.ts'
import { PtraceError } from './problem.ts'
import { CALL_DEPTH, ScriptEnd } from './ticks.ts'
import type { Ticks } from './ticks.ts'

/** What scripts look for, and what they find here instead. */
const INSTEAD: Readonly<Record<string, string>> = {
  setTimeout: '`await sleep(seconds)` or `await usleep(microseconds)`: they wait on the virtual clock',
  setInterval: '`await sleep(seconds)` in a loop',
  setImmediate: 'nothing: a script runs on until it awaits',
  queueMicrotask: '`await null`',
  requestAnimationFrame: '`await sleep(seconds)`',
  performance: '`Date.now()`: it reads the virtual clock',
  fetch: 'files of the recipe, which a guest can open',
  XMLHttpRequest: 'files of the recipe, which a guest can open',
  WebSocket: 'input of the recipe, which a guest can read',
  crypto: '`Math.random()`: its seed is in the recipe',
  Intl: '`toString()`, `toFixed()` and `padStart()`',
  process: '`getpid()`, `spawn()` and `console`',
  require: '`import { … } from "ptrace"`',
  Worker: '`spawn()`: programs of the run are what can run beside a script',
  SharedArrayBuffer: '`ArrayBuffer`',
  Atomics: 'nothing: a script is alone with its memory',
  WebAssembly: '`spawn()`: guests are programs of the run',
  eval: 'functions: code cannot be made while it runs',
  Function: 'functions: code cannot be made while it runs',
  WeakRef: '`WeakMap`: when memory is collected differs from run to run',
  FinalizationRegistry: 'nothing: when memory is collected differs from run to run',
  structuredClone: '`{ ...value }` or `JSON.parse(JSON.stringify(value))`',
  TextEncoder: '`stop.memory.write(addr, text)`, which writes UTF-8',
  TextDecoder: '`stop.memory.readString(addr, length)`, which reads UTF-8',
  document: '`console.log`',
  window: '`globalThis`',
  alert: '`console.log`',
  prompt: 'input of the recipe, which a guest can read',
  localStorage: 'variables: a run remembers nothing of another one',
  indexedDB: 'variables: a run remembers nothing of another one',
  Temporal: '`Date`',
}

/** "x is not defined" in V8 and SpiderMonkey, "Can't find variable: x" in JavaScriptCore. */
const missingName = (message: string): string | undefined =>
  /^([\w$]+) is not defined/.exec(message)?.[1] ?? /variable: ([\w$]+)/.exec(message)?.[1]

const nameAndMessage = (thrown: unknown): { readonly name: string; readonly message: string } => {
  if (typeof thrown !== 'object' || thrown === null) return { name: 'value', message: String(thrown) }
  const { name, message } = thrown as { readonly name?: unknown; readonly message?: unknown }
  return { name: typeof name === 'string' ? name : 'object', message: typeof message === 'string' ? message : '' }
}

const ended = (why: ScriptEnd['why'], ticks: Ticks): Failure | undefined => {
  const place = ticks.line > 0 ? { line: ticks.line } : {}
  switch (why) {
    case 'endless':
      return {
        kind: 'endless',
        title: 'The script runs without end',
        ...place,
        cause: `It has taken ${ticks.total} steps without talking to the kernel; the last was line ${ticks.line}.`,
        cure: 'Look at the condition of the loop there, or await a stop or `sleep()` in it.',
      }
    case 'overflow':
      return {
        kind: 'machine',
        title: 'The browser ran out of stack',
        ...place,
        cause: 'Something nested without end inside a built-in function, where the machine does not count calls.',
        cure: `Nest less: functions of the script may call one another ${CALL_DEPTH} levels deep.`,
      }
    default:
      return undefined
  }
}

/**
 * What went wrong, from what the script threw; `engineWords` is what the engine said of it, which differs between
 * engines: a person may read it, a script and the digest must not. Undefined if it was ended from outside, by somebody who knows why.
 */
export const failureOf = (thrown: unknown, ticks: Ticks, engineWords?: string): Failure | undefined => {
  if (thrown instanceof ScriptEnd) return ended(thrown.why, ticks)
  const line = (of?: number): { readonly line?: number } => {
    const number = of ?? ticks.line
    return number > 0 ? { line: number } : {}
  }
  if (thrown instanceof PtraceError) {
    return { kind: 'errno', title: `ptrace failed: ${thrown.code}`, ...line(thrown.line), cause: `${thrown.why}.`, cure: thrown.cure }
  }
  if (thrown instanceof TwoConversations) {
    return {
      kind: 'two-waits',
      title: 'Two parts of the script talk to the kernel',
      ...line(thrown.line),
      cause: `${thrown.message}. Which of them is answered first would depend on the browser.`,
      cure: 'Await each answer before asking again; trace several tasks with one `trace([pid, …])`.',
    }
  }
  const { name, message: tamed } = nameAndMessage(thrown)
  const message = engineWords ?? tamed
  const missing = name === 'ReferenceError' ? missingName(message) : undefined
  if (missing !== undefined && Object.hasOwn(INSTEAD, missing)) {
    return {
      kind: 'not-deterministic',
      title: `There is no ${missing} here`,
      ...line(),
      cause: 'A run must be the same in every browser and at every time, so a script has no way to the outside.',
      cure: `Use ${INSTEAD[missing]}.`,
    }
  }
  return {
    kind: 'exception',
    title: name === 'value' ? 'The script threw a value' : `The script threw ${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`,
    ...line(),
    cause: message === '' ? 'It says no more.' : message,
    cure: missing === undefined
      ? 'Look at the line, or catch it with try and catch if it is meant.'
      : `Declare ${missing}, or import it from "ptrace" if it is a name of the API.`,
  }
}
