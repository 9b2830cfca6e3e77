import styles from './menu-bar.module.css'

/** Half a capsule that was stopped at, half one that never ran. */
export function Logo() {
  return (
    <h1 className={styles.brand}>
      <svg viewBox="0 0 24 16" aria-hidden="true">
        <path d="M9 0a8 8 0 0 0 0 16h2V0z" fill="var(--accent)" />
        <path d="M13 .75h8M13 15.25h8" stroke="var(--accent)" strokeWidth="1.5" />
        <path d="m13.5 12.5 6.5-9M18 12.5l5-7" stroke="var(--accent)" strokeWidth="1.5" strokeLinecap="round" />
      </svg>
      Skipcall
    </h1>
  )
}
