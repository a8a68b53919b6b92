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

const REQUIREMENT =
  /^(?<name>[A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[(?<extras>[^\]]*)\])?\s*(?:@\s*(?<url>\S+)|(?<specifier>[^;@]*))(?:;(?<marker>.*))?$/

/** Reads `name[extra] >=1,<2 ; marker` or `name @ url ; marker`; nothing where the text is neither. */
export function parseRequirement(text: string): Requirement | undefined {
  const trimmed = text.trim()
  const { name, extras, url, specifier, marker } = REQUIREMENT.exec(trimmed)?.groups ?? {}
  if (name === undefined || !isProjectName(name)) return undefined
  const compact = (specifier ?? '').replace(/^\s*\(([^()]*)\)\s*$/, '$1').replace(/\s+/g, '')
  if (compact !== '' && !SPECIFIER.test(compact)) return undefined
  return {
    name,
    extras: (extras ?? '').split(',').flatMap((extra) => extra.trim() || []),
    specifier: compact,
    ...(url !== undefined && { url: url.replace(/;$/, '') }),
    ...(marker !== undefined && marker.trim() !== '' && { marker: marker.trim() }),
  }
}

const SPECIFIER =
  /^(?:===|==|~=|!=|<=|>=|<|>)[^,<>=!~]+(?:,(?:===|==|~=|!=|<=|>=|<|>)[^,<>=!~]+)*,?$/

/** The version of `==1.2.3` or `===1.2.3` alone; nothing for ranges, and nothing for `==1.*`. */
export function pinnedVersion(specifier: string): string | undefined {
  return /^===?([^,*=\s]+)$/.exec(specifier)?.[1]
}
