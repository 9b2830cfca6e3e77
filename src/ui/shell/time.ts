const NANOSECONDS = 1_000_000_000

/** Virtual nanoseconds as seconds, in groups of three digits: "0.000 079 s"; nanoseconds only where there are some. */
export const virtualTime = (nanoseconds: number): string => {
  const whole = Math.floor(nanoseconds / NANOSECONDS)
  const rest = Math.round(nanoseconds - whole * NANOSECONDS).toString().padStart(9, '0')
  const groups = [rest.slice(0, 3), rest.slice(3, 6), ...(rest.endsWith('000') ? [] : [rest.slice(6)])]
  return `${whole.toLocaleString('en')}.${groups.join(' ')} s`
}
