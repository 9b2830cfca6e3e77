import { walkTree, type Found, type Preopen, type TreeEntry } from '../engine/kernel/tree.ts'
import { encodeUtf8 } from '../engine/kernel/text.ts'
import type { Failure, FromMachine, RunEnd, ToMachine } from '../engine/protocol.ts'
import { decodeBase64url } from '../engine/link/base64url.ts'
import { heardUntil, playHand, takeOver, usualDecision, type HandStop } from '../engine/hand.ts'
import type { Decision, Recipe, RecipeFile } from '../engine/recipe.ts'
import { API_NAMES, apiModuleSource, makeApi } from '../engine/script/api.ts'
import { failureOf } from '../engine/script/failure.ts'
import type { ScriptProcess } from '../engine/script/port.ts'
import { Ticks } from '../engine/script/ticks.ts'
import { Session } from '../engine/session.ts'
import { TraceDigest } from '../engine/trace/digest.ts'
import { answerFiles, answerFound, answerInspect, answerPast } from './answer.ts'
import { lateDisk } from './disk-memfs.ts'
import { WasmerHost } from './host-wasmer.ts'
import { Programs, programHost } from './programs.ts'
import { wordsOfEngine } from './script/error.ts'
import { compile, hooksModuleSource, link } from './script/compile.ts'
import { lateCompress } from './sha256.ts'
import { loadPackage } from './wasmer-package.ts'

/** What a machine takes of the platform before the realm is locked: nothing else of it is used afterwards. */
export interface Platform {
  /** Says something to the page. */
  post(message: FromMachine, transfer?: readonly ArrayBuffer[]): void
  /** Lets the event loop turn once, and messages arrive. */
  macrotask(): Promise<void>
  /** An address under which `import()` finds this text. */
  moduleUrl(code: string): string
  /** `import()`. */
  importModule(url: string): Promise<unknown>
  /** The platform's clock in milliseconds: says when to report, and never reaches the engine. */
  now(): number
  /** Calls back after some milliseconds, when nothing else is left to do before. */
  later(milliseconds: number, call: () => void): void
  /** Locks the realm for a script: from here on no name of the platform can be reached. Gives what it computes with. */
  lock(process: ScriptProcess, console: object): Locked
  /** Somebody can type, and says when pieces of the trace have been taken in. */
  readonly interactive: boolean
  /** Whether guests that wait are suspended; unless it says so, where the platform can. */
  readonly suspends?: boolean
}

/** What the realm gives to the script's meter. */
export interface Locked {
  readonly pow: (base: number, exponent: number) => number
  readonly tame: (error: unknown) => unknown
}

/** Names of the globals through which a script's modules get their values; they take and remove them. */
const API_GLOBAL = '__skipcall_api'
const HOOKS_GLOBAL = '__skipcall_hooks'

/** Reports to the page at least this often while it runs. */
const REPORT_MILLISECONDS = 50

/** Pieces of the trace that the page may not have taken in yet: a page that is behind could not even be asked to stop. */
const MOST_AHEAD = 12

const ROOT: readonly Preopen[] = [{ guest: '/', path: '/' }]

/** Files that the machine was given besides the recipe's (headless: a host folder). */
export type Files = readonly TreeEntry[]

const fromBase64 = (text: string): Uint8Array =>
  decodeBase64url(text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')) ?? new Uint8Array(0)

const treeOf = (files: readonly RecipeFile[]): TreeEntry[] =>
  files.map((file) => {
    if ('text' in file) return { path: file.path, bytes: encodeUtf8(file.text) }
    if ('base64' in file) return { path: file.path, bytes: fromBase64(file.base64) }
    return file
  })

/**
 * A machine: it runs one recipe, once. The page's worker and the headless runner give it a platform each; all
 * else is the same code.
 */
export class Machine {
  readonly #platform: Platform
  #session: Session | undefined
  #wasmerHost: WasmerHost | undefined
  #ticks: Ticks | undefined
  #digest = new TraceDigest(lateCompress())
  #reported = 0
  /** From so many events on the page is told everything at once; −1: never. */
  #eagerFrom = -1
  #toldLine = 0
  /** Nothing happens until the page says something. */
  #waits = false
  /** Pieces of the trace that are on their way. */
  #ahead = 0
  #caughtUp: (() => void) | undefined
  /** Settles the wait for the terminal. */
  #awake: (() => void) | undefined

  constructor(platform: Platform) {
    this.#platform = platform
  }

  /** The session, once `run` has been received. */
  get session(): Session | undefined {
    return this.#session
  }

  /** All files as the run has left them. */
  files(): readonly Found[] {
    if (this.#wasmerHost !== undefined) return this.#wasmerHost.files()
    return this.#session === undefined ? [] : [...walkTree(this.#session.kernel.fs)]
  }

  receive(message: ToMachine): void {
    const session = this.#session
    switch (message.type) {
      case 'run':
        if (session === undefined) this.run(message.recipe, message.modules, message.eager, [], ROOT, message.wasmer).catch((thrown: unknown) => this.#broke(thrown))
        return
      case 'input':
        session?.input(message.text)
        break
      case 'end-of-input':
        session?.endOfInput()
        break
      case 'decide':
        this.#decided?.(message.decision)
        return
      case 'inspect':
        this.#platform.post(answerInspect(message.bytes))
        return
      case 'look':
      case 'list-steps':
      case 'who-wrote':
      case 'walk-path':
        if (session !== undefined && (session.over || this.#waits)) this.#platform.post(answerPast(session, message))
        return
      case 'list-files':
      case 'read-file':
        // While it runs, a look would come between two steps of it.
        if (session === undefined || !(session.over || this.#waits)) return
        this.#platform.post(this.#wasmerHost === undefined ? answerFiles(session, message) : answerFound(this.#wasmerHost.files(), message))
        return
      case 'stop':
        session?.stop()
        break
      case 'taken':
        this.#ahead = Math.max(0, this.#ahead - message.chunks)
        if (this.#ahead <= MOST_AHEAD) this.#caughtUp?.()
        return
    }
    this.#caughtUp?.()
    this.#awake?.()
  }

  /** The script, or a promise of its that nobody awaits, threw. */
  scriptFailed(thrown: unknown): void {
    if (this.#ticks === undefined) return
    const failure = failureOf(thrown, this.#ticks, wordsOfEngine(thrown))
    if (failure !== undefined) this.#session?.scriptEnded(failure)
  }

  /**
   * Runs the recipe to its end, which is posted and answered.
   *
   * @param wasmer text of the module of @wasmer/wasi, where it is there (protocol.ts)
   */
  async run(recipe: Recipe, modules: Readonly<Record<string, Uint8Array>>, eager: number, tree: Files = [], preopens = ROOT, wasmer?: string): Promise<RunEnd> {
    this.#eagerFrom = eager
    const { post } = this.#platform
    const programs = new Programs()
    for (const { name, hash } of recipe.programs) {
      const bytes = modules[hash]
      post({ type: 'progress', what: 'rewriting', name })
      const sentence = bytes === undefined ? 'Its module did not arrive.' : programs.add(hash, bytes, () => post({ type: 'progress', what: 'compiling', name }))
      if (sentence !== undefined) return this.#refuse({ kind: 'bad-module', title: `${name} cannot be run`, cause: sentence, cure: 'Choose a WASI command (preview1).' })
    }
    const compiled = recipe.script === undefined ? undefined : compile(recipe.script, API_NAMES)
    if (compiled?.ok === false) return this.#refuse(compiled.failure)
    const allFiles = [...treeOf(recipe.files), ...tree]
    const fail = (failure: Failure): void => session.kernel.fail(failure)
    // Before the lock, which leaves no name of the platform; what it needs it has then.
    const loaded = wasmer === undefined ? undefined : await loadPackage(wasmer, this.#platform)
    if (recipe.host === 'wasmer') {
      if (loaded === undefined) return this.#refuse(noPackage)
      this.#wasmerHost = new WasmerHost(loaded.start, {
        tree: allFiles, preopens, fail, say: (sentence) => session.recorder.print(0, 0, sentence),
      })
    }
    const session = new Session(recipe, {
      ...programHost(programs, () => fail(noMemory), this.#platform.suspends),
      rebuilding: (name, begins) => post({ type: 'progress', what: begins ? 'rebuilding' : 'running', name }),
      macrotask: () => this.#macrotask(),
      waitForInput: () => this.#waitForInput(),
      passTime: (nanoseconds) => this.#passTime(nanoseconds),
      took: (input) => post({ type: 'took', ...input }),
      line: () => (this.#handedOver ? 0 : (this.#ticks?.line ?? 0)),
      // Tells the page everything before the script goes on: it may never come back.
      scriptGoesOn: () => {
        if (this.#isEager) this.#report()
      },
    }, {
      tree: allFiles, preopens, modules, interactive: this.#platform.interactive, past: this.#platform.interactive,
      ...(this.#wasmerHost === undefined ? {} : { foreign: this.#wasmerHost }),
      ...(loaded === undefined || this.#wasmerHost !== undefined ? {} : { disk: lateDisk(loaded, (cause) => fail(lostPage(cause))) }),
    })
    this.#session = session
    post({ type: 'progress', what: 'running', name: recipe.programs[0]?.name ?? '' })
    const finished = session.run()
    if (session.script !== undefined && recipe.hand !== undefined && recipe.handFrom === undefined) this.#play(session, session.script, recipe.hand)
    else if (session.script !== undefined && compiled !== undefined) {
      this.#startScript(session, this.#heard(session, session.script, recipe), (api, hooks) => link(compiled, api, hooks), recipe.budget.statements)
    }
    const end = await finished
    this.#ticks?.stop('stopped')
    this.#finish(end)
    return end
  }

  /** The script's process, as the script sees it: a branch may take it from it at some stop. */
  #heard(session: Session, process: ScriptProcess, { handFrom, hand = [] }: Recipe): ScriptProcess {
    if (handFrom === undefined) return process
    const stopOf = (pid: number): HandStop | undefined => session.stopOf(pid)
    return heardUntil(process, handFrom, stopOf, () => {
      this.#handedOver = true
      takeOver(process, session.standing(), stopOf, this.#asker(session, hand)).then(() => session.scriptEnded(), (thrown: unknown) => this.#broke(thrown))
    })
  }
  /** The script is not heard any more. */
  #handedOver = false

  /** A person is the tracer. */
  #play(session: Session, process: ScriptProcess, decided: readonly Decision[]): void {
    const seqOf = (pid: number): number => session.kernel.tasks.get(pid)?.tracing?.stopSeq ?? 0
    playHand(process, seqOf, this.#asker(session, decided)).then((failure) => session.scriptEnded(failure), (thrown: unknown) => this.#broke(thrown))
  }

  /** What becomes of a stop: the recipe's decisions first, then the page is asked at every one. */
  #asker(session: Session, decided: readonly Decision[]): (stop: HandStop) => Promise<Decision> {
    const left = [...decided]
    const { post, interactive } = this.#platform
    return async (stop): Promise<Decision> => {
      const kept = left.shift()
      if (kept !== undefined) return kept
      // Nothing more was decided: one that was stopped while it waited here ends here again.
      session.takeUp()
      if (session.over || !interactive) return usualDecision(stop.seq, stop.status)
      this.#report()
      post({ type: 'waiting', for: 'decision', pid: stop.pid, seq: stop.seq })
      this.#waits = true
      const decision = await new Promise<Decision | undefined>((resolve) => {
        this.#decided = resolve
        // Stop, too, ends the wait; the session is then over.
        this.#awake = () => {
          session.takeUp()
          if (session.over) resolve(undefined)
        }
      })
      this.#decided = undefined
      this.#waits = false
      if (decision === undefined) return usualDecision(stop.seq, stop.status)
      const made = { ...decision, at: stop.seq }
      post({ type: 'decided', decision: made })
      return made
    }
  }
  #decided: ((decision: Decision) => void) | undefined

  #startScript(session: Session, process: ScriptProcess, linked: (api: string, hooks: string) => string, statements: number): void {
    const platform = this.#platform
    let locked: Locked | undefined
    const ticks = (this.#ticks = new Ticks({
      limit: statements,
      pow: (base, exponent) => (locked as Locked).pow(base, exponent),
      tame: (error) => (locked as Locked).tame(error),
    }))
    const api = makeApi(process, { ticks, whyNot: (pid) => session.whyNot(pid) })
    const globals = globalThis as Record<string, unknown>
    const apiUrl = platform.moduleUrl(apiModuleSource(API_GLOBAL))
    const hooksUrl = platform.moduleUrl(hooksModuleSource(HOOKS_GLOBAL))
    const scriptUrl = platform.moduleUrl(linked(apiUrl, hooksUrl))
    locked = platform.lock(process, api.console)
    // Only now: the lock removes every global that it does not know.
    globals[API_GLOBAL] = api
    globals[HOOKS_GLOBAL] = this.#hooks(ticks)
    const start = async (): Promise<void> => {
      // The two modules take their globals away before the script can look for them.
      await platform.importModule(apiUrl)
      await platform.importModule(hooksUrl)
      this.#watch(session, ticks)
      await platform.importModule(scriptUrl)
    }
    start().then(
      () => session.scriptEnded(),
      (thrown: unknown) => this.scriptFailed(thrown),
    )
  }

  /**
   * A timer's turn comes only when all that the engine has begun is done. If it is the script's turn then, the
   * script awaits something that nobody will settle.
   */
  #watch(session: Session, ticks: Ticks): void {
    const look = (): void => {
      if (session.over || this.#handedOver) return
      // Before its first statement the script is still on its way.
      if (session.isScriptsTurn && ticks.total > 0) {
        session.scriptEnded({
          kind: 'stuck',
          title: 'The script waits for nothing',
          ...(session.kernel.line() > 0 ? { line: session.kernel.line() } : {}),
          cause: 'It awaits a promise that nobody will settle: no timer, no message and no event reaches a script.',
          cure: 'Await `waitpid`, the next stop of `trace`, or `sleep`.',
        })
      } else this.#platform.later(REPORT_MILLISECONDS, look)
    }
    this.#platform.later(REPORT_MILLISECONDS, look)
  }
  async #macrotask(): Promise<void> {
    const now = this.#platform.now()
    if (this.#isEager || now - this.#reported >= REPORT_MILLISECONDS) {
      this.#reported = now
      this.#report()
    }
    await this.#platform.macrotask()
    if (this.#platform.interactive && this.#ahead > MOST_AHEAD) await this.#pageTakes()
  }

  #waitForInput(): Promise<void> {
    this.#report()
    this.#platform.post({ type: 'waiting', for: 'input' })
    this.#waits = true
    return new Promise((resolve) => {
      this.#awake = () => {
        this.#waits = false
        resolve()
      }
    })
  }

  #passTime(nanoseconds: number): Promise<void> {
    this.#report()
    return new Promise((resolve) => {
      this.#awake = resolve
      this.#platform.later(nanoseconds / 1e6, resolve)
    })
  }

  get #isEager(): boolean {
    return this.#eagerFrom >= 0 && (this.#session?.recorder.events ?? 0) >= this.#eagerFrom
  }

  /** The script's meter as it is imported; where the page wants to know every line, it is told before the line runs. */
  #hooks(ticks: Ticks): object {
    if (this.#eagerFrom < 0) return ticks
    const tick = (line: number, depth: number): void => {
      ticks.tick(line, depth)
      if (line === this.#toldLine || !this.#isEager) return
      this.#toldLine = line
      this.#report()
    }
    return { ...ticks, tick }
  }

  /** Until the page has caught up, or has something to say, which is taken up when the run goes on. */
  #pageTakes(): Promise<void> {
    return new Promise((resolve) => {
      this.#caughtUp = () => {
        this.#caughtUp = undefined
        resolve()
      }
    })
  }

  #flush(): void {
    this.#session?.recorder.flush((table, chunk) => {
      this.#digest.add(table, chunk)
      this.#ahead++
      this.#platform.post({ type: 'chunk', table, chunk })
    })
  }
  #report(): void {
    const session = this.#session
    if (session === undefined) return
    this.#flush()
    this.#alive()
  }
  #alive(): void {
    const session = this.#session
    if (session === undefined) return
    const { sched, clock } = session.kernel
    this.#platform.post({ type: 'alive', entries: sched.entries, events: session.recorder.events, time: clock.now(), line: session.kernel.line() })
  }

  #finish(end: RunEnd): void {
    this.#flush()
    const counts = this.#session?.counts ?? { stops: 0, requests: 0, calls: 0, suspensions: 0, bytesPeeked: 0 }
    const spins = this.#session?.spins ?? []
    this.#platform.post({ type: 'ended', end, digest: this.#digest.hex(), counts: { ...counts }, ...(spins.length === 0 ? {} : { spins }) })
  }
  /** A mistake of ours: the page gets a sentence, never silence. */
  #broke(thrown: unknown): void {
    const cause = String((thrown as { message?: unknown } | null)?.message ?? thrown)
    const cure = 'Run again. If it happens again, this is a mistake in Skipcall; the script is kept.'
    this.#refuse({ kind: 'machine', title: 'The machine broke', cause, cure })
  }
  #refuse(failure: Failure): RunEnd {
    const end: RunEnd = { kind: 'failed', failure }
    this.#finish(end)
    return end
  }
}

const noPackage: Failure = {
  kind: 'machine',
  title: 'The host is not there',
  cause: 'This recipe runs on @wasmer/wasi (host: wasmer), which did not arrive with it.',
  cure: 'Reload the page when there is a connection, or choose the kernel as the host.',
}

const lostPage = (cause: string): Failure => ({
  kind: 'machine',
  title: 'A piece of a file was lost',
  cause: `The disk behind the page cache, MemFS of @wasmer/wasi, did not give it back (${cause}).`,
  cure: 'Run again. If it happens again, this is a mistake in Skipcall; the script is kept.',
})

const noMemory: Failure = {
  kind: 'machine',
  title: 'The browser gives no more memory',
  cause: 'A guest asked for memory that its module and this engine allow, and the browser has none left.',
  cure: 'Close other tabs, or give the guest less to do: the run can be repeated from its recipe.',
}
