import fc from 'fast-check'
import { expect, test } from 'vitest'
import { requestIn } from './message.ts'

test.for([
  [{ seek: 214 }, { kind: 'seek', seq: 214 }],
  [{ play: true }, { kind: 'play', on: true }],
  [{ play: false, seek: 'x' }, { kind: 'play', on: false }],
  [{ note: 'next' }, { kind: 'note', by: 1 }],
  [{ note: 'previous' }, { kind: 'note', by: -1 }],
] as const)('%j asks for %j', ([data, request]) => expect(requestIn(data)).toEqual(request))

test.for([{ seek: 0 }, { seek: -3 }, { seek: 1.5 }, { seek: '7' }, { seek: 1e99 }, { play: 1 }, { note: 'first' }, [1], 'seek', null, undefined, { __proto__: { seek: 3 }, x: 1 }.x])(
  '%j asks for nothing', (data) => expect(requestIn(data)).toBeUndefined())

test('whatever another page sends, nothing is thrown', () => {
  fc.assert(fc.property(fc.anything(), (data) => void requestIn(data)))
})
