import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { EVENT_SUPPORT, OPTION_SUPPORT, REQUEST_SUPPORT, type Support } from '../engine/ptrace/support.ts'
import { linuxByName } from '../engine/syscall/linux.ts'

// What the editor says of a constant of the script API: the sentence is written in api.d.ts, where it differs from Linux comes
// from the tables of support.ts and of the calls, and behind both stands the manual page.

export const DECLARATIONS = fileURLToPath(new URL('../engine/script/api.d.ts', import.meta.url))

/** A constant with its line of documentation. The first group is the documentation, the second the name. */
const DOCUMENTED = /\/\*\* (.+) \*\/\n {2}export const (\w+):/g
/** What is added behind the sentence. */
const ADDED = /(?: \*\*(?:Unlike Linux|Here):\*\* .*)?(?: \[\S+\(\d\)\]\(https:\/\/man7\.org\S+\))?$/

const SUPPORT: Readonly<Record<string, Support>> = { ...REQUEST_SUPPORT, ...OPTION_SUPPORT, ...EVENT_SUPPORT }

const manPage = (name: string, section: 2 | 7): string => `[${name}(${section})](https://man7.org/linux/man-pages/man${section}/${name}.${section}.html)`

const pageOf = (name: string): string | undefined => {
  if (SUPPORT[name]?.works === 'own' || /^PTRACE_(?:VM|SYSVM)_|^NT_WASM_/.test(name)) return undefined
  if (/^(?:PTRACE|NT)_/.test(name)) return manPage('ptrace', 2)
  if (/^SECCOMP_/.test(name)) return manPage('seccomp', 2)
  if (/^(?:__)?W[A-Z]+$/.test(name)) return manPage('wait', 2)
  if (/^(?:SI|CLD|TRAP)_|^SYS_SECCOMP$/.test(name)) return manPage('sigaction', 2)
  if (/^SIG[A-Z0-9]+$/.test(name)) return manPage('signal', 7)
  const call = name.replace(/^SYS_/, '')
  return name !== call && linuxByName.has(call) ? manPage(call, 2) : undefined
}

/** A request differs from Linux; a call's note may also say what there is of it. */
const noteOf = (name: string): readonly string[] => {
  const unlike = SUPPORT[name]?.unlike
  if (unlike !== undefined) return [`**Unlike Linux:** ${unlike}`]
  const note = name.startsWith('SYS_') ? linuxByName.get(name.slice(4))?.note : undefined
  return note === undefined ? [] : [`**Here:** ${note}`]
}

/** The declarations with what the tables say now behind each constant's sentence. */
export const documented = (declarations: string): string =>
  declarations.replaceAll(DOCUMENTED, (_, says: string, name: string) => {
    const parts = [says.replace(ADDED, ''), ...noteOf(name), pageOf(name) ?? []].flat()
    return `/** ${parts.join(' ')} */\n  export const ${name}:`
  })

/** The sentence of each constant, without what was added to it. */
export const sentences = (): ReadonlyMap<string, string> =>
  new Map([...readFileSync(DECLARATIONS, 'utf8').matchAll(DOCUMENTED)].map(([, says = '', name = '']) => [name, says.replace(ADDED, '')]))
