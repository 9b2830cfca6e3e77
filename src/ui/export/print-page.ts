/**
 * Prints a page of HTML, and not this one. It stands in a frame that runs no script, whatever it holds; same-origin, since it has to be
 * told to print.
 */
export const printPage = (html: string): Promise<void> =>
  new Promise((resolve) => {
    const frame = document.createElement('iframe')
    frame.setAttribute('sandbox', 'allow-same-origin allow-modals')
    frame.title = 'Handout'
    frame.style.cssText = 'position: fixed; inset-inline-start: -10000px; inline-size: 800px; block-size: 600px; border: 0'
    frame.setAttribute('aria-hidden', 'true')
    frame.onload = () => {
      const view = frame.contentWindow
      if (view === null) return resolve()
      view.addEventListener('afterprint', () => setTimeout(() => frame.remove(), 1000))
      view.print()
      resolve()
    }
    frame.srcdoc = html
    document.body.append(frame)
  })
