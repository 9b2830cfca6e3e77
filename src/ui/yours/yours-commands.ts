import type { Command } from '../commands/command.ts'

/** What a person keeps here, and what they make for others. */
export const YOURS_COMMANDS: readonly Command[] = [
  { id: 'yours', group: 'Page', title: 'Yours: export, import or forget what this browser keeps', keys: [], run: (s) => s.show({ dialog: 'yours' }) },
  { id: 'author', group: 'Page', title: 'Write an exercise', keys: [], run: (s) => s.show({ dialog: 'author' }) },
]
