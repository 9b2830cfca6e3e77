import { expect, test } from 'vitest'
import { spawnChosen, spawnedInstead } from './spawned.ts'

test.for([
  ['trace(spawn())', []],
  ['trace(spawn("mine"))', []],
  ['trace(spawn("cat"))', ['cat']],
  ["trace(spawn( 'cat' )); spawn(`ls`); spawn(\"cat\")", ['cat', 'ls']],
  ['trace(spawn("cat")); trace(spawn())', []],
  ['respawn("cat"); spawn("cat", ["-n"])', []],
] as const)('%s', ([script, names]) => expect(spawnedInstead(script, 'mine')).toEqual(names))

test('only the spawns of those programs are turned', () => {
  expect(spawnChosen('spawn("cat"); spawn("ls"); spawn("cat", [])', ['cat'])).toBe('spawn(); spawn("ls"); spawn("cat", [])')
})
