import { lazy, Suspense, useCallback, useEffect } from 'react'
import { useApp } from '../state/store.ts'
import type { ViewSlice } from '../state/view.ts'
import { Boundary } from './boundary.tsx'

interface DialogProps {
  readonly onClose: () => void
}
type Name = Exclude<ViewSlice['dialog'], 'none' | 'goto'>

/** Dialogs come when they are asked for: none is part of the first picture. */
const LOADERS: Readonly<Record<Name, () => Promise<(props: DialogProps) => React.ReactNode>>> = {
  help: async () => (await import('../commands/help.tsx')).Help,
  palette: async () => (await import('../commands/palette.tsx')).Palette,
  share: async () => (await import('../share/share-dialog.tsx')).ShareDialog,
  guest: async () => (await import('../share/guest-dialog.tsx')).GuestDialog,
  files: async () => (await import('../files/files-dialog.tsx')).FilesDialog,
  replace: async () => (await import('../hand/replace-dialog.tsx')).ReplaceDialog,
  author: async () => (await import('../author/author-dialog.tsx')).AuthorDialog,
  yours: async () => (await import('../yours/yours-dialog.tsx')).YoursDialog,
  course: async () => (await import('../exercise/course-dialog.tsx')).CourseDialog,
  export: async () => (await import('../export/export-dialog.tsx')).ExportDialog,
  cost: async () => (await import('../cost/cost-dialog.tsx')).CostDialog,
  'what-if': async () => (await import('../branches/what-if-dialog.tsx')).WhatIfDialog,
  diff: async () => (await import('../branches/diff-dialog.tsx')).DiffDialog,
  faults: async () => (await import('../faults/faults-dialog.tsx')).FaultsDialog,
  note: async () => (await import('../notes/note-dialog.tsx')).NoteDialog,
  source: async () => (await import('../share/source-dialog.tsx')).SourceDialog,
  schedules: async () => (await import('../chaos/schedules-dialog.tsx')).SchedulesDialog,
}

const component = (name: Name) => lazy(async () => ({ default: await LOADERS[name]() }))
const DIALOGS: Readonly<Record<Name, ReturnType<typeof component>>> = {
  help: component('help'), palette: component('palette'), share: component('share'), guest: component('guest'),
  files: component('files'), replace: component('replace'), export: component('export'), cost: component('cost'),
  'what-if': component('what-if'), diff: component('diff'), faults: component('faults'), schedules: component('schedules'), course: component('course'),
  yours: component('yours'), author: component('author'), note: component('note'), source: component('source'),
}

/** The dialog that is open. */
export function Dialogs() {
  const dialog = useApp((state) => state.dialog)
  const show = useApp((state) => state.show)
  useEffect(() => {
    // A key that opens a dialog must not wait for the network while the next keys already go somewhere.
    const timer = setTimeout(() => void Promise.allSettled(Object.values(LOADERS).map((load) => load())), 2000)
    return () => clearTimeout(timer)
  }, [])
  const close = useCallback(() => show({ dialog: 'none' }), [show])
  if (dialog === 'none' || dialog === 'goto') return null
  const Dialog = DIALOGS[dialog]
  return <Boundary key={dialog} name="dialog"><Suspense fallback={<OnItsWay onClose={close} />}><Dialog onClose={close} /></Suspense></Boundary>
}

/** A dialog that is being fetched can be closed already. */
function OnItsWay({ onClose }: DialogProps) {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onClose()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [onClose])
  return null
}
