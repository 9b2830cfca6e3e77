import { GLYPH_HEIGHT } from './layout.ts'
import type { Surface } from './surface.ts'
import type { Palette } from './theme-colors.ts'

const HALF = GLYPH_HEIGHT / 2
/** Perpendicular distance of the hatch's lines and their width, CSS pixels: never scaled. */
const HATCH_PITCH = 6
const HATCH_LINE = 1.8
const EDGE = 1.5

/** A call as it is drawn; all numbers CSS pixels. */
export interface Capsule {
  readonly x0: number
  readonly x1: number
  readonly middle: number
  /** Width of a half. */
  readonly cap: number
  /** Has an entry stop, has an exit stop. */
  readonly left: boolean
  readonly right: boolean
  readonly cls: number
  readonly isHatched: boolean
  /** Where the thin line of a waiting call begins and ends; undefined if it has none. */
  readonly thin?: { readonly from: number; readonly to: number } | undefined
}

/** Lines at 45°, cut at the sides without clipping: a clip per call would cost more than all lines. */
export const drawHatch = (
  s: Surface,
  x0: number,
  x1: number,
  top: number,
  height: number,
  color: string,
  width = HATCH_LINE,
): void => {
  const pitch = HATCH_PITCH * Math.SQRT2
  const bottom = top + height
  s.strokeStyle = color
  s.lineWidth = width
  s.beginPath()
  for (let x = x0 - height + (pitch - (height % pitch)); x < x1; x += pitch) {
    const from = Math.max(x, x0)
    const to = Math.min(x + height, x1)
    if (to <= from) continue
    s.moveTo(from, bottom - (from - x))
    s.lineTo(to, bottom - (to - x))
  }
  s.stroke()
}

const drawBody = (s: Surface, p: Palette, c: Capsule, from: number, to: number): void => {
  if (to <= from) return
  const top = c.middle - HALF
  s.fillStyle = (c.isHatched ? p.hatchGrounds[c.cls] : p.tints[c.cls]) ?? p.ground
  s.fillRect(from, top, to - from, GLYPH_HEIGHT)
  const color = p.classes[c.cls] ?? p.ink3
  if (c.isHatched) drawHatch(s, from, to, top, GLYPH_HEIGHT, color)
  s.fillStyle = color
  s.fillRect(from, top, to - from, EDGE)
  s.fillRect(from, top + GLYPH_HEIGHT - EDGE, to - from, EDGE)
}

/** A cap is a stop, a body is the call, a hatch never ran. */
export const drawCapsule = (s: Surface, p: Palette, c: Capsule): void => {
  const color = p.classes[c.cls] ?? p.ink3
  const from = c.left ? c.x0 + c.cap - 1 : c.x0
  const to = c.right ? c.x1 - c.cap + 1 : c.x1
  if (c.thin !== undefined && c.thin.to > c.thin.from) {
    drawBody(s, p, c, from, Math.min(c.thin.from, to))
    s.fillStyle = color
    s.fillRect(c.thin.from, c.middle - 1.5, Math.min(c.thin.to, c.x1) - c.thin.from, 3)
    if (c.right) drawBody(s, p, c, Math.max(c.thin.to, from), to)
  } else drawBody(s, p, c, from, to)
  s.fillStyle = color
  if (c.left) drawHalf(s, c.x0, c.x0 + c.cap, c.middle)
  if (c.right) drawHalf(s, c.x1, c.x1 - c.cap, c.middle)
}

/** Half a capsule: round at `outer`, straight at `inner`. */
const drawHalf = (s: Surface, outer: number, inner: number, middle: number): void => {
  const width = Math.abs(inner - outer)
  if (width < 4) {
    s.fillRect(Math.min(outer, inner), middle - HALF, width, GLYPH_HEIGHT)
    return
  }
  const isLeft = inner > outer
  // At its full width the half is the mock's: a semicircle of radius 8 whose straight edge lies at 7.
  const centre = isLeft ? outer + Math.min(HALF, width + 1) : outer - Math.min(HALF, width + 1)
  s.beginPath()
  s.moveTo(inner, middle - HALF)
  if (isLeft) s.arc(centre, middle, HALF, -Math.PI / 2, Math.PI / 2, true)
  else s.arc(centre, middle, HALF, -Math.PI / 2, Math.PI / 2, false)
  s.lineTo(inner, middle + HALF)
  s.closePath()
  s.fill()
}

/** The notch at the lower right of a call that failed. */
export const drawNotch = (s: Surface, p: Palette, right: number, middle: number, size = 8): void => {
  s.beginPath()
  s.moveTo(right, middle + HALF)
  s.lineTo(right - size, middle + HALF)
  s.lineTo(right, middle + HALF - size)
  s.closePath()
  s.fillStyle = p.danger
  s.fill()
  s.strokeStyle = p.ground
  s.lineWidth = 1
  s.stroke()
}

/** The tracer wrote during this call: a dot below it. */
export const drawPokeDot = (s: Surface, p: Palette, x: number, middle: number): void =>
  drawDot(s, p.warn, x, middle + 13, 2)

export const drawDot = (s: Surface, color: string, x: number, y: number, radius: number): void => {
  s.fillStyle = color
  s.beginPath()
  s.arc(x, y, radius, 0, 2 * Math.PI)
  s.fill()
}

const drawShape = (
  s: Surface,
  fill: string,
  edge: string,
  width: number,
  points: readonly (readonly [number, number])[],
): void => {
  s.beginPath()
  points.forEach(([x, y], i) => (i === 0 ? s.moveTo(x, y) : s.lineTo(x, y)))
  s.closePath()
  s.fillStyle = fill
  s.fill()
  s.strokeStyle = edge
  s.lineWidth = width
  s.lineJoin = 'round'
  s.stroke()
}

const drawLetter = (s: Surface, font: string, color: string, x: number, middle: number, letter: string): void => {
  s.font = font
  s.textAlign = 'center'
  s.fillStyle = color
  s.fillText(letter, x, middle + 4)
  s.textAlign = 'left'
}

/** PTRACE_EVENT_*. */
export const drawDiamond = (
  s: Surface,
  p: Palette,
  x: number,
  y: number,
  r: number,
  letter: string,
  edge: string,
): void => {
  drawShape(s, p.ground, edge, EDGE, [
    [x, y - r],
    [x + r, y],
    [x, y + r],
    [x - r, y],
  ])
  if (r >= 8) drawLetter(s, p.monoStrong, p.ink1, x, y, letter)
}

/** PTRACE_EVENT_SECCOMP: the filter asked the tracer. */
export const drawHexagon = (s: Surface, p: Palette, x: number, y: number, r: number, letter: string): void => {
  const w = r / 2
  drawShape(s, p.ground, p.ink2, EDGE, [
    [x - r + 1, y],
    [x - w, y - r + 1],
    [x + w, y - r + 1],
    [x + r - 1, y],
    [x + w, y + r - 1],
    [x - w, y + r - 1],
  ])
  if (r >= 8) drawLetter(s, p.monoStrong, p.ink1, x, y, letter)
}

/** Signal-delivery-stop. */
export const drawTriangle = (s: Surface, p: Palette, x: number, y: number, r: number, edge: string): void =>
  drawShape(s, p.ground, edge, 1.75, [
    [x - r, y - r + 1],
    [x + r, y - r + 1],
    [x, y + r - 1],
  ])

/** Where a life begins: a small square, as the end of a connector; a thread's is a dot. */
export const drawBirth = (s: Surface, p: Palette, x: number, y: number, r: number, isThread: boolean): void => {
  if (isThread) return drawDot(s, p.lineStrong, x, y, r - 0.5)
  drawShape(s, p.ground, p.lineStrong, 1, [
    [x - r, y - r],
    [x + r, y - r],
    [x + r, y + r],
    [x - r, y + r],
  ])
}

/** Group-stop, PTRACE_EVENT_STOP. */
export const drawSquare = (s: Surface, p: Palette, x: number, y: number, r: number): void => {
  s.fillStyle = p.ground
  s.fillRect(x - r, y - r, 2 * r, 2 * r)
  s.strokeStyle = p.lineStrong
  s.lineWidth = EDGE
  s.strokeRect(x - r, y - r, 2 * r, 2 * r)
}

/** A request without a tag. */
export const drawArrow = (s: Surface, color: string, x: number, y: number, r: number): void => {
  s.fillStyle = color
  s.beginPath()
  s.moveTo(x - r * 0.6, y - r)
  s.lineTo(x + r * 0.8, y)
  s.lineTo(x - r * 0.6, y + r)
  s.closePath()
  s.fill()
}

/** A request with a tag: outlined if the call runs, solid if it does not. */
export const drawTag = (
  s: Surface,
  p: Palette,
  color: string,
  x: number,
  y: number,
  tag: string,
  isSolid: boolean,
  half = 7,
): void => {
  drawRounded(s, x - half, y - 8, 2 * half, 16, 3)
  s.fillStyle = isSolid ? color : p.ground
  s.fill()
  s.strokeStyle = color
  s.lineWidth = EDGE
  s.stroke()
  if (half >= 5) drawLetter(s, p.monoStrong, isSolid ? p.ground : color, x, y, tag)
}

export const drawRounded = (s: Surface, x: number, y: number, width: number, height: number, r: number): void => {
  s.beginPath()
  s.moveTo(x + r, y)
  s.arc(x + width - r, y + r, r, -Math.PI / 2, 0)
  s.arc(x + width - r, y + height - r, r, 0, Math.PI / 2)
  s.arc(x + r, y + height - r, r, Math.PI / 2, Math.PI)
  s.arc(x + r, y + r, r, Math.PI, Math.PI * 1.5)
  s.closePath()
}
