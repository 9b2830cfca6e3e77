import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'

/** The first of these files that there is; Debian's packages are installed for it if that may be done here. */
export const findOrInstall = (paths: readonly string[], packages: readonly string[]): string | undefined => {
  const find = (): string | undefined => paths.find((path) => existsSync(path))
  const found = find()
  if (found !== undefined || !existsSync('/etc/debian_version') || userInfo().uid !== 0) return found
  const apt = (...args: readonly string[]): number =>
    spawnSync('apt-get', args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status ?? 1
  apt('update', '-qq')
  apt('install', '-y', '-qq', '--no-install-recommends', ...packages)
  return find()
}
