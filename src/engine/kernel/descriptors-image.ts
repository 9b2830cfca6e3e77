import { Descriptors } from './descriptors.ts'
import type { Descriptor, Fd } from './descriptors.ts'
import type { OpenFile } from './file.ts'

/**
 * The descriptors of all processes at one moment, for checkpoints: taken together with `FileSystem.snapshot`,
 * which counts the open files, and restored together with it.
 */
export interface DescriptorsImage {
  readonly files: readonly OpenFile[]
  readonly tables: readonly (readonly (readonly [fd: Fd, file: number, descriptor: Descriptor])[])[]
}

/** Notes the tables; which descriptors share an open file is kept. Streams note their own state. */
export const saveDescriptors = (tables: readonly Descriptors[]): DescriptorsImage => {
  const index = new Map<OpenFile, number>()
  const numberOf = (file: OpenFile): number => {
    const number = index.get(file) ?? index.size
    index.set(file, number)
    return number
  }
  const saved = tables.map((table) =>
    table.entries().map(([fd, descriptor]) => [fd, numberOf(descriptor.file), descriptor] as const))
  return { files: [...index.keys()].map((file) => ({ ...file, refs: 0 })), tables: saved }
}

/** New tables as they were, in the same order; the image can be restored again. */
export const restoreDescriptors = (image: DescriptorsImage): readonly Descriptors[] => {
  const files = image.files.map((file) => ({ ...file }))
  return image.tables.map((saved) => {
    const table = new Descriptors()
    for (const [fd, number, descriptor] of saved) {
      const file = files[number]
      if (file !== undefined) table.place(fd, { ...descriptor, file })
    }
    return table
  })
}
