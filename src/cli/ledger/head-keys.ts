// Whose heads count, held against the trust document: a ledger is never headed by whoever drafts.

import { accept, quote, type Result, refuse } from '../../core/index.ts'
import type { HeadExpectation } from '../../ledger/index.ts'
import { findDraftKey, type TrustDocument } from '../../trust/index.ts'
import type { CliProblem } from '../problem.ts'

/** Refuses a key for drafts among those of the ledger and of its witnesses. */
export function judgeHeadKeys(
  expectation: Pick<HeadExpectation, 'keys' | 'witnesses'> | undefined,
  trust: TrustDocument,
): Result<undefined, CliProblem> {
  if (expectation === undefined) return accept(undefined)
  for (const { name, key } of [...expectation.keys, ...expectation.witnesses]) {
    const found = findDraftKey(trust, key.keyId)
    if (found === undefined) continue
    return refuse({
      code: 'cli/head-draft',
      message: `Expected keys that sign heads, found ${quote(name)}, which the trust document has for drafts as ${quote(found.name)}`,
      hint: 'A head that it signed is none: sign the ledger with a key of its own',
    })
  }
  return accept(undefined)
}
