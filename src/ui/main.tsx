import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import './theme.css'
import './base.css'
import { isEmbedded } from './embed/embedded.ts'
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
  if (new URLSearchParams(location.search).has('src')) (await import('./share/source.ts')).askForSource()
  preloadRest()
}
/** In a frame of another page there is less of it, and nothing is recalled. */
const openInFrame = async (into: HTMLElement): Promise<void> => {
  const { EmbedApp } = await import('./embed/embed-app.tsx')
  createRoot(into).render(<StrictMode><Boundary name="page"><EmbedApp /></Boundary></StrictMode>)
}
void (isEmbedded() ? openInFrame(root) : open(root))
