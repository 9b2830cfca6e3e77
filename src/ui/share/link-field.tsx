import { CopyField } from './copy-field.tsx'
import { fitOf, LIMITS } from './link-of.ts'
import styles from './share.module.css'

const LONGEST = LIMITS[LIMITS.length - 1]?.most ?? 32_000

/** A scale of square roots, so that short links can be told apart though it ends at 32,000. */
const place = (length: number): string => `${Math.min(100, 100 * Math.sqrt(length / LONGEST))}%`

/** The link, how long it is beside what takes it, and the button that copies it. */
export function LinkField({ address }: { readonly address: string }) {
  const { sentence, tooLong } = fitOf(address.length)
  return (
    <>
      <div className={styles.measure}>
        <span><b>{address.length.toLocaleString('en')}</b> characters</span>
        <span className={tooLong ? styles.failure : styles.small}>{sentence}</span>
      </div>
      <div className={styles.meter} aria-hidden="true">
        <i className={tooLong ? styles.over : undefined} style={{ width: place(address.length) }} />
        {LIMITS.map(({ most, where }) => (
          <span key={where} className={styles.tick} style={{ left: place(most) }}><u />{most.toLocaleString('en')} {where}</span>
        ))}
      </div>
      <CopyField name="Link" button="Copy link" text={address} look={tooLong ? 'edge' : 'primary'} says="The run is behind the #, so no server ever sees it." />
    </>
  )
}
