import { Component, type ErrorInfo, type ReactNode } from 'react'
import { app } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import styles from './boundary.module.css'

interface BoundaryProps {
  /** What is inside, as a person would call it. */
  readonly name: string
  readonly children: ReactNode
}

/** Keeps a mistake of ours in one pane: the others, the script and the trace go on. */
export class Boundary extends Component<BoundaryProps, { readonly error: Error | undefined }> {
  override state: { readonly error: Error | undefined } = { error: undefined }

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }
  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(error, info.componentStack)
  }
  override render(): ReactNode {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return (
      <div className={styles.problem} role="alert">
        <b>The {this.props.name} has failed.</b>
        <p>This is a mistake in Skipcall. Your script is kept. It said: <code>{error.message}</code></p>
        <div className={styles.tools}>
          <Button label="Try again" look="edge" onClick={() => this.setState({ error: undefined })} />
          <Button label="Copy the script" onClick={() => void navigator.clipboard.writeText(app.getState().script)} />
        </div>
      </div>
    )
  }
}
