import type { Command } from '../commands/command.ts'

/** What a person keeps here. */
export const YOURS_COMMANDS: readonly Command[] = [
  { id: 'yours', group: 'Page', title: 'Yours: export, import or forget what this browser keeps', keys: [], run: (s) => s.show({ dialog: 'yours' }) },
]
