import styles from './icon.module.css'

/** The mock's own icons: 16 px, 1.5 px strokes; a second path is filled. Always with a word beside or a label. */
const ICONS = {
  first: ['M4 3v10M12.5 3.5 7 8l5.5 4.5z'],
  last: ['M12 3v10M3.5 3.5 9 8l-5.5 4.5z'],
  back: ['M10.5 3.5 5 8l5.5 4.5'],
  step: ['M5.5 3.5 11 8l-5.5 4.5'],
  reverse: ['', 'M8 3v10L2 8zM14 3v10L8 8z'],
  forward: ['', 'M8 3v10l6-5zM2 3v10l6-5z'],
  stop: ['', 'M5 4h6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1z'],
  share: ['M8 10V2.5M5 5l3-3 3 3M3 9v4.5h10V9'],
  help: ['M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM6.3 6.2c.2-2 3.4-1.9 3.4 0C9.7 7.6 8 7.5 8 9.2M8 11.5v.1'],
  theme: ['M13.5 8a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0z', 'M8 2.5a5.5 5.5 0 0 1 0 11z'],
  replay: ['M3 8a5 5 0 1 1 1.6 3.7M3 13v-2.5h2.5'],
  live: ['', 'M12 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0z'],
  ok: ['m3.5 8.5 3 3 6-7'],
  close: ['m4.5 4.5 7 7M11.5 4.5l-7 7'],
  warn: ['M8 2.5 14 13H2zM8 6.5v3M8 11.3v.1'],
  past: ['M13.5 8a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0zM8 5v3.5l2 1.2'],
  code: ['M6 4 2.5 8 6 12M10 4l3.5 4-3.5 4'],
  timeline: ['M2 4h5M4 8h8M9 12h5'],
  play: ['', 'M4.5 3v10L13 8z'],
  list: ['M3 4h10M3 8h10M3 12h10'],
  call: ['M7 4H5a4 4 0 0 0 0 8h2zM9 4h2a4 4 0 0 1 0 8H9z'],
  console: ['M13 4.5v7a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 3 11.5v-7A1.5 1.5 0 0 1 4.5 3h7A1.5 1.5 0 0 1 13 4.5zM5.5 6l2 2-2 2M8.5 10.5h2'],
  exercise: ['M8 4.5C6.5 3 4.5 3 2 3v9c2.5 0 4.5 0 6 1.5C9.5 12 11.5 12 14 12V3c-2.5 0-4.5 0-6 1.5zM8 4.5v9'],
  copy: ['M7 5.5h5A1.5 1.5 0 0 1 13.5 7v5a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 12V7A1.5 1.5 0 0 1 7 5.5zM3.5 10.5h-1v-8h8v1'],
  note: ['M4 14V2.5h8.5L10 5.5l2.5 3H4'],
  save: ['M8 2.5v7.5M5 7.5l3 3 3-3M3 10.5v3h10v-3'],
  more: ['', 'M4.5 8a1.25 1.25 0 1 1-2.5 0 1.25 1.25 0 0 1 2.5 0zM9.25 8a1.25 1.25 0 1 1-2.5 0 1.25 1.25 0 0 1 2.5 0zM14 8a1.25 1.25 0 1 1-2.5 0 1.25 1.25 0 0 1 2.5 0z'],
} as const satisfies Record<string, readonly [string, string?]>

export type IconName = keyof typeof ICONS

/** A picture beside or instead of a word: hidden from screen readers, so its control must have a name. */
export function Icon({ name }: { readonly name: IconName }) {
  const [line, fill]: readonly [string, string?] = ICONS[name]
  return (
    <svg className={styles.icon} viewBox="0 0 16 16" aria-hidden="true">
      {line !== '' && <path d={line} />}
      {fill !== undefined && <path className={styles.fill} d={fill} />}
    </svg>
  )
}
