// The one pattern of a trust document: `*` in the ref at the end of a workflow's name, and nowhere else.

/** What `*` stands for, at least one of them: no `/`, `@`, `^`, blank, or anything else that another ref could hide behind. */
const STAR = /[A-Za-z0-9._+-]/

/** Each `*` multiplies the ways to read a name; nobody needs more. */
const STARS_MAX = 3

/**
 * A workflow's name and the ref at its end.
 *
 * @returns the stem with its `@`, and what comes after it; undefined where there is no `@`
 */
export function splitRef(san: string): { stem: string; ref: string } | undefined {
  const at = san.lastIndexOf('@')
  return at < 0 ? undefined : { stem: san.slice(0, at + 1), ref: san.slice(at + 1) }
}

/** True for a pattern that says what it lets in: 1 to 3 `*`, none beside another, within one place of `refs/<kind>/…`. */
export function isRefGlob(ref: string): boolean {
  const stars = ref.split('*').length - 1
  return (
    stars >= 1 &&
    stars <= STARS_MAX &&
    !ref.includes('**') &&
    /^refs\/[a-z]+\/[A-Za-z0-9._+*/-]+$/.test(ref)
  )
}

/**
 * The whole ref against the whole pattern. Everything but `*` is compared as it is spelt.
 *
 * @example isRefMatch('refs/tags/v*', 'refs/tags/v1.2.0') // true
 */
export function isRefMatch(glob: string, ref: string): boolean {
  const [first = '', ...parts] = glob.split('*')
  if (!ref.startsWith(first)) return false
  // Where the pattern may have got to, after each of its parts.
  let ends = new Set([first.length])
  for (const part of parts) ends = advance(ref, ends, part)
  return ends.has(ref.length)
}

/** From each of these places: a run of characters, and then the part. */
function advance(ref: string, ends: ReadonlySet<number>, part: string): Set<number> {
  const next = new Set<number>()
  for (const end of ends) {
    for (let at = end; STAR.test(ref.charAt(at)); ) {
      at += 1
      if (ref.startsWith(part, at)) next.add(at + part.length)
    }
  }
  return next
}
