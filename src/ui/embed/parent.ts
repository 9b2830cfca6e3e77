import { seekNote } from '../../engine/link/note.ts'
import { shownNotes } from '../notes/shown.ts'
import { app } from '../state/store.ts'
import { requestIn, type EmbedReport, type EmbedRequest } from './message.ts'

/** An event that was asked for before it was there; 0: none. */
let wanted = 0

const carryOut = (request: EmbedRequest): void => {
  const state = app.getState()
  switch (request.kind) {
    case 'seek':
      if (request.seq <= state.traceLength) state.moveTo(request.seq)
      // A run that is over grows no more: its last event is as near as one gets.
      else if (state.phase === 'ended' && state.traceLength > 0) state.moveTo(state.traceLength)
      else wanted = request.seq
      return
    case 'play':
      state.arrange({ playing: request.on && shownNotes(state).length > 0 })
      return
    case 'note': {
      const note = seekNote(shownNotes(state), state.cursor, request.by)
      if (note !== undefined) state.moveTo(note.at)
    }
  }
}

/**
 * Listens to the page around this one, and tells it where the embed stands: a lecture's slides drive it so.
 *
 * @param height what the embed could use, in CSS pixels
 */
export const talkToParent = (height: () => number): (() => void) => {
  let said = ''
  let timer = 0
  const report = (): void => {
    timer = 0
    const { cursor, traceLength } = app.getState()
    const told: EmbedReport = { from: 'skipcall', height: height(), cursor, length: traceLength }
    const text = JSON.stringify(told)
    if (text === said) return
    said = text
    // Whoever embeds a page sees it anyway.
    window.parent.postMessage(told, '*')
  }
  const hear = (event: MessageEvent): void => {
    if (event.source !== window.parent || window.parent === window) return
    const request = requestIn(event.data)
    if (request !== undefined) carryOut(request)
  }
  window.addEventListener('message', hear)
  const stop = app.subscribe((now, before) => {
    if (wanted > 0 && (now.phase === 'ended' || now.traceLength >= wanted) && now.traceLength > 0) {
      const seq = wanted
      wanted = 0
      // After the session has put the cursor where the link wants it.
      setTimeout(() => app.getState().moveTo(seq))
    }
    if (now.cursor !== before.cursor || now.traceLength !== before.traceLength || now.trace !== before.trace) timer ||= requestAnimationFrame(report)
  })
  report()
  return () => {
    window.removeEventListener('message', hear)
    cancelAnimationFrame(timer)
    stop()
  }
}
