import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useKeys } from '../commands/use-keys.ts'
import { CommandButton } from '../commands/command-button.tsx'
import type { Command } from '../commands/command.ts'
import { useMatches } from '../filter/matches.ts'
import { Inspector } from '../inspector/inspector.tsx'
import { NoteBar } from '../notes/note-bar.tsx'
import { shownNotes } from '../notes/shown.ts'
import { Announcer } from '../shell/announcer.tsx'
import { Banner } from '../shell/banner.tsx'
import { Boundary } from '../shell/boundary.tsx'
import { heightOf, naturalHeight } from '../shell/height.ts'
import { LoadingBanner } from '../shell/loading-banner.tsx'
import { SeqField } from '../shell/seq-field.tsx'
import { useMedia } from '../shell/use-media.ts'
import { useApp } from '../state/store.ts'
import { Timeline } from '../timeline/timeline.tsx'
import { Icon } from '../widgets/icon.tsx'
import { Pane, PaneHead } from '../widgets/pane.tsx'
import styles from './embed.module.css'
import { openEmbed } from './open-embed.ts'
import { talkToParent } from './parent.ts'
import { sleepOffScreen } from './sleep.ts'

const SourceTab = lazy(async () => ({ default: (await import('../inspector/source-tab.tsx')).SourceTab }))
const SourceDialog = lazy(async () => ({ default: (await import('../share/source-dialog.tsx')).SourceDialog }))

/** What a reader can do: look, and go anywhere. Nothing runs again, and no dialog of the page opens. */
const LOOKS = new Set(['filter', 'next-match', 'unmatched', 'maximise', 'collapse'])
const isOfEmbed = ({ group, id }: Command): boolean =>
  (group === 'Move' && !id.startsWith('present')) || (group === 'Look' && !LOOKS.has(id)) || id === 'escape'

/** The whole page without what writes: the same address, in a tab of its own. */
const copyAddress = (): string => {
  const address = new URL(location.href)
  address.searchParams.delete('embed')
  return address.href
}

/** Heights of what stands above and below the timeline, in CSS pixels. */
const BAR = 44
const LECTURE = 160
const BELOW = 320

/** A run in a frame of another page: transport, timeline, source and inspector. */
export function EmbedApp() {
  useKeys(isOfEmbed)
  const root = useRef<HTMLDivElement>(null)
  const begin = useRef<HTMLButtonElement>(null)
  const end = useRef<HTMLButtonElement>(null)
  const [address, setAddress] = useState(copyAddress)
  const wide = useMedia('(min-width: 900px)')
  const tracks = useApp((state) => state.trace.births.length)
  const lecture = useApp((state) => shownNotes(state).length > 0)
  const asks = useApp((state) => state.dialog === 'source')
  const show = useApp((state) => state.show)
  const natural = BAR + naturalHeight(tracks, 0) + (lecture ? LECTURE : 0) + BELOW
  const height = useRef(natural)
  height.current = natural

  useEffect(() => talkToParent(() => height.current), [])
  useEffect(() => (root.current === null ? undefined : sleepOffScreen(root.current, () => void openEmbed())), [])
  useEffect(() => {
    const reopen = (): void => {
      setAddress(copyAddress())
      void openEmbed()
    }
    window.addEventListener('hashchange', reopen)
    return () => window.removeEventListener('hashchange', reopen)
  }, [])

  return (
    <div className={styles.embed} ref={root}>
      <header className={styles.bar}>
        <button type="button" ref={begin} className={styles.skip} onClick={() => end.current?.focus()}>Skip this trace</button>
        <h1 className={styles.said}>A run in Skipcall</h1>
        <div className={styles.steps} role="toolbar" aria-label="Transport">
          <CommandButton id="first" icon="first" />
          <CommandButton id="back" icon="back" />
          <CommandButton id="step" icon="step" word="Step" look="primary" />
          <CommandButton id="last" icon="last" />
          <SeqField />
        </div>
        <span className={styles.grow} />
        <a className={styles.copy} href={address} target="_blank" rel="noopener">
          <Icon name="code" />Edit a copy<span className={styles.said}> (opens Skipcall in a new tab)</span>
        </a>
      </header>
      <LoadingBanner />
      <Banner />
      <Waiting />
      <main className={styles.work}>
        <div className={styles.timeline} style={{ height: heightOf(tracks, 0) }} data-slot="timeline"><Boundary name="timeline"><Timeline matches={useMatches()} /></Boundary></div>
        {lecture && <NoteBar readOnly />}
        <div className={styles.below} data-wide={wide || undefined}>
          {wide && <div className={styles.part} data-slot="source"><Boundary name="source"><Source /></Boundary></div>}
          <div className={styles.part} data-slot="inspector"><Boundary name="inspector"><Inspector /></Boundary></div>
        </div>
        {/* Something to stand on: from an element that Tab does not reach, Chromium goes round in the frame. */}
        <button type="button" ref={end} className={styles.skip} onClick={() => begin.current?.focus()}>Back to the beginning of this trace</button>
      </main>
      <Announcer />
      {asks && <Suspense><SourceDialog onClose={() => show({ dialog: 'none' })} /></Suspense>}
    </div>
  )
}

/** Where there is room it stands beside the call; otherwise it is a tab of the inspector. */
function Source() {
  const trace = useApp((state) => state.trace)
  const length = useApp((state) => state.traceLength)
  const cursor = useApp((state) => state.cursor)
  return (
    <Pane label="Source">
      <PaneHead title="Source" />
      {length > 0 && <Suspense><SourceTab trace={trace} seq={Math.min(cursor, length)} length={length} /></Suspense>}
    </Pane>
  )
}

/** Who reads a lecture has neither a console nor decisions. */
function Waiting() {
  const waits = useApp((state) => state.phase === 'waiting')
  const byHand = useApp((state) => state.decisionAt !== undefined)
  if (!waits) return null
  return <p className={styles.waits} role="status">The guest waits for {byHand ? 'a decision' : 'input'}: choose “Edit a copy” to go on with it.</p>
}

