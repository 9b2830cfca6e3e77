import { CLASS_COUNT } from './mip.ts'

/** Every colour and font of the picture, resolved for the theme that is shown. */
export interface Palette {
  readonly ground: string
  readonly raised: string
  readonly line: string
  readonly lineStrong: string
  readonly ink1: string
  readonly ink2: string
  readonly ink3: string
  readonly accent: string
  readonly accentWash: string
  readonly onAccent: string
  readonly danger: string
  readonly dangerInk: string
  readonly warn: string
  /** By class index; the last is what is no call. */
  readonly classes: readonly string[]
  /** The body of a call: its class thinned with the ground. */
  readonly tints: readonly string[]
  /** Behind a hatch. */
  readonly hatchGrounds: readonly string[]
  readonly mono: string
  readonly monoStrong: string
  readonly ui: string
  /** Width of a character of `mono`, CSS pixels. */
  readonly charWidth: number
}

const CLASS_TOKENS = ['file', 'desc', 'proc', 'time', 'rand', 'sock'] as const

/** Part of the class's hue in a body, and behind a hatch (the mock's numbers). */
const TINT = 16
const HATCH_TINT = 10

/**
 * Reads the custom properties of theme.css as they are computed at `host`. They are written with
 * light-dark(), which only a real property resolves, hence the probe.
 */
export const readPalette = (host: Element): Palette => {
  const document = host.ownerDocument
  const probe = document.createElement('span')
  probe.style.display = 'none'
  host.append(probe)
  const computed = getComputedStyle(probe)
  const isForced = matchMedia('(forced-colors: active)').matches
  const colour = (value: string): string => {
    probe.style.color = value
    return computed.color
  }
  const token = (name: string, forced: string): string => colour(isForced ? forced : `var(--${name})`)
  const classes = CLASS_TOKENS.map((name) => token(`class-${name}`, 'CanvasText'))
  classes.push(token('ink-3', 'CanvasText'))
  const thinned = (part: number): string[] =>
    Array.from({ length: CLASS_COUNT }, (_, i) => {
      const hue = i < CLASS_TOKENS.length ? `class-${CLASS_TOKENS[i]}` : 'ink-3'
      return colour(isForced ? 'Canvas' : `color-mix(in srgb, var(--${hue}) ${part}%, var(--surface-1))`)
    })
  const tints = thinned(TINT)
  const hatchGrounds = thinned(HATCH_TINT)
  const size = computed.getPropertyValue('--text-xs').trim() || '11px'
  const family = computed.getPropertyValue('--font-mono').trim() || 'monospace'
  const uiFamily = computed.getPropertyValue('--font-ui').trim() || 'sans-serif'
  const mono = `400 ${size} ${family}`
  const palette = {
    ground: token('surface-1', 'Canvas'),
    raised: token('surface-2', 'Canvas'),
    line: token('line', 'CanvasText'),
    lineStrong: token('line-strong', 'CanvasText'),
    ink1: token('ink-1', 'CanvasText'),
    ink2: token('ink-2', 'CanvasText'),
    ink3: token('ink-3', 'CanvasText'),
    accent: token('accent', 'Highlight'),
    accentWash: isForced ? 'transparent' : token('accent-wash', 'Canvas'),
    onAccent: token('on-accent', 'HighlightText'),
    danger: token('danger', 'CanvasText'),
    dangerInk: token('danger-ink', 'CanvasText'),
    warn: token('warn', 'CanvasText'),
    classes,
    tints,
    hatchGrounds,
    mono,
    monoStrong: `600 ${size} ${family}`,
    ui: `400 ${size} ${uiFamily}`,
    charWidth: measure(document, mono),
  }
  probe.remove()
  return palette
}

const measure = (document: Document, font: string): number => {
  const context = document.createElement('canvas').getContext('2d')
  if (context === null) return 6.6
  context.font = font
  return context.measureText('0'.repeat(32)).width / 32
}

/** Calls `changed` whenever the palette may have become another one; answers how to stop that. */
export const watchTheme = (changed: () => void): (() => void) => {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] })
  const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)', '(prefers-contrast: more)'].map((q) =>
    matchMedia(q),
  )
  for (const query of queries) query.addEventListener('change', changed)
  document.fonts.addEventListener('loadingdone', changed)
  return () => {
    observer.disconnect()
    for (const query of queries) query.removeEventListener('change', changed)
    document.fonts.removeEventListener('loadingdone', changed)
  }
}
