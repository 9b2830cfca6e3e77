import { useEffect, useRef, useState } from 'react'
import { Button } from '../widgets/button.tsx'
import { classNames } from '../widgets/class-names.ts'
import styles from './input-line.module.css'

interface InputLineProps {
  /** The program that reads the terminal. */
  readonly program: string
  /** Everybody waits for what is typed. */
  readonly waiting: boolean
  /** A line, its newline with it. */
  readonly onInput: (text: string) => void
  readonly onEndOfInput: () => void
}

/** Where a person types for a guest that reads its terminal. */
export function InputLine({ program, waiting, onInput, onEndOfInput }: InputLineProps) {
  const [text, setText] = useState('')
  const [ended, setEnded] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    // Takes the focus only from nowhere: whoever types in the editor goes on typing there.
    if (waiting && (document.activeElement === null || document.activeElement === document.body)) field.current?.focus()
  }, [waiting])

  const send = () => {
    onInput(`${text}\n`)
    setText('')
  }
  const endInput = () => {
    if (text !== '') {
      onInput(text)
      setText('')
    }
    setEnded(true)
    onEndOfInput()
  }
  const prompt = ended ? 'The input has ended' : waiting ? `${program} is waiting for a line` : `Type for ${program}; it is read when it asks`
  return (
    <form
      className={classNames(styles.form, waiting && !ended && styles.waiting)}
      onSubmit={(event) => {
        event.preventDefault()
        if (!ended) send()
      }}
    >
      <label className={styles.prompt} htmlFor="console-input" role="status">{prompt}</label>
      <div className={styles.row}>
        <input
          ref={field}
          id="console-input"
          className={styles.field}
          value={text}
          disabled={ended}
          dir="auto"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.ctrlKey && event.key.toLowerCase() === 'd') {
              event.preventDefault()
              endInput()
            }
          }}
        />
        <Button type="submit" look={waiting ? 'primary' : 'edge'} disabled={ended}>Send</Button>
        <Button look="edge" disabled={ended} onClick={endInput}>End of input <kbd className={styles.key}>^D</kbd></Button>
      </div>
    </form>
  )
}
