import { expect, test } from 'vitest'
import { actsWhileTyping, isSingleKey, keyOf } from './keys.ts'

const press = (key: string, ...held: ('ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey')[]) => ({
  key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...Object.fromEntries(held.map((one) => [one, true])),
})

test.for([
  [press('n'), 'n'],
  [press('N'), 'n'], // Caps Lock
  [press('N', 'shiftKey'), 'Shift+N'],
  [press('?', 'shiftKey'), '?'],
  [press('+', 'shiftKey'), '+'],
  [press('F6', 'shiftKey'), 'Shift+F6'],
  [press('Enter', 'metaKey'), 'Mod+Enter'],
  [press('p', 'ctrlKey', 'shiftKey'), 'Mod+Shift+P'],
] as const)('%o is %s', ([event, keys]) => expect(keyOf(event)).toBe(keys))

test('only combinations act while a person types', () => {
  expect(['Mod+Enter', 'F6', 'Shift+F6', 'Escape'].every(actsWhileTyping)).toBe(true)
  expect(['n', 'Shift+N', '?', 'Enter', 'Home'].some(actsWhileTyping)).toBe(false)
})

test('single keys are those that a person could hit by chance', () => {
  expect(['n', '?', 'Shift+N', '['].every(isSingleKey)).toBe(true)
  expect(['Mod+Enter', 'F6', 'Home', 'ArrowLeft', 'Escape'].some(isSingleKey)).toBe(false)
})
