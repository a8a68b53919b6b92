// A private key in text from anywhere: where one begins, and how far what is of it goes, whatever stands between its lines. Each step is
// linear.

/** Between the words of its first and its last line. */
const GAP = String.raw`(?:\s|%20|\+){1,80}`
const LABEL = String.raw`(?:[A-Z0-9]{1,20}${GAP}){0,3}PRIVATE${GAP}KEY(?:${GAP}BLOCK)?\s?-{4,5}`

/** The first line of a private key: PEM, OpenPGP and SSH2, also as a part of an address. */
export const PRIVATE_KEY = new RegExp(String.raw`-{4,5}\s?BEGIN${GAP}${LABEL}`, 'i')
const EDGE = new RegExp(String.raw`-{4,5}\s?(BEGIN|END)${GAP}${LABEL}`, 'gi')

/** More than the largest key has. In UTF-16 units, as all of these. */
const BODY_MAX = 16 * 1024
/** How much may stand before the first line of a key, as its headers do, and between two: marks of a list, a time, a name. */
const HEADERS_MAX = 120
const BREAK_MAX = 40
/** What a key of that size may have beside its words: more would be somebody's text. */
const OTHERS_MAX = 80

/** What text is made of here: words of base64, also as they stand in addresses and in JSON, and escapes, which stay whole. */
const PART =
  /(?:[a-z0-9+/=]|%2[bf]|%3d|\\\/)+|\\(?:u[\da-f]{4}|u\{[\da-f]{1,6}\}|x[\da-f]{2}|[^])|%[\da-f]{2}|&#?\w{1,8};/gi
/** A mark of a JSON string, which no backslash escapes. */
const MARK = /(?<!\\)(?:\\\\)*"/
/** Nothing but strings, one after the other. */
const LIST = /^(?:[\s",a-z0-9+/=]|\\[nrt])*$/i
/** A string that could be the last line, which is short; no name of a member, and no word. */
const SHORT = /"(?=[a-z]{0,80}[A-Z0-9+/=])[A-Za-z0-9+/=]{1,80}"(?!\s{0,8}:)/g

/** The text with `…` in the place of each private key, whole or cut. JSON stays JSON. */
export function maskPrivateKeys(text: string): string {
  const edges = [...text.matchAll(EDGE)]
  const shown: string[] = []
  let end = 0
  for (const [at, { 0: edge, 1: kind, index }] of edges.entries()) {
    if (!isBegin(kind)) continue
    const from = index + edge.length
    const next = edges[at + 1]
    const isWhole = next !== undefined && !isBegin(next[1]) && next.index - from <= BODY_MAX
    const to = isWhole ? next.index : from + lengthOfCut(text.slice(from, next?.index))
    const body = text.slice(from, to)
    shown.push(text.slice(end, index), '…', isWhole ? maskWhole(body) : maskCut(body))
    end = isWhole ? to + next[0].length : to
  }
  return shown.join('') + text.slice(end)
}

function isBegin(kind: string | undefined): boolean {
  return kind?.toUpperCase() === 'BEGIN'
}

/** Nothing of a key that has an end stays; where there is more than a key between its lines, that does. */
function maskWhole(body: string): string {
  const others = body.replace(PART, (part) => (isLikeKey(part, 6) ? '' : part)).length
  const isKey = MARK.test(body) ? LIST.test(body) : others <= Math.max(OTHERS_MAX, body.length / 2)
  if (isKey) return ''
  return `${maskWords(body, (part) => isLikeKey(part, 12)).replace(SHORT, '"…"')}…`
}

/** Of a key that was cut: as far as its words go. */
function maskCut(body: string): string {
  return MARK.test(body) ? maskWords(body, isOfCut) : ''
}

function lengthOfCut(text: string): number {
  let end = 0
  for (const { 0: part, index } of text.slice(0, BODY_MAX).matchAll(PART)) {
    if (index - end > (end === 0 ? HEADERS_MAX : BREAK_MAX)) break
    if (end === 0 ? isOfCut(part) : isLikeKey(part, 12)) end = index + part.length
  }
  return end
}

function maskWords(body: string, isSecret: (part: string) => boolean): string {
  return body.replace(PART, (part) => (isSecret(part) ? '…' : part))
}

/** With a capital, as no hexadecimal digest and few words have one. */
function isLikeKey(part: string, lengthMin: number): boolean {
  return part.length >= lengthMin && /^[a-z0-9+/=%\\]*[A-Z][A-Za-z0-9+/=%\\]*$/.test(part)
}

/** Where nothing says that a key follows, a short word has a digit too, as few names have beside a capital. */
function isOfCut(part: string): boolean {
  return isLikeKey(part, 12) && (part.length >= 32 || /[\d+/]/.test(part))
}
