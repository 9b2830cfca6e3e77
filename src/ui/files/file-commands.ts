import type { Command } from '../commands/command.ts'
import { chooseFiles } from '../session/choose-file.ts'
import { addGuest } from '../session/own-guests.ts'
import { chooseAndAdd } from './add-files.ts'

/** Lets the person choose a module as a guest of their own. */
export const chooseAndAddGuest = async (): Promise<void> => {
  const [file] = await chooseFiles({ accept: '.wasm,application/wasm' })
  if (file !== undefined) await addGuest(file)
}

/** What a person may bring: guests, and files for them. */
export const FILE_COMMANDS: readonly Command[] = [
  { id: 'add-guest', group: 'Run', title: 'Add a guest of your own (.wasm)', keys: [], run: () => void chooseAndAddGuest() },
  { id: 'files', group: 'Run', title: 'Files of the guest', keys: [], run: (s) => s.show({ dialog: 'files' }) },
  { id: 'add-files', group: 'Run', title: 'Add files for the guest', keys: [], run: () => void chooseAndAdd(false) },
  { id: 'add-folder', group: 'Run', title: 'Add a folder for the guest', keys: [], run: () => void chooseAndAdd(true) },
]
