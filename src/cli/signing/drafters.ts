// Whoever drafts signs nothing else: no result, no summary and no policy. Judged before anything is signed or sent.

import { accept, quote, refuse, type Result } from '../../core/index.ts'
import { findDraftKey, findRole, isOfDrafts, type TrustDocument } from '../../trust/index.ts'
import type { CliProblem } from '../problem.ts'
import type { PlacedDraft } from './signing.ts'
import { mayBe } from './unpublished.ts'

/** Refuses keys and identities that the trust document has for drafts. */
export function refuseDrafters(
  trust: TrustDocument,
): Required<Pick<PlacedDraft, 'judgeKey' | 'judgeHolder'>> {
  return {
    judgeKey: (keyId) => {
      const key = findDraftKey(trust, keyId)
      return key === undefined ? accept(undefined) : ofDrafts(key.name)
    },
    judgeHolder: (holder) => {
      const known = trust.identities.filter((identity) => mayBe(identity, holder))
      const isDrafter = ({ roles }: (typeof known)[number]) =>
        isOfDrafts(roles.flatMap((name) => findRole(trust, name) ?? []))
      const [first] = known
      return first !== undefined && known.every(isDrafter)
        ? ofDrafts(first.name)
        : accept(undefined)
    },
  }
}

function ofDrafts(name: string): Result<never, CliProblem> {
  return refuse({
    code: 'cli/result-draft',
    message: `Expected a signer of production, found ${quote(name)}, whom the trust document has for drafts`,
    at: '--key',
  })
}
