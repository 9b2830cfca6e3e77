import type { Command } from '../commands/command.ts'

const chooseRun = async (): Promise<void> => (await import('../session/open-link.ts')).chooseRun()

/** What goes out of the page, and what comes in. */
export const EXPORT_COMMANDS: readonly Command[] = [
  { id: 'export', group: 'Page', title: 'Export or print this run', keys: [], when: (s) => s.traceLength > 0, run: (s) => s.show({ dialog: 'export' }) },
  { id: 'open', group: 'Page', title: 'Open a run, a strace log or JSON lines', keys: [], run: () => void chooseRun() },
]
