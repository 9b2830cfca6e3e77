import { EventKind } from '../../engine/trace/format.ts'
import { DEFAULT_BUDGET, makeRecipe } from '../../engine/recipe.ts'
import { Session } from '../../engine/session.ts'
import { load, type Loaded } from '../../wasm/load.ts'
import type { Build } from '../../wasm/rewrite/rewrite.ts'
import { makeVcpu } from '../../wasm/vcpu-jspi.ts'
import { expectZero, type WasiHost, type World } from './host.ts'

const HASH = 'program'
/** As the machine does while it runs (machine.ts). */
const FLUSH_MILLISECONDS = 50

const loadedAs = (module: Uint8Array, build: Build): Loaded => {
  const result = load(module, build)
  if (!result.ok) throw new Error(result.sentence)
  return result.loaded
}

/**
 * Our kernel: a session as the machine makes it, with nobody tracing and no calls recorded. What a guest writes to
 * its terminal is recorded all the same, and handed over as often as in the page.
 *
 * @param macrotask lets the event loop turn once
 */
export const ourHost = ({ module, file }: World, build: Build, macrotask: () => Promise<void>): WasiHost => {
  const loaded = loadedAs(module, build)
  const name = `ours, ${build}`
  return {
    name,
    run: async (args) => {
      const recipe = makeRecipe({
        programs: [{ name: 'bench', hash: HASH, argv: args }],
        budget: { ...DEFAULT_BUDGET, cpu: Number.MAX_SAFE_INTEGER / 2, output: Number.MAX_SAFE_INTEGER },
      })
      let flushed = performance.now()
      let status = -1
      const flush = (): void =>
        session.recorder.flush((table, { columns: { kind, status: statuses } }) => {
          const at = table === 'events' ? kind.lastIndexOf(EventKind.death) : -1
          if (at >= 0) status = statuses[at] as number
        })
      const session = new Session(recipe, {
        imports: () => loaded.imports,
        load: () => ({ sentence: 'The benchmark runs one program.' }),
        instantiate: (_, port) => makeVcpu(loaded, port, () => session.finish({ kind: 'exited' })),
        macrotask: () => {
          const now = performance.now()
          if (now - flushed >= FLUSH_MILLISECONDS) {
            flushed = now
            flush()
          }
          return macrotask()
        },
        waitForInput: () => Promise.reject(new Error('nobody types here')),
        took: () => {},
        line: () => 0,
        scriptGoesOn: () => {},
      }, {
        tree: [{ path: `/${file.name}`, bytes: new Uint8Array(file.size) }],
        preopens: [{ guest: '/', path: '/' }],
        interactive: false,
      })
      const end = await session.run()
      flush()
      if (end.kind === 'failed') throw new Error(end.failure.cause)
      expectZero(name, args, status)
    },
  }
}
