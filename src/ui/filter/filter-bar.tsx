import { Search, X } from 'lucide-react'
import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { FilterError } from '../../engine/filter/parse.ts'
import type { Suggestion } from '../../engine/filter/suggest.ts'
import { app, useApp } from '../state/store.ts'
import { classNames } from '../widgets/class-names.ts'
import { Kbd } from '../widgets/kbd.tsx'
import { Segments } from '../widgets/segments.tsx'
import styles from './filter-bar.module.css'
import { filterLanguage, loadFilterLanguage } from './language.ts'
import { useFilterState, type FilterState } from './matches.ts'
import { seekMatchAround } from './seek.ts'

const EXAMPLES = 'Filter: %file errno:*   fd_write fd:1   skipped:yes   mem:0x10f00..0x10f40'

/** The filter of the trace: its text, what could stand next, what is wrong with it, how much it matches. */
export function FilterBar() {
  const text = useApp((s) => s.filter)
  const unmatched = useApp((s) => s.unmatched)
  const state = useFilterState()
  const field = useRef<HTMLInputElement>(null)
  const [language, setLanguage] = useState(filterLanguage)
  const [focused, setFocused] = useState(false)
  const [caret, setCaret] = useState(0)
  const [closed, setClosed] = useState(false)
  const [chosen, setChosen] = useState(-1)
  const list = useId()
  // Nothing is suggested until there is something to go by: the examples say what can be asked.
  const suggestions = useMemo(() => (text.slice(0, caret).trim() === '' ? [] : (language?.suggestFilter(text, caret) ?? [])), [language, text, caret])
  const open = focused && !closed && suggestions.length > 0
  // A word that is still being typed is not wrong yet.
  const error = open ? undefined : state.error
  const choice = open ? suggestions[chosen] : undefined

  const take = ({ insert, from, to }: Suggestion) => {
    // A field wants its value next; everything else is finished.
    const whole = insert.endsWith(':') || insert.endsWith('.') ? insert : `${insert} `
    const rest = text.slice(to).replace(/^ /, '')
    const next = text.slice(0, from) + whole + rest
    const at = from + whole.length
    app.getState().show({ filter: next })
    setChosen(-1)
    setCaret(at)
    requestAnimationFrame(() => field.current?.setSelectionRange(at, at))
  }
  const goOn = (by: 1 | -1) => {
    const seq = seekMatchAround(app.getState(), by)
    if (seq > 0) app.getState().moveTo(seq)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const { key } = event
    if ((key === 'ArrowDown' || key === 'ArrowUp') && suggestions.length > 0 && focused) {
      event.preventDefault()
      setClosed(false)
      // −1, the text as typed, is one of the places that the arrows pass.
      const places = suggestions.length + 1
      setChosen(((chosen + 1 + (key === 'ArrowDown' ? 1 : -1) + places) % places) - 1)
    } else if (key === 'Enter') {
      event.preventDefault()
      if (choice !== undefined) take(choice)
      else {
        setClosed(true)
        goOn(event.shiftKey ? -1 : 1)
      }
    } else if (key === 'Tab' && choice !== undefined && !event.shiftKey) {
      event.preventDefault()
      take(choice)
    } else if (key === 'Escape' && open) {
      event.stopPropagation()
      event.nativeEvent.stopImmediatePropagation()
      setClosed(true)
      setChosen(-1)
    }
  }

  return (
    <div className={styles.bar} role="search">
      <div className={classNames(styles.field, error !== undefined && styles.wrong)}>
        <Search size={16} aria-hidden="true" className={styles.icon} />
        <input
          ref={field}
          className={styles.input}
          data-field="filter"
          role="combobox"
          aria-label="Filter"
          aria-autocomplete="list"
          aria-expanded={open}
          aria-controls={open ? list : undefined}
          aria-activedescendant={choice === undefined ? undefined : `${list}-${chosen}`}
          aria-invalid={error !== undefined}
          aria-describedby={error === undefined || !focused ? undefined : `${list}-error`}
          placeholder={EXAMPLES}
          value={text}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          onChange={(event) => {
            app.getState().show({ filter: event.target.value })
            setCaret(event.target.selectionStart ?? event.target.value.length)
            setClosed(false)
            setChosen(-1)
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
          onFocus={() => {
            setFocused(true)
            // Without it nothing is suggested; a filter that needs it says so.
            loadFilterLanguage().then(setLanguage, () => {})
          }}
          onBlur={() => setFocused(false)}
          onKeyDown={onKeyDown}
        />
        {text === ''
          ? !focused && <Kbd keys="/" />
          : (
            <>
              <span className={classNames(styles.count, error !== undefined && styles.bad)} role="status">{countText(state, error)}</span>
              <button
                type="button" className={styles.clear} aria-label="Clear the filter"
                onClick={() => {
                  app.getState().show({ filter: '' })
                  field.current?.focus()
                }}
              >
                <X size={14} aria-hidden="true" />
              </button>
            </>
          )}
        {focused && (open || error !== undefined) && (
          <div className={styles.popover} onPointerDown={(event) => event.preventDefault()}>
            {error !== undefined && <ErrorText text={text} error={error} id={`${list}-error`} />}
            {open && (
              <ul className={styles.list} id={list} role="listbox" aria-label="Suggestions">
                {suggestions.map((suggestion, i) => (
                  <li
                    key={suggestion.insert} id={`${list}-${i}`} role="option" aria-selected={i === chosen}
                    className={classNames(styles.option, i === chosen && styles.chosen)} onClick={() => take(suggestion)}
                  >
                    <code>{suggestion.insert}</code><span>{suggestion.words}</span>
                  </li>
                ))}
              </ul>
            )}
          </div>
        )}
      </div>
      <Segments
        label="What does not match" value={unmatched} onChange={(next) => app.getState().show({ unmatched: next })}
        options={[{ id: 'dim', title: 'Dim' }, { id: 'hide', title: 'Hide' }]}
      />
    </div>
  )
}

const countText = ({ calls, found, complete }: FilterState, error: FilterError | undefined): string => {
  if (error !== undefined) return `error at column ${error.column}`
  if (found === undefined) return ''
  const more = complete ? '' : ' so far'
  const say = (n: number) => n.toLocaleString('en')
  if (calls.found === 0 && found.length > 0) return `${say(found.length)} ${found.length === 1 ? 'event' : 'events'}${more}`
  if (calls.found === 0 && complete) return 'no match'
  return `${say(calls.found)} of ${say(calls.all)} calls${more}`
}

/** The text with the column marked, what is wrong there, and what would be right. */
function ErrorText({ text, error, id }: { readonly text: string; readonly error: FilterError; readonly id: string }) {
  const at = Math.min(error.column - 1, text.length)
  // A long filter is shown around the place.
  const from = Math.max(0, at - 40)
  return (
    <div className={styles.error} id={id}>
      <pre className={styles.marked} aria-hidden="true">
        {from > 0 && '…'}{text.slice(from, at)}<mark>{text.slice(at, at + 1) || ' '}</mark>{text.slice(at + 1, at + 40)}
      </pre>
      <p><b>Column {error.column}.</b> {error.message} <span>{error.cure}</span></p>
    </div>
  )
}
