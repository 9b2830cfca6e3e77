import { Shape } from './opcode.ts'

const SELECT = 0x1b

/**
 * Per shape: the type of a local for it, the canonical NaN as a constant, the instruction that finds values equal to
 * themselves, and the choice.
 */
export const CANON: Readonly<
  Record<number, { type: number; nan: readonly number[]; equal: readonly number[]; choose: readonly number[] }>
> = {
  [Shape.f32]: { type: 0x7d, nan: [0x43, 0, 0, 0xc0, 0x7f], equal: [0x5b], choose: [SELECT] },
  [Shape.f64]: { type: 0x7c, nan: [0x44, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f], equal: [0x61], choose: [SELECT] },
  [Shape.f32x4]: {
    type: 0x7b,
    nan: [0xfd, 12, ...Array.from({ length: 4 }, () => [0, 0, 0xc0, 0x7f]).flat()],
    equal: [0xfd, 65],
    choose: [0xfd, 82],
  },
  [Shape.f64x2]: {
    type: 0x7b,
    nan: [0xfd, 12, ...Array.from({ length: 2 }, () => [0, 0, 0, 0, 0, 0, 0xf8, 0x7f]).flat()],
    equal: [0xfd, 71],
    choose: [0xfd, 82],
  },
}
