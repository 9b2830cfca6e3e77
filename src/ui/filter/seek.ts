import type { Seq } from '../../engine/trace/format.ts'
import type { AppState } from '../state/store.ts'
import { foundUntil } from './matches.ts'
import { nextMatch } from './scan.ts'

/** As seekMatch, but from the last match on to the first, and back. */
export const seekMatchAround = ({ cursor }: AppState, by: 1 | -1): Seq => {
  const found = foundUntil(({ found: known, done }) => (by === 1 ? (known.at(-1) ?? 0) > cursor : done >= cursor && known.length > 0))
  return found === undefined ? 0 : nextMatch(found, cursor, by)
}

/** The next event after (or before) the cursor that the filter matches, not going round; 0 if there is none, or no filter. */
export const seekMatch = (state: AppState, by: 1 | -1): Seq => {
  const seq = seekMatchAround(state, by)
  return by * (seq - state.cursor) > 0 ? seq : 0
}
