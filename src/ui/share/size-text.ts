/** A size for people: `512 bytes`, `12.4 KB`, `26.3 MB`; a kilobyte has 1000 bytes, as browsers and disks count. */
export const sizeText = (bytes: number): string => {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`
  const [unit, size] = bytes < 999_500 ? ['KB', bytes / 1000] : bytes < 999_500_000 ? ['MB', bytes / 1e6] : ['GB', bytes / 1e9]
  return `${size < 9.95 ? size.toFixed(1) : Math.round(size).toLocaleString('en')} ${unit}`
}
