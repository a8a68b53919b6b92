// npm's publish attestation (npm/attestation, specs/publish/v0.1): the word of a registry that it took this package.

import { accept, type JsonObject, judge, type Result } from '../../core/index.ts'
import type { StatementProblem } from '../problem.ts'

/**
 * What was published, and where.
 *
 * @example { name: '@scope/name', version: '1.2.3', registry: 'https://registry.example' }
 */
export interface NpmPublish {
  /** With the scope, as `package.json` spells it. */
  readonly name: string
  readonly version: string
  readonly registry: string
}

const MEMBERS = ['name', 'version', 'registry'] as const

/** Reads a predicate of type `https://github.com/npm/attestation/tree/main/specs/publish/v0.1`. */
export function parseNpmPublish(predicate: JsonObject): Result<NpmPublish, StatementProblem> {
  const problems = MEMBERS.flatMap((name): readonly StatementProblem[] => {
    const value = predicate[name]
    if (typeof value === 'string' && value !== '') return []
    return [{ code: 'statement/member', message: 'Expected a text', at: `/${name}` }]
  })
  const judged = judge(undefined, problems)
  // Each member was judged above.
  return judged.ok ? accept(predicate as unknown as NpmPublish) : judged
}
