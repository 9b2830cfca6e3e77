import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import type { Trace } from '../../engine/trace/trace.ts'
import { EventList } from '../events/event-list.tsx'
import { app } from '../state/store.ts'

const changed = (element: Element): Promise<void> =>
  new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      observer.disconnect()
      resolve()
    })
    observer.observe(element, { attributes: true, characterData: true, childList: true, subtree: true })
  })

/** Milliseconds from a scroll to the list laid out anew, for each of so many places in the list. */
export const scrollTimes = async (trace: Trace, width: number, height: number, scrolls: number): Promise<readonly number[]> => {
  const host = document.createElement('div')
  host.style.cssText = `display: grid; width: ${width}px; height: ${height}px`
  document.body.append(host)
  app.setState({ trace, traceLength: trace.length, phase: 'ended' })
  const root = createRoot(host)
  flushSync(() => root.render(<EventList />))
  const box = host.querySelector('[role=grid]')
  if (box === null) throw new Error('the list has no rows')
  const times: number[] = []
  for (let i = 0; i < scrolls; i++) {
    const began = performance.now()
    box.scrollTop = ((box.scrollHeight - box.clientHeight) * (i + 1)) / scrolls
    // React renders a scroll in a task of its own.
    const rendered = changed(box)
    box.dispatchEvent(new Event('scroll'))
    await rendered
    host.getBoundingClientRect()
    times.push(performance.now() - began)
  }
  if (!box.textContent.includes('fd_write')) throw new Error('the list shows no calls')
  root.unmount()
  host.remove()
  return times
}
