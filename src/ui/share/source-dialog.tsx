import { Button } from '../widgets/button.tsx'
import { Dialog, DialogSection } from '../widgets/dialog.tsx'
import styles from './share.module.css'
import { openSource } from './source.ts'
import { sourceOf } from './source-address.ts'

/** Before another host is asked for a file, its name is told. */
export function SourceDialog({ onClose }: { readonly onClose: () => void }) {
  const source = sourceOf(location.href)
  if (source === undefined || 'refused' in source) return null
  const { host, href } = source.url
  return (
    <Dialog title={`Fetch a run from ${host}?`} onClose={onClose}>
      <DialogSection>
        <p className={styles.text}>
          The run that this link shows is in a file at <b>{host}</b>. To fetch it your browser asks that host, which sees your address as
          any site that you visit does. It is sent nothing else.
        </p>
        <p className={styles.address}><code dir="ltr">{href.slice(0, 500)}</code></p>
        <p className={styles.small}>What is in it runs as everything here does: in a sandbox without a network, away from what you have kept.</p>
      </DialogSection>
      <div className={styles.actions}>
        <Button label="Do not fetch" onClick={onClose} />
        <Button
          label={`Fetch from ${host}`} look="primary" autoFocus
          onClick={() => { onClose(); void openSource(source) }}
        />
      </div>
    </Dialog>
  )
}
