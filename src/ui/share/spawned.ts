/** A spawn of a program by its name, with nothing else. */
const BY_NAME = /\bspawn\(\s*(["'`])([^"'`\n]*)\1\s*\)/g

/** The other programs that a script spawns by name, though it never spawns the chosen one. */
export const spawnedInstead = (script: string, guest: string): readonly string[] => {
  if (/\bspawn\(\s*\)/.test(script)) return []
  const names = [...new Set(Array.from(script.matchAll(BY_NAME), ([, , name]) => name ?? ''))]
  return names.includes(guest) ? [] : names
}

/** The script with its spawns of those programs turned into spawns of whatever guest is chosen. */
export const spawnChosen = (script: string, names: readonly string[]): string =>
  script.replace(BY_NAME, (call, _quote, name: string) => (names.includes(name) ? 'spawn()' : call))
