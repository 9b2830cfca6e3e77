import { useRef, useState } from 'react'
import { Button } from '../widgets/button.tsx'
import { useAuthoring } from './authoring.ts'
import styles from './author.module.css'
import { isDraft, placeText } from './draft.ts'
import { lineOf, parseJson, pathKey, type Path } from './json-place.ts'

/** The same exercise as text. While it is no JSON the form keeps what it had last. */
export function JsonTab() {
  const { draft, change, problems } = useAuthoring()
  const area = useRef<HTMLTextAreaElement>(null)
  const [typed, setTyped] = useState(() => JSON.stringify(draft, undefined, 2))
  const parsed = parseJson(typed)
  const type = (text: string): void => {
    setTyped(text)
    const next = parseJson(text)
    if (next.ok && isDraft(next.value)) change([], next.value)
  }
  const goTo = (at: number): void => {
    const { current } = area
    if (current === null) return
    current.focus()
    current.setSelectionRange(at, at)
    const { line } = lineOf(typed, at)
    current.scrollTop = Math.max(0, (line - 4) * 18)
  }
  const placeOf = (path: Path): number => {
    if (!parsed.ok) return 0
    for (let most = path.length; most > 0; most--) {
      const at = parsed.places.get(pathKey(path.slice(0, most)))
      if (at !== undefined) return at
    }
    return 0
  }
  const faults = !parsed.ok ? [{ at: parsed.at, sentence: `This is not JSON: ${parsed.wanted} is expected here.` }]
    : !isDraft(parsed.value) ? [{ at: 0, sentence: 'An exercise is an object, in braces.' }]
    : problems.map(({ path, sentence }) => ({ at: placeOf(path), sentence: `${placeText(path) || 'The exercise'} ${sentence}.` }))
  return (
    <>
      <div className={styles.field}>
        <label htmlFor="author-json">The exercise as JSON: what the form writes, and all that it can read</label>
        <textarea
          id="author-json" ref={area} className={styles.monoArea} rows={24} value={typed} spellCheck={false} wrap="off"
          aria-invalid={faults.length > 0} aria-describedby="author-json-faults" onChange={({ target }) => type(target.value)}
        />
      </div>
      <ul className={styles.problems} id="author-json-faults" aria-label="What is wrong in the JSON">
        {faults.map(({ at, sentence }) => {
          const { line, column } = lineOf(typed, at)
          return <li key={sentence}><Button label={`Line ${line}, column ${column}`} look="edge" small onClick={() => goTo(at)} /> <span>{sentence}</span></li>
        })}
      </ul>
    </>
  )
}
