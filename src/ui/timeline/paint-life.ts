import type { Lane } from './layout.ts'
import { xOf } from './scale.ts'
import type { Surface } from './surface.ts'
import type { View } from './view.ts'

/** The line of a task's life, from birth to death, present or edge. */
export const paintLife = (s: Surface, view: View, lane: Lane): void => {
  const { scale, model, palette } = view
  const from = Math.max(0, xOf(scale, lane.track.birth))
  const to = Math.min(scale.width, xOf(scale, lane.track.death || model.length))
  if (to <= from) return
  s.fillStyle = palette.lineStrong
  s.globalAlpha = 0.55
  s.fillRect(from, Math.round(lane.middle) - 0.5, to - from, 1)
  s.globalAlpha = 1
}
