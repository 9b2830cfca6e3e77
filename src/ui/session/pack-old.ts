import type { Trace } from '../../engine/trace/trace.ts'
import { app, type AppState } from '../state/store.ts'

/** Smaller traces aren't worth the reading; in bytes. */
const WORTH_PACKING = 2 ** 20
/** Blocks of a table that are packed in one go: some milliseconds. */
const AT_ONCE = 4
/** Milliseconds between two goes where the browser does not tell when it has time. */
const PAUSE = 50

const whenIdle = (work: () => void): void => {
  // Safari has no requestIdleCallback.
  if ('requestIdleCallback' in window) requestIdleCallback(work)
  else setTimeout(work, PAUSE)
}

/** Packs the old payloads of the trace that is shown, whenever the page has nothing better to do. */
export const packOld = (): void => {
  let busy: Trace | undefined
  const begin = async (trace: Trace): Promise<void> => {
    busy = trace
    const { poolCodec } = await import('../share/pool-codec.ts')
    const go = (): void => {
      if (app.getState().trace === trace && trace.pack(poolCodec, AT_ONCE)) whenIdle(go)
      else if (busy === trace) busy = undefined
    }
    whenIdle(go)
  }
  const look = ({ trace }: AppState): void => {
    if (busy !== trace && trace.heldLength > WORTH_PACKING) void begin(trace)
  }
  app.subscribe((now, before) => {
    if (now.traceLength !== before.traceLength || now.trace !== before.trace) look(now)
  })
  look(app.getState())
}
