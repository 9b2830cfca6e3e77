import type { Page } from '@playwright/test'

/** A file to be dropped: text, or bytes. */
export interface Dropped {
  readonly name: string
  readonly content: string | Uint8Array
}

/** Drops files on the page, as a file manager does. */
export const drop = async (page: Page, files: readonly Dropped[]): Promise<void> => {
  const packed = files.map(({ name, content }) => ({ name, base64: Buffer.from(content).toString('base64') }))
  const transfer = await page.evaluateHandle(async (given) => {
    const data = new DataTransfer()
    for (const { name, base64 } of given) {
      const bytes = await (await fetch(`data:application/octet-stream;base64,${base64}`).catch(() => undefined))?.arrayBuffer()
      data.items.add(new File([bytes ?? Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], name))
    }
    return data
  }, packed)
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer })
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
}

/** A folder to be dropped: its files by their paths within it. */
export type DroppedFolder = Readonly<Record<string, string>>

/**
 * Drops a folder. A page cannot make one, so the entries that the browser would give are made by hand; a reader gives
 * them one at a time, as it may.
 */
export const dropFolder = async (page: Page, name: string, files: DroppedFolder): Promise<void> => {
  await page.evaluate(([top, content]) => {
    interface Tree { [name: string]: string | Tree }
    const tree: Tree = {}
    for (const [path, text] of Object.entries(content)) {
      const parts = path.split('/')
      let at = tree
      for (const part of parts.slice(0, -1)) at = (at[part] ??= {}) as Tree
      at[parts[parts.length - 1] as string] = text
    }
    const entry = (called: string, node: string | Tree): object =>
      typeof node === 'string'
        ? { name: called, isFile: true, isDirectory: false, file: (give: (file: File) => void) => give(new File([node], called)) }
        : {
            name: called, isFile: false, isDirectory: true,
            createReader: () => {
              const left = Object.entries(node)
              return { readEntries: (give: (some: object[]) => void) => give(left.splice(0, 1).map(([one, below]) => entry(one, below))) }
            },
          }
    const item = { kind: 'file', webkitGetAsEntry: () => entry(top, tree) }
    const event = new DragEvent('drop', { bubbles: true, cancelable: true })
    Object.defineProperty(event, 'dataTransfer', { value: { types: ['Files'], items: [item] } })
    document.body.dispatchEvent(event)
  }, [name, files] as const)
}
