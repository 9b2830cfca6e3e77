import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PTRACE, PTRACE_EVENT, PTRACE_OPTION } from '../engine/abi/ptrace.ts'
import { SECCOMP_RET, SECCOMP_RET_ACTION_FULL, SECCOMP_RET_DATA } from '../engine/abi/seccomp.ts'
import { WCONTINUED, WEXITED, WNOHANG, WNOWAIT, WSTOPPED, WUNTRACED, __WALL, __WCLONE, __WNOTHREAD } from '../engine/abi/wait.ts'
import { DEVIATIONS, EVENT_SUPPORT, OPTION_SUPPORT, REQUEST_SUPPORT, type Support } from '../engine/ptrace/support.ts'
import { linuxByNumber } from '../engine/syscall/linux.ts'
import { preview1ByNumber } from '../engine/syscall/preview1.ts'
import type { Row } from '../engine/syscall/row.ts'
import { DECLARATIONS, documented, sentences } from './api-docs.ts'

// The page that lists every request, option, event and call, with its support and where it differs from Linux: made from the
// engine's tables and from the lines of api.d.ts, which get the same tables' words for the editor (api-docs.ts). Both are
// committed, and a test compares them (api-page.test.ts).

export const API_PAGE = fileURLToPath(new URL('../../public/api.html', import.meta.url))

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const prose = (text: string): string => escaped(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>')

const WORKS: Readonly<Record<Support['works'], string>> = { yes: 'yes', no: 'no', own: 'yes, not in Linux' }
const number = (value: number): string => (value < 256 ? String(value) : `0x${value.toString(16)}`)

const table = (id: string, title: string, heads: readonly string[], rows: readonly (readonly string[])[]): string => `
<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}">
<table>
<thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead>
<tbody>
${rows.map(([first, ...rest]) => `<tr><th scope="row"><code>${first}</code></th>${rest.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n')}
</tbody>
</table>
</div>
</section>`

const supported = <Name extends string>(numbers: Readonly<Record<Name, number>>, support: Readonly<Record<Name, Support>>): readonly (readonly string[])[] => {
  const said = sentences()
  return (Object.keys(numbers) as Name[]).map((name) => {
    const { works, unlike } = support[name]
    return [name, number(numbers[name]), WORKS[works], prose(said.get(name) ?? ''), prose(unlike ?? '')]
  })
}

/** Constants that have no support of their own to tell of: they are as in Linux. */
const constants = (numbers: Readonly<Record<string, number>>): readonly (readonly string[])[] => {
  const said = sentences()
  return Object.entries(numbers).map(([name, value]) => [name, number(value), prose(said.get(name) ?? '')])
}

const calls = (rows: readonly Row[]): readonly (readonly string[])[] =>
  rows.map(({ name, nr, args, note }) => [escaped(name), String(nr), `<code>${args.map((arg) => arg.name).join(', ')}</code>`, prose(note ?? '')])

const STYLE = `
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; background: light-dark(#f2f3f5, #0d0f13); color: light-dark(#16191f, #e6e8ec) }
body { max-width: 1180px; margin: 0 auto; padding: 24px 16px }
h1 { font-size: 20px } h2 { font-size: 15px; margin: 32px 0 8px }
a { color: light-dark(#1a56c4, #8ab4ff) }
code { font: 12px ui-monospace, Menlo, Consolas, monospace }
.scroll { overflow-x: auto; background: light-dark(#fff, #14161b); border: 1px solid light-dark(#d8dbe0, #2a2e36); border-radius: 6px }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: 6px 12px; border-bottom: 1px solid light-dark(#e6e8ec, #22262d) }
tbody th { font-weight: 400; white-space: nowrap } tr:last-child > * { border-bottom: 0 }
li { margin: 4px 0; max-width: 90ch }`

/** The page's text, as the tables have it now. */
export const apiPage = (): string => {
  const heads = ['Name', 'Number', 'Works', 'The manual page, and here', 'Unlike Linux']
  const constantHeads = ['Name', 'Number', 'The manual page, and here']
  const callHeads = ['Call', 'Number', 'Arguments', 'Note']
  const linux = [...linuxByNumber.values()].toSorted((a, b) => a.nr - b.nr)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src 'self'">
<link rel="icon" href="./icon.svg" type="image/svg+xml">
<title>Skipcall: requests, options, events and calls</title>
<style>${STYLE}
</style>
</head>
<body>
<main>
<h1>Requests, options, events and calls</h1>
<p>What ptrace has here, with Linux 6.18 as the measure. Scripts and guests in C have the same. <a href="./">Back to Skipcall</a></p>
<ul>
<li><a href="#requests">Requests</a></li>
<li><a href="#options">Options</a></li>
<li><a href="#events">Events</a></li>
<li><a href="#seccomp">What a seccomp filter answers</a></li>
<li><a href="#wait">Flags of wait</a></li>
<li><a href="#unlike">Unlike Linux</a></li>
<li><a href="#linux">Calls of the table linux</a></li>
<li><a href="#preview1">Calls of wasi_snapshot_preview1</a></li>
</ul>${table('requests', 'Requests', heads, supported(PTRACE, REQUEST_SUPPORT))}${table('options', 'Options', heads, supported(PTRACE_OPTION, OPTION_SUPPORT))}${table('events', 'Events', heads, supported(PTRACE_EVENT, EVENT_SUPPORT))}${table('seccomp', 'What a seccomp filter answers', constantHeads, constants({ ...SECCOMP_RET, SECCOMP_RET_ACTION_FULL, SECCOMP_RET_DATA }))}${table('wait', 'Flags of wait', constantHeads, constants({ WNOHANG, WUNTRACED, WSTOPPED, WEXITED, WCONTINUED, WNOWAIT, __WALL, __WCLONE, __WNOTHREAD }))}
<section aria-labelledby="unlike">
<h2 id="unlike">Unlike Linux</h2>
<ul>
${DEVIATIONS.map((one) => `<li>${prose(one)}</li>`).join('\n')}
</ul>
</section>${table('linux', 'Calls of the table linux', callHeads, calls(linux))}${table('preview1', 'Calls of wasi_snapshot_preview1', callHeads, calls(preview1ByNumber))}
</main>
</body>
</html>
`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(DECLARATIONS, documented(readFileSync(DECLARATIONS, 'utf8')))
  writeFileSync(API_PAGE, apiPage())
}
