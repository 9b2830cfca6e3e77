/** `Did you mean X?` if one is close, otherwise what there is. */
export const oneOf = (names: readonly string[], given: string): string => {
  const wanted = given.slice(0, 40).toLowerCase()
  const far = names.map((name) => distance(name.toLowerCase(), wanted))
  const least = Math.min(...far)
  if (least <= Math.max(1, Math.floor(given.length / 3))) return `Did you mean ${names[far.indexOf(least)]}?`
  return names.length > 20 ? `As in ${names.slice(0, 3).join(', ')}, …` : `One of ${names.join(', ')}.`
}

/** Levenshtein's distance in which two neighbours that changed places count as one (optimal string alignment). */
const distance = (a: string, b: string): number => {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let best = Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] as number) + 1)
      next.push(best)
    }
    before = row
    row = next
  }
  return row[b.length] as number
}
