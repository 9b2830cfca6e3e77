import { useRef, useState } from 'react'
import { Button } from '../widgets/button.tsx'
import styles from './share.module.css'

interface CopyFieldProps {
  readonly name: string
  /** The button's words. */
  readonly button: string
  readonly text: string
  readonly look: 'edge' | 'primary'
  /** A sentence below, as long as copying works. */
  readonly says: string
}

/** A text that is there to be copied; where a browser forbids that, it is selected. */
export function CopyField({ name, button, text, look, says }: CopyFieldProps) {
  const [copied, setCopied] = useState<'yes' | 'no'>()
  const field = useRef<HTMLInputElement>(null)
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied('yes')
    } catch {
      field.current?.select()
      setCopied('no')
    }
  }
  return (
    <>
      <div className={styles.copy}>
        <input ref={field} className={styles.input} readOnly value={text} aria-label={name} dir="ltr" onFocus={(event) => event.target.select()} />
        <Button label={copied === 'yes' ? 'Copied' : button} icon={copied === 'yes' ? 'ok' : 'copy'} look={look} onClick={() => void copy()} />
      </div>
      <p className={styles.small} role="status">{copied === 'no' ? 'This browser does not allow copying: it is selected, copy it with the keyboard.' : says}</p>
    </>
  )
}
