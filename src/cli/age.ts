// A length of time on the command line.

const UNITS_MS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/**
 * `30m`, `24h`, `7d`, for the framework, which shows what is thrown as a usage error.
 *
 * @returns milliseconds
 */
export function parseAge(input: string): number {
  const [, count, unit = ''] = /^([1-9]\d{0,5})([smhdw])$/.exec(input) ?? []
  const ms = UNITS_MS[unit]
  if (count !== undefined && ms !== undefined) return Number(count) * ms
  throw new SyntaxError('Expected a number and s, m, h, d or w, such as 24h')
}
