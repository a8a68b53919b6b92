// Versions of Python packages (PyPA specifications, Version specifiers; PEP 440), as far as two spellings can be the same one.

/** Appendix B of the specification, with a name for each part. Anchored. */
const VERSION = new RegExp(
  [
    String.raw`^v?(?:(?<epoch>\d+)!)?(?<release>\d+(?:\.\d+)*)`,
    String.raw`(?<pre>[-_.]?(?<preKind>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<preNumber>\d+)?)?`,
    String.raw`(?<post>-(?<postBare>\d+)|[-_.]?(?:post|rev|r)[-_.]?(?<postNumber>\d+)?)?`,
    String.raw`(?<dev>[-_.]?dev[-_.]?(?<devNumber>\d+)?)?`,
    String.raw`(?:\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?$`,
  ].join(''),
)

const PRE_KINDS: Readonly<Record<string, string>> = {
  alpha: 'a',
  a: 'a',
  beta: 'b',
  b: 'b',
  preview: 'rc',
  pre: 'rc',
  c: 'rc',
  rc: 'rc',
}

/** Whole numbers without leading zeros; a part that has no number is of number 0. */
function count(digits = ''): string {
  return digits.replace(/^0+(?=.)/, '') || '0'
}

/** The one spelling that every equal version has; nothing where it is no version. */
export function normalizeVersion(text: string): string | undefined {
  const parts = VERSION.exec(text.toLowerCase())?.groups
  if (parts === undefined) return undefined
  const { epoch, release = '', pre, preKind = '', preNumber, post, dev, devNumber, local } = parts
  const { postBare, postNumber } = parts
  const segments = release.split('.').map(count)
  // 1, 1.0 and 1.0.0 are equal.
  while (segments.length > 1 && segments.at(-1) === '0') segments.pop()
  return [
    `${count(epoch)}!${segments.join('.')}`,
    pre === undefined ? '' : `${PRE_KINDS[preKind]}${count(preNumber)}`,
    post === undefined ? '' : `.post${count(postBare ?? postNumber)}`,
    dev === undefined ? '' : `.dev${count(devNumber)}`,
    local === undefined ? '' : `+${local.split(/[-_.]/).map(normalizeLocal).join('.')}`,
  ].join('')
}

function normalizeLocal(segment: string): string {
  return /^\d+$/.test(segment) ? count(segment) : segment
}
