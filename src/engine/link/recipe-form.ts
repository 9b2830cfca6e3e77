import type { Branch } from '../branch.ts'
import type { Failure, RunEnd, Counts } from '../protocol.ts'
import { DEFAULT_BUDGET, type Budget, type Decision, type Forced, type Recipe, type RecipeFile } from '../recipe.ts'
import { either, list, matching, object, oneOf, pair, text, truth, whole, type Check } from './check.ts'

/** Generous for people, small for machines: nothing that a link holds can grow beyond it. */
export const MOST = {
  programs: 64, files: 1024, env: 256, argv: 256, input: 10_000, decisions: 100_000, forced: 1000, name: 255, path: 4096, text: 4_000_000, base64: 16_000_000,
} as const

const MAX = Number.MAX_SAFE_INTEGER

const path = text(MOST.path)

const base64: Check<string> = (value, at) => matching(/^[A-Za-z0-9+/]*={0,2}$/, 'base64')(text(MOST.base64)(value, at), at)

/** Also the page's, where files are kept. */
export const recipeFile: Check<RecipeFile> = either<RecipeFile>(
  object({ path, text: text(MOST.text) }),
  object({ path, base64 }),
  object({ path, link: path }),
  object({ path, directory: oneOf(true) }),
)

const program = object({
  name: text(MOST.name),
  hash: matching(/^[0-9a-f]{64}$/, 'a SHA-256 in hex'),
  argv: list(text(MOST.path), MOST.argv),
})

/** Argument registers by index. */
const registers = list(pair(whole(0, 8), matching(/^-?\d{1,20}$/, 'a number of 64 bits')), 9)
const result = whole(-(2 ** 31), 2 ** 32 - 1)

const word = whole(0, 2 ** 32 - 1)

/** Also a message's: what a person decides at a stop. */
export const decision: Check<Decision> = object(
  {
    at: whole(1, MAX),
    request: oneOf('syscall', 'sysemu', 'cont', 'detach', 'kill'),
    tags: oneOf(0, 2, 4, 6),
    signal: whole(0, 64),
  },
  {
    args: registers,
    result,
    memory: list(object({ addr: word, bytes: list(whole(0, 255), 65_536) }), 64),
  },
)

const forcedCall: Check<Forced> = object(
  { at: whole(1, MAX), fate: oneOf('run', 'skip') },
  { untraced: object({ pid: whole(1, 0xffff), nth: whole(0, MAX) }), result, args: registers, onwards: oneOf(true) },
)

const hand = list(decision, MOST.decisions)
const script = text(MOST.text)
const schedule = whole(0, 2 ** 32 - 1)

/** Whatever the engine bounds. A stranger may ask for more than the default, but not for a page that hangs. */
const budget: Check<Budget> = object(
  Object.fromEntries(Object.entries(DEFAULT_BUDGET).map(([bound, usual]) => [bound, whole(1, 4 * usual)])) as Record<
    keyof Budget,
    Check<number>
  >,
)

/** A branch of a link; whether its parent comes before it is the list's to know. */
export const branchForm: Check<Branch> = object(
  {
    name: text(MOST.name),
    parent: whole(-1, MOST.forced),
    at: whole(0, MAX),
    does: either<Branch['does']>(
      object({ kind: oneOf('forced'), forced: forcedCall }), object({ kind: oneOf('hand'), hand }), object({ kind: oneOf('script'), script }),
      object({ kind: oneOf('schedule'), schedule }),
    ),
  },
  { budget },
)

/** A recipe of version 1, whatever was in it besides dropped. */
export const recipeForm: Check<Recipe> = object(
  {
    version: oneOf(1),
    engine: whole(1, 1_000_000),
    programs: list(program, MOST.programs),
    files: list(recipeFile, MOST.files),
    stdin: text(MOST.text),
    tty: truth,
    env: list(text(MOST.path), MOST.env),
    seed: whole(-MAX, MAX),
    input: list(object({ at: whole(0, MAX) }, { text: text(MOST.text), end: oneOf(true) }), MOST.input),
    untraced: truth,
    budget,
  },
  {
    script, hand, handFrom: whole(1, MAX), forced: list(forcedCall, MOST.forced), host: oneOf('kernel', 'wasmer'), stopAt: whole(0, MAX),
    schedule,
  },
)

const FAILURE_KINDS: Readonly<Record<Failure['kind'], true>> = {
  syntax: true, exception: true, errno: true, 'never-resumed': true, deadlock: true, budget: true, endless: true,
  'not-deterministic': true, 'two-waits': true, stuck: true, 'bad-module': true, machine: true,
}

const sentence = text(10_000)

const failure: Check<Failure> = object(
  { kind: oneOf(...(Object.keys(FAILURE_KINDS) as Failure['kind'][])), title: sentence, cause: sentence, cure: sentence },
  { line: whole(1, MAX), column: whole(1, MAX), tasks: list(sentence, 1000) },
)

/** How a run ended, as a recording says it. */
export const endForm: Check<RunEnd> = either<RunEnd>(
  object({ kind: oneOf('exited') }),
  object({ kind: oneOf('stopped'), at: whole(0, MAX) }),
  object({ kind: oneOf('failed'), failure }),
)

export const countsForm: Check<Counts> = object({
  stops: whole(0, MAX),
  requests: whole(0, MAX),
  calls: whole(0, MAX),
  suspensions: whole(0, MAX),
  bytesPeeked: whole(0, MAX),
})
