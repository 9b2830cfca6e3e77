import { Suspense, lazy, startTransition, useMemo, useRef, useState, type FocusEvent } from 'react'
import { useApp } from '../state/store.ts'
import { Boundary } from '../shell/boundary.tsx'
import { Listing } from './listing.tsx'
import { marksOf } from './marks.ts'
import styles from './editor.module.css'

const ScriptEditor = lazy(async () => ({ default: (await import('./script-editor.tsx')).ScriptEditor }))

/** Whether the run that is shown is one of this very script: else its line numbers mean nothing here. */
const useMarks = () => {
  const trace = useApp((state) => state.trace)
  const cursor = useApp((state) => state.cursor)
  const ran = useApp((state) => state.recipe?.script)
  const script = useApp((state) => state.script)
  return useMemo(() => (ran === script ? marksOf(trace, cursor) : undefined), [trace, cursor, ran, script])
}

/** The script: to read at once, to edit as soon as somebody goes near it. */
export function ScriptView() {
  const script = useApp((state) => state.script)
  const failed = useApp((state) => (state.recipe?.script === state.script ? (state.failure?.line ?? 0) : 0))
  const wanted = useApp((state) => state.goTo !== undefined)
  const [near, setNear] = useState(false)
  const focused = useRef(false)
  const pin = useApp((state) => (state.notes.includes(2) ? 2 : undefined))
  const marks = useMarks()
  const listing = <Listing label="tracer.ts" code={script} language="typescript" marks={marks} failed={failed} pin={pin} />
  // Moving in it, not being under a pointer that rests: a menu that closes above it leaves one there.
  // A transition: the listing, and with it the focus, stays until the editor is there.
  const approach = (): void => startTransition(() => setNear(true))
  const enter = (): void => {
    focused.current = true
    approach()
  }
  const leave = ({ relatedTarget }: FocusEvent): void => {
    // Without another target it is the listing that goes away, or nothing.
    if (relatedTarget !== null) focused.current = false
  }
  return (
    <div className={styles.fill} onPointerMove={approach} onPointerDown={enter} onFocus={enter} onBlur={leave}>
      <Boundary name="editor">
        <Suspense fallback={listing}>{near || wanted ? <Loaded marks={marks} focused={focused} /> : listing}</Suspense>
      </Boundary>
    </div>
  )
}

function Loaded({ marks, focused }: { readonly marks: ReturnType<typeof useMarks>; readonly focused: React.RefObject<boolean> }) {
  return <ScriptEditor marks={marks} wantsFocus={focused.current} />
}
