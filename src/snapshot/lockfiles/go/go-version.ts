// The order of module versions (Go Modules Reference, Versions; Semantic Versioning 2.0.0, section 11).

const VERSION =
  /^v?(?<major>\d+)(?:\.(?<minor>\d+))?(?:\.(?<patch>\d+))?(?:-(?<pre>[0-9A-Za-z.-]+))?/

/** Negative, zero or positive as `a` is older than, as old as or newer than `b`; what is no version comes first. */
export function compareGoVersions(a: string, b: string): number {
  const left = VERSION.exec(a)?.groups
  const right = VERSION.exec(b)?.groups
  if (left === undefined || right === undefined) {
    return Number(left !== undefined) - Number(right !== undefined)
  }
  for (const part of ['major', 'minor', 'patch']) {
    const order = compareNumbers(left[part] ?? '0', right[part] ?? '0')
    if (order !== 0) return order
  }
  return comparePreReleases(left['pre'], right['pre'])
}

function comparePreReleases(a: string | undefined, b: string | undefined): number {
  // A release is newer than its pre-releases.
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
  const left = a.split('.')
  const right = b.split('.')
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const order = compareIdentifiers(left[index] ?? '', right[index] ?? '')
    if (order !== 0) return order
  }
  return left.length - right.length
}

function compareIdentifiers(a: string, b: string): number {
  const aIsNumber = /^\d+$/.test(a)
  const bIsNumber = /^\d+$/.test(b)
  if (aIsNumber && bIsNumber) return compareNumbers(a, b)
  if (aIsNumber !== bIsNumber) return aIsNumber ? -1 : 1
  return a < b ? -1 : Number(a > b)
}

/** Digits of any length, so no double is asked to hold a time stamp of fourteen digits or more. */
function compareNumbers(a: string, b: string): number {
  const left = a.replace(/^0+(?=\d)/, '')
  const right = b.replace(/^0+(?=\d)/, '')
  if (left.length !== right.length) return left.length - right.length
  return left < right ? -1 : Number(left > right)
}
