// Image references of containers: `[registry/]repository[:tag][@digest]` (OCI distribution, docker reference grammar).

import type { InputReference } from '../build-input.ts'

const REFERENCE =
  /^(?<name>(?:[a-zA-Z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<algorithm>sha256|sha512):(?<value>[0-9a-f]+))?$/

/** Name, tag and digest together, in UTF-16 units. */
const REFERENCE_MAX = 1_000

/** Where an image is named, and which variables its text was put together from. */
export interface ImageUse {
  readonly line: number
  readonly variables?: readonly string[]
}

/**
 * The reference to an image. Text that is no image reference (an expression, a variable without a value, a secret) is
 * not shown: it is a floating reference with an empty name.
 */
export function readImage(text: string, { line, variables = [] }: ImageUse): InputReference {
  const match = text.length > REFERENCE_MAX ? null : REFERENCE.exec(text)
  const { name, tag, algorithm, value } = match?.groups ?? {}
  const open = variables.length === 0 ? {} : { variables: [...new Set(variables)].toSorted() }
  if (name === undefined) return { kind: 'image', name: '', pinState: 'floating', line, ...open }
  const image = { kind: 'image', name, ...(tag !== undefined && { version: tag }), line } as const
  const digest = value === undefined ? undefined : readDigest(algorithm, value)
  if (digest !== undefined) return { ...image, digest, pinState: 'digest-pinned', ...open }
  const isMoving = value !== undefined || tag === undefined || tag === 'latest'
  return { ...image, pinState: isMoving ? 'floating' : 'tag-pinned', ...open }
}

/** A digest of the wrong length pins nothing. */
function readDigest(algorithm: string | undefined, value: string): InputReference['digest'] {
  if (algorithm === 'sha256' && value.length === 64) return { algorithm, value }
  return algorithm === 'sha512' && value.length === 128 ? { algorithm, value } : undefined
}

/** Text with its variables replaced, and their names. */
export interface Expanded {
  readonly text: string
  readonly variables: readonly string[]
}

/** `$NAME`, `${NAME}`, `${NAME:-word}`, `${NAME-word}`, `${NAME:+word}`, `$$`. */
const VARIABLE =
  /\$(?:\$|(?<plain>[A-Za-z_]\w*)|\{(?<name>[A-Za-z_]\w*)(?:(?<operator>:?[-+?])(?<word>[^{}]*))?\})/g

/**
 * Replaces variables as Dockerfile and Compose do; one without a value stays as it is, and so is no image any more.
 * So does a text that would grow longer than any image is called: variables made of each other double with each line.
 */
export function expandVariables(
  text: string,
  values: (name: string) => string | undefined,
): Expanded {
  const variables: string[] = []
  let length = text.length
  const expanded = text.replace(VARIABLE, (whole, ...parts: unknown[]) => {
    if (whole === '$$' || length > REFERENCE_MAX) return '$'
    const { plain, name, operator, word } = parts.at(-1) as Record<string, string | undefined>
    const variable = plain ?? name ?? ''
    variables.push(variable)
    const value = values(variable)
    const isSet = value !== undefined && (value !== '' || !operator?.startsWith(':'))
    if (operator?.endsWith('+')) return isSet ? (word ?? '') : ''
    if (isSet) {
      length += value.length
      return value
    }
    return operator?.endsWith('-') ? (word ?? '') : whole
  })
  return { text: length > REFERENCE_MAX ? text : expanded, variables }
}
