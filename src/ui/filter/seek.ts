import type { Seq } from '../../engine/trace/format.ts'
import type { AppState } from '../state/store.ts'
import { completeScan } from './matches.ts'
import { nextMatch } from './scan.ts'

/** The next event after (or before) the cursor that the filter matches, not going round; 0 if there is none, or no filter. */
export const seekMatch = ({ cursor }: AppState, by: 1 | -1): Seq => {
  const found = completeScan()?.found
  if (found === undefined) return 0
  const seq = nextMatch(found, cursor, by)
  return by === 1 ? (seq > cursor ? seq : 0) : seq < cursor ? seq : 0
}

/** As seekMatch, but from the last match on to the first, and back. */
export const seekMatchAround = ({ cursor }: AppState, by: 1 | -1): Seq => {
  const found = completeScan()?.found
  return found === undefined ? 0 : nextMatch(found, cursor, by)
}
