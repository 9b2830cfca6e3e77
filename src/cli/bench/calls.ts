import { makeFigure, type Figure } from './figure.ts'
import type { WasiHost } from './host.ts'
import { compare, type Contender, type Effort } from './repeat.ts'

/** Each call by its word in the guest (fixtures/callloop.c). */
export const CALLS = {
  write: 'fd_write 16 B, file',
  print: 'fd_write 16 B, terminal',
  read: 'fd_read 16 B',
  seek: 'fd_seek',
  open: 'path_open + fd_close',
  clock: 'clock_time_get',
  random: 'random_get 16 B',
} as const
type Call = keyof typeof CALLS

const contender = (host: WasiHost, call: Call): Contender => ({
  name: host.name,
  run: async (count) => {
    const began = performance.now()
    await host.run([call, String(count)])
    return performance.now() - began
  },
})

/** Hosts that are to be compared: each of ours with each of theirs. */
export interface Hosts {
  readonly ours: readonly WasiHost[]
  readonly theirs: readonly WasiHost[]
}

/**
 * Nanoseconds a call, untraced and unrecorded.
 *
 * @param where 'Node' or 'Chromium'
 * @param wanted which of CALLS
 */
export const callFigures = async ({ ours, theirs }: Hosts, where: string, effort: Effort, wanted: readonly string[]): Promise<readonly Figure[]> => {
  const figures: Figure[] = []
  for (const [call, title] of Object.entries(CALLS) as [Call, string][]) {
    if (!wanted.includes(call)) continue
    const times = await compare([...ours, ...theirs].map((host) => contender(host, call)), effort)
    for (const [i, mine] of ours.entries()) {
      for (const [k, other] of theirs.entries()) {
        figures.push(makeFigure({
          name: `${title}, ${where}: ${mine.name} / ${other.name}`, unit: 'ns', ours: times[i], theirs: times[ours.length + k], aim: { ratioAbove: 1 },
        }))
      }
    }
  }
  return figures
}
