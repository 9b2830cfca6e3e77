import type { Browser, Page } from '@playwright/test'

/** Playwright's own side of a browser that it drives over WebDriver BiDi, as far as it is needed here. */
interface BidiSession {
  send(method: string, params: object): Promise<unknown>
}

/** Firefox 153 has no such command yet, and Playwright 1.65 sends it for each context: the colour scheme stays the system's, light. */
const MISSING = 'emulation.setMediaFeaturesOverride'

/**
 * Lets Playwright open pages in a stock Firefox.
 *
 * @param browser one that was launched on the channel `moz-firefox`
 */
export const passOverMissing = (browser: Browser): void => {
  const { _connection: connection } = browser as unknown as { _connection: { toImpl(object: unknown): { _browserSession: BidiSession } } }
  const session = connection.toImpl(browser)._browserSession
  const sessions = Object.getPrototypeOf(session) as BidiSession
  const { send } = sessions
  sessions.send = function sendKnown(this: BidiSession, method, params) {
    return method === MISSING ? Promise.resolve({}) : send.call(this, method, params)
  }
}

/**
 * Lets `fill` be seen by React: over BiDi Playwright 1.65 sets a field's value through the property that React watches,
 * and says only then that somebody typed.
 */
export const typeAsAPerson = (page: Page): Promise<void> =>
  page.addInitScript(() => {
    Object.defineProperty(window, '__pw_bidiInsertText', {
      get: () => (text: string) => {
        document.execCommand('insertText', false, text)
      },
      set: () => {},
    })
  }).then(() => {})
