import { buildFixtures } from './build.mjs'

/** vitest's globalSetup: compiles what changed among the fixtures, before any test asks for one. */
export async function setup(): Promise<void> {
  await buildFixtures()
}
