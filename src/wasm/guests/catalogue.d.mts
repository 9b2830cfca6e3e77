import type { GuestEntry } from './manifest.ts'

/** What the page says about each guest, and the world it starts in. */
export declare const catalogue: Readonly<
  Record<string, Pick<GuestEntry, 'title' | 'sentence' | 'argv' | 'files' | 'stdin' | 'tty' | 'sdk' | 'programs'>>
>
