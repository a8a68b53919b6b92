// Names of Python projects and requirements as packaging tools read them (PyPA specifications, Names and normalization;
// Dependency specifiers).

/** Letters, digits, `.`, `_`, `-`, and no mark at either end. */
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/

/** The one spelling of a project's name: lower case, with every run of `.`, `_` and `-` as one `-`. */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}

/** True for a name that the specification allows. */
export function isProjectName(name: string): boolean {
  return NAME.test(name)
}

/** One dependency specifier, cut into its parts. */
export interface Requirement {
  /** As it is written. */
  readonly name: string
  readonly extras: readonly string[]
  /** `==1.2.3`, `>=2,<3`; empty for any version. */
  readonly specifier: string
  /** After `@`. */
  readonly url?: string
  /** After `;`. */
  readonly marker?: string
}

/** Reads `name[extra] >=1,<2 ; marker` or `name @ url ; marker`; nothing where the text is neither. */
export function parseRequirement(text: string): Requirement | undefined {
  const trimmed = text.trim()
  const name = /^[A-Za-z0-9._-]*/.exec(trimmed)?.[0] ?? ''
  if (!isProjectName(name)) return undefined
  const [extras, rest] = cutExtras(trimmed.slice(name.length).trimStart())
  const isUrl = rest.startsWith('@')
  // An address may hold a ";" of its own, so there a blank stands before the marker's.
  const cut = rest.indexOf(isUrl ? ' ;' : ';')
  const body = (cut < 0 ? rest : rest.slice(0, cut)).trim()
  const marker = cut < 0 ? '' : rest.slice(rest.indexOf(';', cut) + 1).trim()
  const url = isUrl ? body.slice(1).trim() : undefined
  const specifier = isUrl ? '' : withoutBrackets(body).replace(/\s+/g, '')
  if (url === '' || (specifier !== '' && !SPECIFIER.test(specifier))) return undefined
  return {
    name,
    extras,
    specifier,
    ...(url !== undefined && { url }),
    ...(marker !== '' && { marker }),
  }
}

/** `[a, b] rest`; a bracket that is not closed stays, and is no specifier. */
function cutExtras(text: string): readonly [extras: readonly string[], rest: string] {
  const end = text.startsWith('[') ? text.indexOf(']') : -1
  if (end < 0) return [[], text]
  const extras = text.slice(1, end).split(',')
  return [extras.flatMap((extra) => extra.trim() || []), text.slice(end + 1).trimStart()]
}

/** Metadata of old packages has its specifiers in parentheses. */
function withoutBrackets(text: string): string {
  return text.startsWith('(') && text.endsWith(')') ? text.slice(1, -1) : text
}

const SPECIFIER =
  /^(?:===|==|~=|!=|<=|>=|<|>)[^,<>=!~]+(?:,(?:===|==|~=|!=|<=|>=|<|>)[^,<>=!~]+)*,?$/

/** The version of `==1.2.3` or `===1.2.3` alone; nothing for ranges, and nothing for `==1.*`. */
export function pinnedVersion(specifier: string): string | undefined {
  return /^===?([^,*=\s]+)$/.exec(specifier)?.[1]
}
