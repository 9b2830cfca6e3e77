import { Tabs } from 'radix-ui'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { loadCourse } from '../exercise/load.ts'
import { loadManifest } from '../session/manifest.ts'
import { useLoaded } from '../shell/use-loaded.ts'
import { Button } from '../widgets/button.tsx'
import styles from './author.module.css'
import { AuthoringContext, type Authoring } from './authoring.ts'
import { ChecksTab } from './checks-tab.tsx'
import { adviceOf, placeText, problemsOf, put, type Draft, type Problem } from './draft.ts'
import { JsonTab } from './json-tab.tsx'
import { pathKey, type Path } from './json-place.ts'
import { keepDraft, type KeptDraft } from './kept-drafts.ts'
import { CodeTab, HintsTab, TextTab } from './text-tab.tsx'
import { TryTab } from './try-tab.tsx'
import { WorldTab } from './world-tab.tsx'

/** Keystrokes are kept this long after the last of them, in milliseconds. */
const QUIET = 300

const TABS = [
  ['text', 'Text'], ['code', 'Scripts'], ['world', 'Guest and cases'], ['checks', 'Checks'], ['hints', 'Hints'], ['json', 'JSON'], ['try', 'Try and share'],
] as const
type TabName = (typeof TABS)[number][0]

/** Where a part of the exercise is written. */
const tabOf = ([key]: Path): TabName => {
  switch (key) {
    case 'title': case 'id': case 'summary': case 'text': return 'text'
    case 'starter': case 'solution': return 'code'
    case 'guest': case 'guests': case 'cases': case 'hidden': case 'budget': case 'untraced': return 'world'
    case 'checks': return 'checks'
    case 'hints': return 'hints'
    default: return 'json'
  }
}

interface WorkbenchProps {
  readonly begun: KeptDraft
  readonly onBack: () => void
  readonly onClose: () => void
}

/** One exercise, part by part; what is wrong stands below, with its place. */
export function Workbench({ begun, onBack, onClose }: WorkbenchProps) {
  const [draft, setDraft] = useState(begun.draft)
  const [tab, setTab] = useState<TabName>('text')
  const { value: manifest } = useLoaded(loadManifest)
  const { value: course } = useLoaded(loadCourse)
  useKept(begun.slot, draft)
  const problems = useMemo(() => problemsOf(draft), [draft])
  const advice = useMemo(
    () => adviceOf(draft, Object.keys(manifest?.guests ?? {}), (course ?? []).flatMap(({ exercises }) => exercises.map(({ id }) => id))),
    [draft, manifest, course],
  )
  const change = useCallback((path: Path, next: unknown) => setDraft((now) => put(now, path, next) as Draft), [])
  const authoring = useMemo<Authoring>(() => ({ draft, change, problems }), [draft, change, problems])
  const show = ({ path }: Problem): void => {
    setTab(tabOf(path))
    // Once the tab is there: the field itself, or the nearest that holds it.
    setTimeout(() => {
      for (let most = path.length; most > 0; most--) {
        const field = document.querySelector<HTMLElement>(`[data-path="${CSS.escape(pathKey(path.slice(0, most)))}"]`)
        if (field !== null) return field.focus()
      }
      return undefined
    })
  }
  return (
    <AuthoringContext value={authoring}>
      <Tabs.Root className={styles.tabs} value={tab} onValueChange={(next) => setTab(next as TabName)}>
        <div className={styles.bar}>
          <Button label="All exercises" icon="back" small onClick={onBack} />
          <Tabs.List className={styles.tabList} aria-label="Parts of the exercise">
            {TABS.map(([id, title]) => {
              const wrong = problems.filter(({ path }) => tabOf(path) === id).length
              return <Tabs.Trigger key={id} value={id} className={styles.tab}>{title}{wrong > 0 && <span className={styles.badge} title="what is wrong here">{wrong}</span>}</Tabs.Trigger>
            })}
          </Tabs.List>
        </div>
        <Panel id="text"><TextTab /></Panel>
        <Panel id="code"><CodeTab /></Panel>
        <Panel id="world"><WorldTab /></Panel>
        <Panel id="checks"><ChecksTab /></Panel>
        <Panel id="hints"><HintsTab /></Panel>
        <Panel id="json"><JsonTab /></Panel>
        <Panel id="try"><TryTab onClose={onClose} /></Panel>
      </Tabs.Root>
      <Problems title="To be corrected" problems={problems} onShow={show} />
      <Problems title="Still to do" problems={advice} onShow={show} />
    </AuthoringContext>
  )
}

function Panel({ id, children }: { readonly id: TabName; readonly children: React.ReactNode }) {
  return <Tabs.Content value={id} className={styles.panel}>{children}</Tabs.Content>
}

function Problems({ title, problems, onShow }: { readonly title: string; readonly problems: readonly Problem[]; readonly onShow: (problem: Problem) => void }) {
  if (problems.length === 0) return null
  return (
    <section className={styles.foot} aria-label={title}>
      <h3 className={styles.heading}>{title}</h3>
      <ul className={styles.problems}>
        {problems.map((problem) => (
          <li key={pathKey(problem.path) + problem.sentence}>
            <Button label={placeText(problem.path) || 'The exercise'} mono look="edge" small onClick={() => onShow(problem)} /> <span>{problem.sentence}.</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Keeps what is written: soon after each key, and at once when it is left. */
const useKept = (slot: number, draft: Draft): void => {
  const unkept = useRef<Draft>(undefined)
  useEffect(() => {
    unkept.current = draft
    const timer = setTimeout(() => {
      unkept.current = undefined
      void keepDraft({ slot, draft })
    }, QUIET)
    return () => clearTimeout(timer)
  }, [slot, draft])
  useEffect(() => {
    const keepNow = (): void => {
      if (unkept.current !== undefined) void keepDraft({ slot, draft: unkept.current })
    }
    document.addEventListener('visibilitychange', keepNow)
    return () => {
      document.removeEventListener('visibilitychange', keepNow)
      keepNow()
    }
  }, [slot])
}
