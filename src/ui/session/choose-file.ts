interface Choice {
  /** As an input's `accept`. */
  readonly accept?: string
  readonly multiple?: boolean
  /** A folder with all that is in it. */
  readonly folder?: boolean
}

/** Lets the person choose files; none if they think better of it. To be called while a click or key is being handled. */
export const chooseFiles = ({ accept = '', multiple = false, folder = false }: Choice = {}): Promise<readonly File[]> =>
  new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = accept
    input.multiple = multiple
    input.webkitdirectory = folder
    input.onchange = () => resolve([...(input.files ?? [])])
    input.oncancel = () => resolve([])
    input.click()
  })

/** Gives the person a file to keep. */
export const saveFile = (parts: readonly BlobPart[], name: string, type: string): void => {
  const url = URL.createObjectURL(new Blob([...parts], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
