import type { HostName } from '../../engine/recipe.ts'
import { useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { Menu, MenuChoice } from '../widgets/menu.tsx'

const HOSTS: readonly { readonly value: HostName; readonly title: string; readonly sentence: string }[] = [
  { value: 'kernel', title: 'TypeScript kernel', sentence: 'This page’s own: files, terminal, signals and time as Linux has them.' },
  {
    value: 'wasmer', title: '@wasmer/wasi',
    sentence: 'The npm package, with a file system of its own. Stops, tags and signals stay the kernel’s, so that one script shows where the two part.',
  },
]
const SHORT: Readonly<Record<HostName, string>> = { kernel: 'TypeScript', wasmer: '@wasmer/wasi' }

/** Who executes the guests' calls, from the next run on. */
export function HostMenu() {
  const host = useApp((state) => state.host)
  return <Menu trigger={<Button caret label={`host ${SHORT[host]}`} aria-label={`Host: ${SHORT[host]}`} />}><HostChoice /></Menu>
}

export function HostChoice() {
  const host = useApp((state) => state.host)
  const edit = useApp((state) => state.edit)
  return <MenuChoice label="Host, which executes the guest’s calls" value={host} options={HOSTS} onChange={(next) => edit({ host: next })} />
}
