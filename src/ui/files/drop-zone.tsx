import { useEffect, useState } from 'react'
import { addGuest } from '../session/own-guests.ts'
import { app } from '../state/store.ts'
import { addFiles } from './add-files.ts'
import styles from './drop-zone.module.css'
import { entriesOf, walkEntries } from './dropped.ts'

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** Takes what was dropped: one module as a guest, one run to be opened, anything else as files for the guest. */
const take = async (items: DataTransferItemList): Promise<void> => {
  try {
    const brought = await walkEntries(entriesOf(items))
    const [first] = brought
    if (brought.length === 1 && first !== undefined && 'file' in first && first.path.lastIndexOf('/') === 0) {
      const { file } = first
      if (/\.(wasm|wat|wast)(\.gz)?$/i.test(file.name)) return await addGuest(file)
      if (/\.skipcall\.json$/i.test(file.name)) return void (await (await import('../session/open-link.ts')).openFile(file))
      const { looksLikeTrace, openLog } = await import('../export/open-log.ts')
      if (/\.(strace|jsonl)$/i.test(file.name) || (await looksLikeTrace(file))) return void (await openLog(file))
    }
    await addFiles(brought)
  } catch {
    app.getState().arrange({
      notice: { tone: 'danger', cause: 'What was dropped could not be read.', cure: 'Choose it with the buttons in the guest menu instead.' },
    })
  }
}

/** The whole window takes what is dropped on it, whatever is below: panes and editor do not see it. */
export function DropZone() {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const onDrag = (event: DragEvent): void => {
      if (!hasFiles(event)) return
      event.preventDefault()
      event.stopPropagation()
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy'
      setOver(true)
    }
    const onLeave = (event: DragEvent): void => {
      // From element to element it leaves, too; out of the window it goes to nothing.
      if (event.relatedTarget === null) setOver(false)
    }
    const onDrop = (event: DragEvent): void => {
      setOver(false)
      if (!hasFiles(event) || event.dataTransfer === null) return
      event.preventDefault()
      event.stopPropagation()
      void take(event.dataTransfer.items)
    }
    const capture = { capture: true }
    window.addEventListener('dragenter', onDrag, capture)
    window.addEventListener('dragover', onDrag, capture)
    window.addEventListener('dragleave', onLeave, capture)
    window.addEventListener('drop', onDrop, capture)
    return () => {
      window.removeEventListener('dragenter', onDrag, capture)
      window.removeEventListener('dragover', onDrag, capture)
      window.removeEventListener('dragleave', onLeave, capture)
      window.removeEventListener('drop', onDrop, capture)
    }
  }, [])
  if (!over) return null
  return (
    <div className={styles.zone}>
      <div className={styles.card}>
        <p><b>Drop it here.</b></p>
        <p>A <code>.wasm</code> becomes a guest of your own.</p>
        <p>A <code>.skipcall.json</code> is opened as a run.</p>
        <p>A log of <code>strace</code>, or a <code>.jsonl</code> from Export, is shown as a trace.</p>
        <p>Other files, and folders, are there for the guest.</p>
      </div>
    </div>
  )
}
