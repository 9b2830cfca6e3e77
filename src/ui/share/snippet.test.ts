import { expect, test } from 'vitest'
import { embedAddress, embedSnippet, sourceAddress } from './snippet.ts'
import { sourceOf } from './source-address.ts'

const PAGE = 'https://skipcall.example/sub/'

test.for<readonly [string, string]>([
  [`${PAGE}#1/r/AAAA`, `${PAGE}?embed#1/r/AAAA`],
  [`${PAGE}?src=https%3A%2F%2Fa.example%2Fb.json`, `${PAGE}?src=https%3A%2F%2Fa.example%2Fb.json&embed`],
])('the embed of %s is at %s', ([address, embed]) => expect(embedAddress(address)).toBe(embed))

test('a title cannot leave its attribute', () => {
  const snippet = embedSnippet(`${PAGE}#1/r/AAAA`, 'Skipcall: "><script>alert(1)</script>&', 480)
  expect(snippet).toContain('title="Skipcall: &quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;"')
  expect(snippet.match(/</g)).toHaveLength(2)
})

test.for<readonly [string, string]>([
  ['https://files.example/a b.skipcall.json?x=1&y=2', 'https://files.example/a%20b.skipcall.json?x=1&y=2'],
  [' https://files.example/a#b ', 'https://files.example/a#b'],
])('a file at %s is fetched from there', ([file, url]) => {
  const address = sourceAddress(PAGE, file)
  const source = sourceOf(address ?? '')
  expect(source !== undefined && 'url' in source ? source.url.href : source).toBe(url)
})

test.for(['http://files.example/a', 'ftp://files.example/a', 'javascript:alert(1)', 'data:text/plain,a', 'https://me:secret@files.example/a', 'a file'])(
  'no link is made to %s', (file) => expect(sourceAddress(PAGE, file)).toBeUndefined())

test.for([
  ['https://files.example/a', false], ['./course/one.json', true], ['/one.json', true],
] as const)('src=%s is fetched; of the page’s own host: %s', ([src, own]) => {
  const source = sourceOf(`${PAGE}?src=${encodeURIComponent(src)}`)
  expect(source !== undefined && 'own' in source && source.own).toBe(own)
})

test.for(['http://files.example/a', 'javascript:alert(1)', 'data:,a', 'file:///etc/passwd', 'blob:https://x/1', 'blob:https://skipcall.example/1', 'https://me:secret@files.example/a', 'https://'])(
  'src=%s is refused with a sentence', (src) => {
    const source = sourceOf(`${PAGE}?src=${encodeURIComponent(src)}`)
    expect(source !== undefined && 'refused' in source ? source.refused : '').toMatch(/^[A-Z“a-z].*\.$/)
  })

test('without src there is nothing to fetch', () => {
  expect(sourceOf(PAGE)).toBeUndefined()
  expect(sourceOf(`${PAGE}?src=`)).toBeUndefined()
})
