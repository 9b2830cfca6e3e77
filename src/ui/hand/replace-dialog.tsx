import { Button } from '../widgets/button.tsx'
import { Dialog, DialogSection } from '../widgets/dialog.tsx'
import { writeTracer } from './decide.ts'
import styles from './hand.module.css'

/** The editor holds something that a person has written: may it be replaced? */
export function ReplaceDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Replace tracer.ts?" onClose={onClose}>
      <DialogSection>
        <p className={styles.question}>The editor holds a script that you have written or changed. The tracer made of your decisions takes its place.</p>
        <div className={styles.row}>
          <Button label="Replace it" look="primary" onClick={() => { onClose(); void writeTracer({ anyway: true }) }} />
          <Button label="Keep my script" look="edge" onClick={onClose} />
        </div>
      </DialogSection>
    </Dialog>
  )
}
