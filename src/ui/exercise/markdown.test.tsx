import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Markdown } from './markdown.tsx'

const html = (text: string): string => renderToStaticMarkup(<Markdown text={text} />)

test('a table is shown as one', () => {
  const shown = html('| at | field |\n|---|---|\n| 32 | `size` |\n')
  expect(shown).toContain('<th>at</th>')
  expect(shown).toContain('<td><code>size</code></td>')
})

test('a table whose heads are empty has none', () => {
  const shown = html('| | |\n|---|---|\n| `fd` | a descriptor |\n')
  expect(shown).not.toContain('<th')
  expect(shown).toContain('<td>a descriptor</td>')
})

test('HTML in a text is text, and no picture is fetched', () => {
  const shown = html('<script>alert(1)</script> ![a cat](https://example.org/cat.png)')
  expect(shown).not.toContain('<script')
  expect(shown).not.toContain('<img')
  expect(shown).toContain('a cat')
})
