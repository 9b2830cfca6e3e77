import { useEffect, useMemo, useState } from 'react'
import { recipeOf } from '../session/recipe-of.ts'
import { loadManifest } from '../session/manifest.ts'
import type { Seq } from '../../engine/trace/format.ts'
import { listFiles, readFile, type Listing } from '../session/past.ts'
import { useLoaded } from '../shell/use-loaded.ts'
import { useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { Dialog } from '../widgets/dialog.tsx'
import { Segments } from '../widgets/segments.tsx'
import { chooseAndAdd, removeFile } from './add-files.ts'
import { FileList } from './file-list.tsx'
import { FilePreview } from './file-preview.tsx'
import styles from './files.module.css'
import { bytesOf } from './recipe-file.ts'
import { rowsAfter, rowsBefore } from './rows.ts'

type When = 'before' | 'then' | 'after'

/** The files that the next run begins with: the guests' and the person's own. */
const useFilesBefore = () => {
  const { value: manifest, problem } = useLoaded(loadManifest)
  const state = useApp((all) => all)
  const { script, tracer, guest, module, files, yours } = state
  const made = useMemo(() => {
    if (manifest === undefined) return { files: [], problem }
    try {
      return { files: recipeOf(state, manifest, yours).files }
    } catch (error) {
      return { files, problem: error instanceof Error ? error.message : String(error) }
    }
    // Of the state, only what decides about files.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [manifest, problem, script, tracer, guest, module, files, yours])
  return { before: made.files, problem: made.problem }
}

/** What is there now, where the machine can tell; or what was there at an event, for which a recording is run again. */
const useFilesAt = (phase: string, at: Seq | undefined, wants = true) => {
  const [listing, setListing] = useState<Listing>()
  useEffect(() => {
    let wanted = true
    if (wants) void listFiles(at).then((answer) => wanted && setListing(answer))
    return () => {
      wanted = false
    }
  }, [phase, at, wants])
  return listing
}

/** The guest's file system: as the recipe lays it out, and as the run has left it. */
export function FilesDialog({ onClose }: { readonly onClose: () => void }) {
  const added = useApp((state) => state.files)
  const ran = useApp((state) => state.recipe?.files)
  const phase = useApp((state) => state.phase)
  const { before, problem } = useFilesBefore()
  const cursor = useApp((state) => state.cursor)
  const present = useFilesAt(phase, undefined)
  const [chosenWhen, setWhen] = useState<When>()
  const [path, setPath] = useState<string>()
  const when = chosenWhen ?? (present === undefined ? 'before' : 'after')
  const past = useFilesAt(phase, cursor, when === 'then')
  const listing = when === 'then' ? past : present

  const rows = useMemo(
    () => (when === 'before' ? rowsBefore(before, added) : listing === undefined ? [] : rowsAfter(listing.entries, ran ?? [])),
    [when, before, added, listing, ran],
  )
  const row = rows.find((one) => one.path === path)

  const read = async (of: string): Promise<Uint8Array | undefined> => {
    if (when !== 'before' && row?.mark !== 'deleted') return readFile(of, when === 'then' ? cursor : undefined)
    const file = (when === 'before' ? before : ran ?? []).find((one) => `/${one.path.replace(/^\/+/, '')}` === of)
    return file === undefined ? undefined : bytesOf(file)
  }

  return (
    <Dialog title="Files of the guest" onClose={onClose} wide>
      <div className={styles.bar}>
        <Segments
          label="Which files" value={when} onChange={(next) => { setWhen(next); setPath(undefined) }}
          options={[{ id: 'before', title: 'Before the run' }, { id: 'then', title: `At event ${cursor}`, disabled: cursor === 0 }, { id: 'after', title: phase === 'waiting' ? 'Now' : 'After the run' }]}
        />
        <span className={styles.grow} />
        <Button label="Add files" look="edge" onClick={() => { setWhen('before'); void chooseAndAdd(false) }} />
        <Button label="Add a folder" look="edge" onClick={() => { setWhen('before'); void chooseAndAdd(true) }} />
      </div>
      {problem !== undefined && <p className={styles.problem} role="alert">{problem}</p>}
      {when !== 'before' && listing === undefined ? <p className={styles.empty}>{when === 'then' && phase === 'ended' ? 'Running it again to look into its files…' : absence(phase)}</p> : rows.length === 0 ? (
        <p className={styles.empty}>
          {when === 'before'
            ? 'This guest finds an empty root directory. Add files or a folder, or drop them anywhere on the page.'
            : when === 'then' ? 'The root directory was empty.' : 'The run has left an empty root directory.'}
        </p>
      ) : (
        <div className={styles.split}>
          <FileList rows={rows} path={row?.path} onChoose={setPath} label={when === 'before' ? 'Files before the run' : when === 'then' ? `Files at event ${cursor}` : 'Files after the run'} />
          <FilePreview
            key={`${when} ${row?.path ?? ''}`} row={row} read={read}
            onRemove={row?.added === true ? () => { removeFile(row.path); setPath(undefined) } : undefined}
          />
        </div>
      )}
      {when === 'then' && past?.at !== undefined && past.at < cursor && <p className={styles.note}>As they were after event {past.at}, the latest moment up to here that was kept.</p>}
      {listing?.more === true && when !== 'before' && <p className={styles.problem}>There are more files than can be listed.</p>}
    </Dialog>
  )
}

const absence = (phase: string): string =>
  phase === 'running' || phase === 'loading'
    ? 'The guest is running: its files can be seen when it waits or has ended.'
    : 'This is a recording. Run it, and the files are shown as the run has left them.'
