import type { CallClass } from '../../engine/syscall/row.ts'
import { classNames } from './class-names.ts'
import type { GlyphShape } from './glyph-shape.ts'
import styles from './call-glyph.module.css'

interface CallGlyphProps {
  readonly shape: GlyphShape
  /** Gives a call its hue. */
  readonly hue?: CallClass | undefined
  /** Not matched by the filter. */
  readonly faint?: boolean
}

const LEFT_CAP = 'M6 1h2v10H6A5 5 0 0 1 6 1z'
const RIGHT_CAP = 'M18 1h-2v10h2a5 5 0 0 0 0-10z'
const NOTCH = <path className={styles.notch} d="M24 12h-7l7-7z" />

/** An event as the timeline draws it, at 24 × 12. Decoration: the row says the same in words. */
export function CallGlyph({ shape, hue, faint = false }: CallGlyphProps) {
  return (
    <svg
      className={classNames(styles.glyph, hue !== undefined && styles[hue], faint && styles.faint)}
      viewBox="0 0 24 12" width={24} height={12} aria-hidden="true"
    >
      <Strokes shape={shape} />
    </svg>
  )
}

function Strokes({ shape }: { readonly shape: GlyphShape }) {
  switch (shape.kind) {
    case 'entry':
      return (
        <>
          <path className={styles.fill} d={LEFT_CAP} />
          {shape.body === 'short'
            ? <><rect className={styles.body} x="9" y="1" width="3" height="10" /><path className={styles.line} d="M8 1.75h4M8 10.25h4" /></>
            : <rect className={styles.body} x="8" y="1" width="13" height="10" />}
          {shape.body === 'open' && <path className={styles.line} d="M8 1.75h13M8 10.25h13" />}
          {shape.body === 'hatch' && <><path className={styles.line} d="M8 1.75h13M8 10.25h13" /><path className={styles.hatch} d="m10 9.5 6-7M15 9.5l6-7" /></>}
          {shape.error && NOTCH}
        </>
      )
    case 'exit':
      return (
        <>
          <rect className={styles.body} x="12" y="1" width="4" height="10" />
          <path className={styles.line} d="M12 1.75h4M12 10.25h4" />
          {shape.hatch && <path className={styles.hatch} d="m11.5 8 4-5" />}
          <path className={styles.fill} d={RIGHT_CAP} />
          {shape.error && NOTCH}
        </>
      )
    case 'call':
      return (
        <>
          <rect className={styles.body} x="3" y="1" width="18" height="10" />
          <path className={styles.line} d="M3 1.75h18M3 10.25h18" />
          {shape.error && NOTCH}
        </>
      )
    case 'resume':
      return (
        <>
          {shape.tag === 0 && <path className={styles.ink} d="m13 2.5 5 3.5-5 3.5z" />}
          {shape.tag === 2 && <rect className={styles.box} x="10.75" y="0.75" width="10.5" height="10.5" rx="2" />}
          {shape.tag === 4 && <rect className={styles.ink} x="10" y="0" width="12" height="12" rx="2.5" />}
          {shape.tag !== 0 && <text className={classNames(styles.digit, shape.tag === 4 && styles.reversed)} x="16" y="9.3">{shape.tag}</text>}
          {shape.error && NOTCH}
        </>
      )
    case 'poke':
      return <><circle className={styles.ink} cx="16" cy="6" r="2.5" />{shape.error && NOTCH}</>
    case 'look':
      return <><circle className={styles.ring} cx="16" cy="6" r="2.25" />{shape.error && NOTCH}</>
    case 'event':
      return <><path className={styles.diamond} d="m12 0 6 6-6 6-6-6z" /><text className={styles.letter} x="12" y="8.8">{shape.letter}</text></>
    case 'seccomp':
      return <><path className={styles.diamond} d="M8.5.75h7L19 6l-3.5 5.25h-7L5 6z" /><text className={styles.letter} x="12" y="8.8">T</text></>
    case 'signal':
      return <path className={styles.signal} d="M6 1.5h12L12 11z" />
    case 'step':
      return <path className={styles.ring} d="M8.5 3h7L12 9z" />
    case 'stop':
      return <rect className={styles.square} x="7.5" y="1.5" width="9" height="9" />
    case 'birth':
      return <path className={styles.life} d="M10 1v10M10 6h10" />
    case 'thread':
      return <><path className={styles.life} d="M12 6h8" /><circle className={styles.ink} cx="10" cy="6" r="2.5" /></>
    case 'exec':
      return <path className={styles.life} d="M5 6h13M14 2.5 18 6l-4 3.5" />
    case 'death':
      return <path className={styles.life} d="M14 1v10M4 6h10" />
    case 'print':
      return <path className={styles.life} d="M11 3h9M11 6h9M11 9h5" />
    case 'failure':
      return <path className={styles.cross} d="m9 2 7 8M16 2 9 10" />
  }
}
