// A signed draft whose statement is not one of a draft, whoever signed it.

import { describe, expect, it } from 'vitest'
import { encodeUtf8, failedChecks } from '../../../src/core/index.ts'
import { verifyDraft } from '../../../src/record/index.ts'
import { DRAFT_TYPES } from '../../../src/trust/index.ts'
import { DRAFTER, SELF_SERVICE } from '../../cli/draft/draft-records.ts'
import { testKey } from '../../verify/keys.ts'
import { NOW } from '../../verify/question.ts'
import { readTrust, signedBundle, statement, trust } from '../../verify/release.ts'

const TRUST = readTrust(trust([DRAFTER], [SELF_SERVICE]))

function codesOf(changes: Record<string, unknown>) {
  const words = statement({ predicateType: DRAFT_TYPES.draft, ...changes })
  const bundle = signedBundle(words, { key: testKey('other') })
  const { verdict, draft } = verifyDraft(encodeUtf8(JSON.stringify(bundle)), {
    trust: TRUST,
    now: NOW,
  })
  expect(draft).toBeUndefined()
  return failedChecks(verdict).map(({ code }) => code)
}

describe('verifyDraft()', () => {
  it.each<[string, Record<string, unknown>]>([
    ['without a draft', { predicate: {} }],
    ['of something else than a draft', { predicate: { draft: 'a draft' } }],
    ['without a predicate', { predicate: undefined }],
  ])('refuses a statement %s', (_, changes) => {
    expect(codesOf(changes)).toEqual(['record/draft-format'])
  })

  it('refuses the signature of somebody who is not trusted', () => {
    const bundle = signedBundle(statement({ predicateType: DRAFT_TYPES.draft }), {
      key: testKey('release'),
    })
    const bytes = encodeUtf8(JSON.stringify(bundle))
    const { verdict, draft } = verifyDraft(bytes, { trust: TRUST, now: NOW })
    expect(draft).toBeUndefined()
    expect(failedChecks(verdict).map(({ code }) => code)).toEqual(['verify/key-unknown'])
  })

  it('refuses what is no bundle', () => {
    const { verdict, draft } = verifyDraft(encodeUtf8('{}'), { trust: TRUST, now: NOW })
    expect(draft).toBeUndefined()
    expect(failedChecks(verdict).map(({ code }) => code)).toEqual(['record/draft-format'])
  })
})
