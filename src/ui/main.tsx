import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import './theme.css'
import './base.css'
import { openPage, recallLook } from './session/boot.ts'
import { Boundary } from './shell/boundary.tsx'
import { app } from './state/store.ts'

const pinTheme = (): void => {
  const { theme } = app.getState()
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

// What is shown is fetched while the look is recalled: neither waits for the other.
const opening = openPage()
await recallLook()
pinTheme()
app.subscribe(pinTheme)
createRoot(root).render(<StrictMode><Boundary name="page"><App /></Boundary></StrictMode>)
await opening
