import { Suspense, lazy, useMemo, useRef, useState } from 'react'
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
  if (!near && !wanted) {
    return (
      <div
        className={styles.fill} onPointerEnter={() => setNear(true)} onPointerDown={() => { focused.current = true; setNear(true) }}
        onFocus={() => { focused.current = true; setNear(true) }}
      >
        {listing}
      </div>
    )
  }
  return (
    <div className={styles.fill} onPointerDown={() => { focused.current = true }}>
      <Boundary name="editor">
        <Suspense fallback={listing}><Loaded marks={marks} focused={focused} /></Suspense>
      </Boundary>
    </div>
  )
}

function Loaded({ marks, focused }: { readonly marks: ReturnType<typeof useMarks>; readonly focused: React.RefObject<boolean> }) {
  return <ScriptEditor marks={marks} wantsFocus={focused.current} />
}
