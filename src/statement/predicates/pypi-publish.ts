// PyPI's publish attestation (docs.pypi.org, attestations/publish/v1): who published the file is in the certificate, so the predicate
// says nothing.

import { accept, quote, type JsonObject, type Result, refuse } from '../../core/index.ts'
import type { StatementProblem } from '../problem.ts'

/** Nothing. */
export type PypiPublish = Readonly<Record<string, never>>

/** Reads a predicate of type `https://docs.pypi.org/attestations/publish/v1`: null, absent or empty. */
export function parsePypiPublish(predicate: JsonObject): Result<PypiPublish, StatementProblem> {
  const [name] = Object.keys(predicate)
  if (name === undefined) return accept({})
  return refuse({
    code: 'statement/predicate',
    message: `Expected an empty predicate, found ${quote(name)}`,
    at: '/predicate',
  })
}
