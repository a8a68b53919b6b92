// A saved draft, or a request to review one: signed by somebody who drafts, and by nobody else.

import { parseBundle } from '../../bundle/index.ts'
import {
  type Check,
  encodeUtf8,
  groupChecks,
  type Problem,
  type Problems,
  quote,
} from '../../core/index.ts'
import { DRAFT_TYPES, isOfDrafts } from '../../trust/index.ts'
import { type StatedRequest, type TrustedSigner, verifyStated } from '../../verify/index.ts'
import { failed, passed } from '../view.ts'
import { type Draft, parseDraft } from './draft.ts'

/** The verdict, and the draft where it is accepted: as a draft, which counts nowhere. */
export interface DraftVerdict {
  readonly verdict: Check
  readonly draft?: Draft
  readonly signer?: TrustedSigner
}

/**
 * Is this a draft of somebody who drafts?
 *
 * @param bytes of one bundle
 */
export function verifyDraft(
  bytes: Uint8Array,
  request: Omit<StatedRequest, 'bundle'>,
): DraftVerdict {
  const bundle = parseBundle(bytes)
  if (!bundle.ok) return { verdict: group([malformed(bundle.problems)]) }
  const { verdict, verified } = verifyStated({ ...request, bundle: bundle.value })
  if (verified === undefined) return { verdict: group([verdict]) }
  const { value, signer } = verified
  const drafter = judgeDrafter(signer)
  if (value.predicateType !== DRAFT_TYPES.draft) {
    return { verdict: group([verdict, drafter, otherType(value.predicateType)]) }
  }
  const read = parseDraft(encodeUtf8(JSON.stringify(value.predicate['draft'] ?? null)))
  if (!read.ok) return { verdict: group([verdict, drafter, malformed(read.problems)]) }
  const draft = read.value
  const isSame = value.subjects.length === 1 && value.subjects[0]?.digest['sha256'] === draft.sha256
  const all = group([verdict, drafter, judgeSubject(isSame, draft)])
  return all.outcome === 'accepted' ? { verdict: all, draft, signer } : { verdict: all }
}

/** Who saves drafts and asks for reviews: with a key that can sign nothing else. */
export function judgeDrafter({ name, roles }: TrustedSigner): Check {
  const facts = { expected: 'a role of drafts', found: roles.map((role) => role.name).join(', ') }
  if (isOfDrafts(roles)) return passed('drafter', `${quote(name)} drafts`, facts)
  const message = `${quote(name)} signs for production, and saves no drafts`
  return failed('drafter', 'rejected', 'record/draft-signer', message, {
    ...facts,
    hint: 'Sign drafts with a key of a role of drafts: assay trust add-role --draft',
  })
}

function judgeSubject(isSame: boolean, draft: Draft): Check {
  const facts = { expected: `sha256:${draft.sha256}` }
  return isSame
    ? passed('draft', `It is a draft: ${draft.family.name}`, facts)
    : failed('draft', 'rejected', 'record/draft-format', 'It names another draft', facts)
}

function otherType(predicateType: string): Check {
  return failed('draft', 'rejected', 'record/draft-format', 'What was signed is no saved draft', {
    expected: DRAFT_TYPES.draft,
    found: quote(predicateType),
  })
}

function malformed(because: Problems<Problem>): Check {
  const message = 'What was signed can not be read as a draft'
  return failed('draft', 'rejected', 'record/draft-format', message, { because })
}

function group(checks: readonly Check[]): Check {
  return groupChecks('draft-bundle', 'The draft is judged; it counts nowhere', checks)
}
