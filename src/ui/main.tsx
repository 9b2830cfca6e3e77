import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import './theme.css'
import './base.css'
import { openPage, recallLook } from './session/boot.ts'
import { Boundary } from './shell/boundary.tsx'
import { preloadRest } from './shell/preload.ts'
import { app } from './state/store.ts'

const pinTheme = (): void => {
  const { theme } = app.getState()
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

// No await at the module's top: what is loaded later imports this module's file, and would wait for it to come to its end.
const open = async (into: HTMLElement): Promise<void> => {
  // What is shown is fetched while the look is recalled: neither waits for the other.
  const opening = openPage()
  await recallLook()
  pinTheme()
  app.subscribe(pinTheme)
  createRoot(into).render(<StrictMode><Boundary name="page"><App /></Boundary></StrictMode>)
  await opening
  preloadRest()
}
void open(root)
