/** A number that goes from one value to another over a while; times in milliseconds. */
export interface Ease {
  readonly from: number
  readonly to: number
  readonly since: number
  readonly duration: number
}

/** `--move` of theme.css. */
export const MOVE = 160

export const still = (value: number): Ease => ({ from: value, to: value, since: 0, duration: 0 })

/** Quick at first, slow at the end, close to `--ease` (cubic-bezier(.2, 0, 0, 1)). */
export const valueAt = (ease: Ease, now: number): number => {
  if (now - ease.since >= ease.duration) return ease.to
  const rest = 1 - Math.max(0, now - ease.since) / ease.duration
  return ease.to - (ease.to - ease.from) * rest ** 4
}
export const isMoving = (ease: Ease, now: number): boolean => now - ease.since < ease.duration

/** Goes on from where it is. */
export const easeTo = (ease: Ease, to: number, now: number, duration: number): Ease =>
  duration === 0 ? still(to) : { from: valueAt(ease, now), to, since: now, duration }
