// For the tests of this folder: modules byte by byte.

/** An unsigned LEB128. */
export const leb = (value: number): number[] => {
  const bytes: number[] = []
  let rest = value
  do {
    const low = rest % 128
    rest = Math.floor(rest / 128)
    bytes.push(rest > 0 ? low | 0x80 : low)
  } while (rest > 0)
  return bytes
}

export const section = (id: number, content: readonly number[]): number[] => [id, ...leb(content.length), ...content]

export const named = (text: string): number[] => [...leb(text.length), ...[...text].map((each) => each.charCodeAt(0))]

export const custom = (name: string, content: readonly number[]): number[] => section(0, [...named(name), ...content])

const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]

/** A module whose functions, all () → (), have these bodies, each with its locals and without its last `end`. */
export const moduleOf = (bodies: readonly (readonly number[])[], more: readonly number[] = []): Uint8Array =>
  Uint8Array.from([
    ...HEADER,
    ...section(1, [2, 0x60, 0, 0, 0x60, 2, 0x7f, 0x7e, 2, 0x7c, 0x7d]),
    ...section(3, [...leb(bodies.length), ...bodies.map(() => 0)]),
    ...section(4, [2, 0x70, 0, 1, 0x70, 0, 1]),
    ...section(5, [1, 0, 1]),
    ...section(13, [1, 0, 0]),
    ...section(6, [1, 0x7f, 1, 0x41, 0, 0x0b]),
    ...section(9, [1, 1, 0, 1, 0]),
    ...section(12, [1]),
    ...section(10, [...leb(bodies.length), ...bodies.flatMap((body) => [...leb(body.length + 1), ...body, 0x0b])]),
    ...section(11, [1, 1, 0]),
    ...more,
  ])
