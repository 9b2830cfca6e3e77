import * as v from 'valibot'
import { sizeText } from '../share/size-text.ts'
import { app } from '../state/store.ts'
import type { AddingStep, OwnGuest } from '../state/yours.ts'
import { startMachine, type Machine } from './frame.ts'
import { loadManifest } from './manifest.ts'
import { bringModule, dropModule, sha256 } from './modules.ts'
import { forgetGuest, keepGuest, recallGuests } from './storage.ts'

/** No larger module is looked at: the loader's own limit (design.md), in bytes. */
const MOST = 128 * 2 ** 20

/** A guest of one’s own, as it is kept. */
export const ownGuestForm = v.object({
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  name: v.string(),
  size: v.number(),
})

const byName = (a: OwnGuest, b: OwnGuest): number => (a.name < b.name ? -1 : 1)

/** Recalls the guests of one's own; to be called once, before the menus are opened. */
export const recallYours = async (): Promise<void> => {
  const kept = (await recallGuests()).flatMap((one) => {
    const checked = v.safeParse(ownGuestForm, one)
    return checked.success ? [checked.output] : []
  })
  app.getState().own({ yours: kept.sort(byName) })
}

/** A name that no guest has: the one that was wished for, with a number behind it where that is taken. */
export const freeName = (wish: string, taken: ReadonlySet<string>): string => {
  const name = wish.trim() === '' ? 'guest' : wish.trim()
  for (let i = 1; ; i++) {
    const one = i === 1 ? name : `${name}-${i}`
    if (!taken.has(one)) return one
  }
}

const takenNames = async (except?: string): Promise<ReadonlySet<string>> =>
  new Set([...Object.keys((await loadManifest()).guests), ...app.getState().yours.filter(({ hash }) => hash !== except).map(({ name }) => name)])

/** What a program is called whose module has this file name. */
export const programName = (fileName: string): string => fileName.replace(/\.wasm$/i, '').replaceAll('/', '-').slice(0, 60)

/** Puts a guest into the list, and keeps it. A module that is there already keeps its name. */
export const ownModule = async (wish: string, hash: string, bytes: Uint8Array): Promise<OwnGuest> => {
  bringModule(hash, bytes)
  const { yours, own, arrange } = app.getState()
  const known = yours.find((one) => one.hash === hash)
  const guest = known ?? { hash, name: freeName(wish, await takenNames()), size: bytes.length }
  own({ yours: [...app.getState().yours.filter((one) => one.hash !== hash), guest].sort(byName) })
  if (!(await keepGuest(guest, bytes))) {
    arrange({
      notice: {
        tone: 'warn', cause: `This browser does not keep ${guest.name}: it has no room for it, or it keeps nothing.`,
        cure: 'It can be run until the page is closed; after that, add its file again.',
      },
    })
  }
  return guest
}

/** Another name; one that is taken gets a number. */
export const renameOwn = async (hash: string, wish: string): Promise<void> => {
  const guest = app.getState().yours.find((one) => one.hash === hash)
  if (guest === undefined) return
  const renamed = { ...guest, name: freeName(wish.slice(0, 60), await takenNames(hash)) }
  const { yours, own, module, edit } = app.getState()
  own({ yours: yours.map((one) => (one.hash === hash ? renamed : one)).sort(byName) })
  if (module === hash) edit({ guest: renamed.name })
  await keepGuest(renamed)
}

/** Forgets a guest and its module. Who is using it goes on with a guest of the page's. */
export const removeOwn = async (hash: string): Promise<void> => {
  const { yours, own, module, edit } = app.getState()
  own({ yours: yours.filter((one) => one.hash !== hash) })
  dropModule(hash)
  if (module === hash) edit({ guest: 'hello', module: undefined, argv: [], stdin: '', tty: false, env: [] })
  await forgetGuest(hash)
}

/** Chooses a guest of one's own for the script as it is, without arguments or input. */
export const chooseOwn = ({ name, hash }: OwnGuest): void =>
  app.getState().edit({ guest: name, module: hash, argv: [], stdin: '', tty: false, env: [] })

/** Asks a machine whether bytes may be a guest: the sentence that says what they are instead, or undefined. */
const inspect = (bytes: Uint8Array, onStart: (machine: Machine) => void): Promise<string | undefined> =>
  new Promise((resolve, reject) => {
    const machine = startMachine(
      (message) => {
        if (message.type !== 'inspected') return
        machine.dispose()
        resolve(message.sentence)
      },
      (why) => {
        machine.dispose()
        reject(new Error(`It could not be looked at: ${why}`))
      },
    )
    onStart(machine)
    machine.send({ type: 'inspect', bytes })
  })

/** Thrown to leave what was cancelled. */
class Cancelled extends Error {}

/**
 * Takes a file as a guest of one's own: reads, hashes, inspects and keeps it, chooses it, and asks what it is to be
 * started with. What is no guest gets a sentence that says what it is instead.
 */
export const addGuest = async (file: File): Promise<void> => {
  const { arrange, own, show } = app.getState()
  app.getState().adding?.cancel()
  const refuse = (sentence: string): void =>
    arrange({ notice: { tone: 'danger', cause: `${file.name} cannot be a guest. ${sentence}`, cure: 'A guest is a WASI command (preview1), as wasi-sdk, Rust, Zig and TinyGo make them.' } })
  if (file.size > MOST) return refuse(`It has ${sizeText(file.size)}, and no more than ${sizeText(MOST)} can be loaded.`)
  let cancelled = false
  let machine: Machine | undefined
  const cancel = (): void => {
    cancelled = true
    machine?.dispose()
    own({ adding: undefined })
  }
  const enter = (step: AddingStep): void => {
    if (cancelled) throw new Cancelled()
    own({ adding: { name: file.name, size: file.size, step, cancel } })
  }
  try {
    arrange({ notice: undefined })
    enter('reading')
    const bytes = new Uint8Array(await file.arrayBuffer())
    enter('inspecting')
    const sentence = await inspect(bytes, (one) => {
      machine = one
    })
    enter('hashing')
    if (sentence !== undefined) return refuse(sentence)
    const hash = await sha256(bytes)
    enter('keeping')
    const guest = await ownModule(programName(file.name), hash, bytes)
    if (cancelled) return
    chooseOwn(guest)
    show({ dialog: 'guest' })
  } catch (error) {
    if (!(error instanceof Cancelled)) refuse(error instanceof Error ? error.message : String(error))
  } finally {
    if (!cancelled) own({ adding: undefined })
  }
}
