import { expect, it } from 'vitest'
import { encodeBundle } from '../../../src/bundle/index.ts'
import { encodeTimestamp } from '../../../src/core/index.ts'
import { type RecordVerdict, verifyRecord } from '../../../src/record/index.ts'
import { loadSigstore } from '../../../src/verify/index.ts'
import { encodeStatement } from '../../../src/statement/index.ts'
import { freshKey } from '../../verify/keys.ts'
import { codesOf, NOW } from '../../verify/question.ts'
import type { Json } from '../../verify/release.ts'
import { SCENE_ROOT, signWithKey, WITNESSED_AT } from '../../verify/sigstore/signed-statement.ts'
import { trusting } from '../../verify/sigstore/trust.ts'
import { statementOf, TRACKING_HEADER, TRACKING_MEMBERS } from '../signed.ts'

const KEY = freshKey('P-256', 'sha256')
const sigstore = await loadSigstore()
const TRUST = trusting({ root: SCENE_ROOT, key: KEY.publicKey })
const SKEW_MS = 5 * 60_000

/** A record of that time, whose signature a log witnessed, or nobody. */
function verdictOf(reportedAt: number, at?: number): RecordVerdict {
  const header = { ...TRACKING_HEADER, reportedAt: encodeTimestamp(reportedAt) }
  const statement = encodeStatement(statementOf('tracking', TRACKING_MEMBERS, { header }))
  const bundle = signWithKey(JSON.parse(Buffer.from(statement).toString()) as Json, {
    key: KEY,
    hint: KEY.publicKey.keyId,
    ...(at !== undefined && { at }),
  })
  const file = encodeBundle({ ...bundle, version: '0.3' })
  return verifyRecord(file, { trust: TRUST, now: NOW, sigstore })
}

function judge(reportedAt: number, at?: number) {
  const { verdict, record } = verdictOf(reportedAt, at)
  return [verdict.outcome, codesOf(verdict), record?.kind]
}

function told(reportedAt: number, at: number): string | undefined {
  const { checks = [] } = verdictOf(reportedAt, at).verdict
  return checks.find(({ name }) => name === 'reported-time')?.message
}

const ACCEPTED = ['accepted', [], 'record']

it('A record that says it was made after somebody witnessed its signature is told so, and no better without the witness', () => {
  expect(judge(WITNESSED_AT - 60_000, WITNESSED_AT)).toEqual(ACCEPTED)
  expect(judge(WITNESSED_AT + SKEW_MS, WITNESSED_AT)).toEqual(ACCEPTED)
  expect(told(WITNESSED_AT + SKEW_MS, WITNESSED_AT)).toContain('made before it was signed')
  expect(judge(WITNESSED_AT + SKEW_MS + 1, WITNESSED_AT)).toEqual(ACCEPTED)
  expect(told(WITNESSED_AT + SKEW_MS + 1, WITNESSED_AT)).toContain('made after it was signed')
  expect(judge(WITNESSED_AT + SKEW_MS + 1)).toEqual(ACCEPTED)
})

it('A record whose signature nobody witnessed stands by the word of its signer', () => {
  expect(judge(NOW + 365 * 24 * 3_600_000)).toEqual(ACCEPTED)
})
