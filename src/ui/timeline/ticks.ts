import { toPixels, type Scale } from './scale.ts'

export interface Tick {
  /** CSS pixels from the left edge. */
  readonly x: number
  readonly label: string
}

/** Room for a label and the air around it, in CSS pixels. */
const SPACING = 72

/** The least of 1, 2, 5 · 10ᵏ that is not below `least`. */
const roundStep = (least: number): number => {
  const power = 10 ** Math.floor(Math.log10(least))
  const step = [1, 2, 5, 10].find((each) => each * power >= least * 0.999_999) ?? 10
  return step * power
}

const UNITS = [
  { size: 1e9, name: 's' },
  { size: 1e6, name: 'ms' },
  { size: 1e3, name: 'µs' },
  { size: 1, name: 'ns' },
] as const

/** A group of three digits at a time, parted by thin spaces: `5 012`. */
export const groupDigits = (value: number): string => {
  const [whole = '', part] = String(value).split('.')
  return whole.replace(/\B(?=(\d{3})+$)/g, '\u2009') + (part === undefined ? '' : `.${part}`)
}

/** A virtual time as far as a step of `step` ns tells it apart: `79 µs`, `1.25 ms`. */
export const timeLabel = (ns: number, step: number): string => {
  if (ns === 0) return '0'
  const unit = UNITS.find(({ size }) => Math.abs(ns) >= size) ?? UNITS[3]
  const digits = Math.max(0, Math.min(9, Math.ceil(Math.log10(unit.size / step) - 1e-9)))
  return `${groupDigits(Number((ns / unit.size).toFixed(digits)))}\u2009${unit.name}`
}

/** The marks of the axis, round numbers of it at least SPACING apart. */
export const ticksOf = (scale: Scale): readonly Tick[] => {
  const isOrdinal = scale.axis === 'ordinal'
  const least = ((scale.right - scale.left) / scale.width) * SPACING
  const step = roundStep(isOrdinal ? Math.max(1, least) : least)
  const ticks: Tick[] = []
  for (let k = Math.ceil(scale.left / step); k * step <= scale.right; k++) {
    const at = k * step
    if (isOrdinal ? at < 1 : at < 0) continue
    ticks.push({ x: toPixels(scale, at), label: isOrdinal ? groupDigits(at) : timeLabel(at, step) })
  }
  return ticks
}
