import { spawn, type ChildProcess } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'

/** Plain WebDriver over HTTP (https://www.w3.org/TR/webdriver2/), as much of it as a smoke test needs. */

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'
const READY_MILLISECONDS = 60_000
const LOOK_AGAIN_MILLISECONDS = 100

/** A key as WebDriver spells it. */
export const KEY = { enter: '\uE007', control: '\uE009', left: '\uE012', right: '\uE014', home: '\uE011', end: '\uE010', null: '\uE000' } as const

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })

/** A port of this machine that nobody listens to. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

/** A browser that a driver has started. */
export class Driven {
  readonly #address: string
  readonly #driver: ChildProcess
  #session = ''

  constructor(address: string, driver: ChildProcess) {
    this.#address = address
    this.#driver = driver
  }

  async #ask<Answer>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${this.#address}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    const { value } = (await response.json()) as { value: Answer & { error?: string; message?: string } }
    if (!response.ok) throw new Error(`${method} ${path}: ${value?.error ?? response.status} ${value?.message ?? ''}`)
    return value
  }
  #tell<Answer = unknown>(what: string, body: object = {}): Promise<Answer> {
    return this.#ask('POST', `/session/${this.#session}/${what}`, body)
  }

  /** Waits for the driver, and lets it start its browser. */
  async begin(capabilities: object): Promise<void> {
    const end = Date.now() + READY_MILLISECONDS
    while (!(await this.#ask<{ ready: boolean }>('GET', '/status').then(({ ready }) => ready, () => false))) {
      if (Date.now() > end) throw new Error('the driver did not get ready')
      await pause(LOOK_AGAIN_MILLISECONDS)
    }
    const { sessionId } = await this.#ask<{ sessionId: string }>('POST', '/session', { capabilities: { alwaysMatch: capabilities } })
    this.#session = sessionId
    await this.#tell('timeouts', { script: 120_000, pageLoad: 60_000 })
    await this.#tell('window/rect', { x: 0, y: 0, width: 1440, height: 900 })
  }

  async open(url: string): Promise<void> {
    await this.#tell('url', { url })
  }
  /** Runs the body of a function in the page, with these arguments; a promise is awaited. */
  run<Answer>(body: string, ...args: readonly unknown[]): Promise<Answer> {
    return this.#tell<Answer>('execute/sync', { script: body, args })
  }
  /** Clicks as a person does, in the middle of what the selector finds first. */
  async click(xpath: string): Promise<void> {
    const found = await this.#tell<Record<string, string>>('element', { using: 'xpath', value: xpath })
    await this.#tell(`element/${found[ELEMENT]}/click`)
  }
  /** Presses and lets go keys, one after another; those before it in the same string are held down together. */
  async press(...chords: readonly string[]): Promise<void> {
    for (const chord of chords) {
      const keys = [...chord]
      const actions = [...keys.map((value) => ({ type: 'keyDown', value })), ...keys.toReversed().map((value) => ({ type: 'keyUp', value }))]
      await this.#tell('actions', { actions: [{ type: 'key', id: 'keyboard', actions }] })
    }
  }
  /** Looks until the expression is true in the page. @throws with its words after so long */
  async until(what: string, expression: string, milliseconds = 60_000): Promise<void> {
    const end = Date.now() + milliseconds
    while (!(await this.run<boolean>(`return Boolean(${expression})`))) {
      if (Date.now() > end) throw new Error(`${what}: it did not come to that`)
      await pause(LOOK_AGAIN_MILLISECONDS)
    }
  }
  /** A picture of the window: a PNG in base64. */
  picture(): Promise<string> {
    return this.#ask('GET', `/session/${this.#session}/screenshot`)
  }

  async close(): Promise<void> {
    if (this.#session !== '') await this.#ask('DELETE', `/session/${this.#session}`).catch(() => {})
    // The driver leads a group of its own: what it has started goes with it.
    if (this.#driver.pid !== undefined && this.#driver.exitCode === null) process.kill(-this.#driver.pid)
  }
}

/** Starts a driver, which is told its port at the end of the arguments (`--port=`). */
export const startDriver = async (command: string, args: readonly string[], capabilities: object): Promise<Driven> => {
  const port = await freePort()
  const driver = spawn(command, [...args, `--port=${port}`], { stdio: 'ignore', detached: true })
  const driven = new Driven(`http://127.0.0.1:${port}`, driver)
  try {
    await driven.begin(capabilities)
    return driven
  } catch (error) {
    await driven.close()
    throw error
  }
}
