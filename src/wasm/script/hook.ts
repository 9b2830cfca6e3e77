/**
 * What the instrumented code calls. They are imported under names that occur nowhere in the script, and an
 * import cannot be assigned to. `Ticks` (engine/script/ticks.ts) implements them.
 */
export const HOOKS = [
  'base', 'tick', 'enter', 'leave', 'guard', 'rest', 'again', 'resumed', 'caught', 'pow', 'powOf', 'powTo', 'hold',
  'held', 'meta',
] as const
export type Hook = (typeof HOOKS)[number]
