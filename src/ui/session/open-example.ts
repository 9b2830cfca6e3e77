import { app } from '../state/store.ts'
import { loadScript, type Example } from './examples.ts'
import { loadManifest, type Guest } from './manifest.ts'
import { startRun } from './run.ts'

const inputOf = (guest: Guest | undefined) => ({
  argv: guest?.argv.slice(1) ?? [],
  stdin: guest?.stdin ?? '',
  tty: guest?.tty ?? false,
})

/** Opens an example in the editor and runs it; what fails is said in the banner. */
export const openExample = async (example: Example): Promise<void> => {
  const { edit, arrange } = app.getState()
  try {
    const [script, { guests }] = await Promise.all([loadScript(example), loadManifest()])
    const { argv, stdin, tty } = inputOf(guests[example.guest])
    edit({
      script,
      tracer: 'script',
      guest: example.guest,
      module: undefined,
      env: [],
      files: [],
      host: example.host ?? 'kernel',
      argv: example.argv ?? argv,
      stdin: example.stdin ?? stdin,
      tty: example.tty ?? tty,
      untraced: example.untraced ?? false,
      example: example.id,
      annotations: [],
    })
    arrange({ problems: [], blocked: false, notice: undefined })
    await startRun()
  } catch (error) {
    arrange({ notice: { tone: 'danger', cause: error instanceof Error ? error.message : String(error), cure: 'Reload the page to try again.' } })
  }
}

/** Chooses another guest for the script as it is, with that guest's own arguments and input. */
export const chooseGuest = async (name: string): Promise<void> => {
  const { guests } = await loadManifest()
  app.getState().edit({ guest: name, module: undefined, env: [], ...inputOf(guests[name]) })
}
