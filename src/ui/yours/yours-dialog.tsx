import { useCallback, useEffect, useState } from 'react'
import { fillStock, hasUpdate, stockOf, takeUpdate, unregisterWorker } from '../offline/register.ts'
import type { Stock } from '../offline/file-cache.ts'
import { chooseFiles, saveFile } from '../session/choose-file.ts'
import { sizeText } from '../share/size-text.ts'
import { useLoaded } from '../shell/use-loaded.ts'
import { Button } from '../widgets/button.tsx'
import { Dialog, DialogSection } from '../widgets/dialog.tsx'
import { forgetEverything, keepEverything, recallEverything } from './all-kept.ts'
import { packArchive, unpackArchive } from './archive.ts'
import { kindsOf } from './kinds.ts'
import styles from './yours.module.css'

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** What this browser keeps: to look at, to take along, to bring back, to forget. */
export function YoursDialog({ onClose }: { readonly onClose: () => void }) {
  const { value: all } = useLoaded(recallEverything)
  const [said, setSaid] = useState('')
  const kinds = all === undefined ? [] : kindsOf(all)
  const save = async (): Promise<void> => {
    // Read again: the last words may have been kept since.
    const bytes = packArchive(await recallEverything())
    saveFile([bytes as BlobPart], 'skipcall.zip', 'application/zip')
    setSaid(`Saved as skipcall.zip, ${sizeText(bytes.length)}.`)
  }
  const bring = async (): Promise<void> => {
    const [file] = await chooseFiles({ accept: '.zip,application/zip' })
    if (file === undefined) return
    try {
      const { kept, guests, modules } = await unpackArchive(new Uint8Array(await file.arrayBuffer()))
      await keepEverything({ kept, modules }, guests)
      openAnew()
    } catch (error) {
      setSaid(`${file.name} was not imported, and nothing was changed. ${sentenceOf(error)}`)
    }
  }
  return (
    <Dialog title="Yours, in this browser" onClose={onClose}>
      <DialogSection>
        <p className={styles.text}>
          What you write and run is kept here, in this browser, and sent to nobody. Another browser, or another computer, knows nothing of
          it: export it to take it along.
        </p>
        {all !== undefined && kinds.length === 0 && <p className={styles.text}>There is nothing yet, or this browser keeps nothing: a private window, say.</p>}
        {kinds.length > 0 && (
          <table className={styles.table}>
            <thead><tr><th scope="col">What</th><th scope="col">Size</th></tr></thead>
            <tbody>
              {kinds.map(({ id, title, count, size }) => (
                <tr key={id}><th scope="row">{title}{count === undefined ? '' : ` (${count})`}</th><td>{sizeText(size)}</td></tr>
              ))}
            </tbody>
          </table>
        )}
        <div className={styles.actions}>
          <Button label="Export everything" icon="save" look="primary" disabled={kinds.length === 0} onClick={() => void save()} />
          <Button label="Import …" look="edge" onClick={() => void bring()} />
          <p className={styles.small}>One zip file. What you import replaces what is here under the same name; everything else stays.</p>
        </div>
        <p className={styles.said} role="status">{said}</p>
      </DialogSection>
      <Offline />
      <Forget />
    </Dialog>
  )
}

/** Opens the page as it would open now, without an exercise or a link in its address. */
const openAnew = (): void => {
  history.replaceState(null, '', location.pathname)
  location.reload()
}

/** How much of the page itself is here for a time without a network. */
function Offline() {
  const [stock, setStock] = useState<Stock>()
  const [known, setKnown] = useState(false)
  const look = useCallback(() => void stockOf().then((found) => { setStock(found); setKnown(true) }), [])
  useEffect(() => {
    look()
    const timer = setInterval(look, 1000)
    return () => clearInterval(timer)
  }, [look])
  return (
    <DialogSection>
      <h3 className={styles.heading}>Without a network</h3>
      {known && (
        <p className={styles.text} role="status">
          {stock === undefined ? 'This browser keeps no copy of the page: it needs the network.'
            : stock.have === stock.of ? 'All of the page is here, guests, examples and exercises included: it works without a network.'
            : `${stock.have} of the page’s ${stock.of} files are here; the rest is on its way.`}
        </p>
      )}
      <div className={styles.actions}>
        {stock !== undefined && stock.have < stock.of && <Button label="Fetch the rest now" look="edge" onClick={fillStock} />}
        {hasUpdate() && <><p className={styles.text}>A new version is ready.</p><Button label="Reload" look="primary" onClick={() => void takeUpdate()} /></>}
      </div>
    </DialogSection>
  )
}

/** Forgetting is asked about where one stands, not in another dialog. */
function Forget() {
  const [asked, setAsked] = useState(false)
  const [failure, setFailure] = useState('')
  const forget = async (): Promise<void> => {
    try {
      await forgetEverything()
      await unregisterWorker()
      openAnew()
    } catch (error) {
      setFailure(`This browser would not forget it: ${sentenceOf(error)} Its settings for this site can.`)
    }
  }
  return (
    <DialogSection>
      <h3 className={styles.heading}>Forget everything</h3>
      {asked ? (
        <div className={styles.ask} role="group" aria-label="Forget everything?">
          <p className={styles.text}>
            Your scripts, answers, recordings, guests and settings will be gone from this browser, and the page’s copy for times without a
            network with them. There is no way back but an export.
          </p>
          <div className={styles.actions}>
            <Button label="Yes, forget everything" look="danger" onClick={() => void forget()} />
            <Button label="Keep it" look="edge" autoFocus onClick={() => setAsked(false)} />
          </div>
        </div>
      ) : <div className={styles.actions}><Button label="Forget everything …" look="danger" onClick={() => setAsked(true)} /></div>}
      {failure !== '' && <p className={styles.text} role="alert">{failure}</p>}
    </DialogSection>
  )
}
