import { useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import type { IconName } from '../widgets/icon.tsx'
import { keyText } from '../widgets/kbd.tsx'
import { command, runCommand } from './commands.ts'

interface CommandButtonProps {
  readonly id: string
  /** Its word; without one the icon stands alone and the command's title is its name. */
  readonly word?: string
  readonly icon?: IconName
  readonly look?: 'plain' | 'edge' | 'primary' | 'danger'
  /** Shows its key as a cap. */
  readonly cap?: boolean
  readonly small?: boolean
}

/** A button of a command: its name, key, tooltip and whether it can be pressed come from commands.ts. */
export function CommandButton({ id, word, icon, look, cap, small }: CommandButtonProps) {
  const { title, keys, when } = command(id)
  const enabled = useApp((state) => when === undefined || when(state))
  const [key] = keys
  return (
    <Button
      {...(word === undefined ? { bare: true } : {})}
      label={word ?? title}
      icon={icon}
      {...(look === undefined ? {} : { look })}
      {...(small === true ? { small } : {})}
      keys={cap === true ? key : undefined}
      title={key === undefined ? title : `${title} (${keyText(key)})`}
      aria-keyshortcuts={key?.replace('Mod', 'Control')}
      aria-disabled={!enabled}
      onClick={() => runCommand(id)}
    />
  )
}
