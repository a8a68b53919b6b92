// Inputs as text in tests, and what a reader finds as one line each.

import type { InputReader } from '../../../src/snapshot/build-input.ts'

/** `kind name version digest pin line variables`, or the code and place of the refusal. */
export function readInput(reader: InputReader, text: string, path = 'file'): string[] {
  const content = reader({ path, bytes: Buffer.from(text) })
  if (!content.ok) return content.problems.map(({ code, at }) => `${code} ${at ?? ''}`.trim())
  const { references, uses, names = [] } = content.value
  return [
    ...references.map(({ kind, name, version, digest, pinState, line, variables }) =>
      [
        `${line}:`,
        kind,
        name || '-',
        ...(version === undefined ? [] : [version]),
        ...(digest === undefined ? [] : [`${digest.algorithm}:${digest.value.slice(0, 4)}`]),
        pinState,
        ...(variables === undefined ? [] : [`$${variables.join(',')}`]),
      ].join(' '),
    ),
    ...uses.map(({ candidates, kind, line }) => `${line}: uses ${kind} ${candidates.join('|')}`),
    ...(names.length === 0 ? [] : [`names ${names.join(',')}`]),
  ]
}

export const COMMIT = 'b4ffde65f46336ab88eb53be808477a3936bae11'
export const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
