// Files of a ledger in which the same words are signed again: with their timestamp, without it, written anew.

import { describe, expect, it } from 'vitest'
import { encodeBundle, parseBundle } from '../../src/bundle/index.ts'
import type { JsonObject } from '../../src/core/index.ts'
import { digestBytes } from '../../src/digest/index.ts'
import { knownOf, readItems } from '../../src/cli/judging/release-items.ts'
import { verifyUnder } from '../../src/cli/record/ledger-input.ts'
import { foldRelease } from '../../src/record/index.ts'
import { encodeStatement } from '../../src/statement/index.ts'
import { loadSigstore } from '../../src/verify/index.ts'
import { RELEASE, statementOf, TRACKING_MEMBERS } from '../record/signed.ts'
import { freshKey } from '../verify/keys.ts'
import type { Json } from '../verify/release.ts'
import { SCENE_ROOT, signWithKey, WITNESSED_AT } from '../verify/sigstore/signed-statement.ts'
import { trusting } from '../verify/sigstore/trust.ts'

const KEY = freshKey('P-256', 'sha256')
const sigstore = await loadSigstore()
const YEAR_MS = 365 * 24 * 3_600_000
const ID = RELEASE.artifactSetId

function witnessed(members: JsonObject): Uint8Array {
  const statement = encodeStatement(
    statementOf('tracking', members, {
      header: {
        release: RELEASE,
        policy: 'release_tracking_policy.render_staging_rollout.bundle_identity',
        reportedAt: new Date(WITNESSED_AT - 60_000).toISOString().replace('.000', ''),
      },
    }),
  )
  const json = JSON.parse(Buffer.from(statement).toString()) as Json
  const hint = KEY.publicKey.keyId
  return encodeBundle({
    ...signWithKey(json, { key: KEY, hint, at: WITNESSED_AT }),
    version: '0.3',
  })
}

/** What is left where somebody takes the witness out. */
function stripped(file: Uint8Array): Uint8Array {
  const bundle = parseBundle(file)
  if (!bundle.ok) throw new Error('Expected a bundle')
  return encodeBundle({ ...bundle.value, version: '0.3', logEntries: [] })
}

const rewritten = (file: Uint8Array) =>
  Buffer.from(JSON.stringify(JSON.parse(Buffer.from(file).toString()), null, 1))

/** What a ledger with these files holds of the release, a year after the term of the key. */
async function itemsOf(files: readonly Uint8Array[], now = WITNESSED_AT + 2 * YEAR_MS) {
  const document = trusting({ root: SCENE_ROOT, key: KEY.publicKey })
  const [key] = document.keys
  if (key === undefined) throw new Error('Expected a key')
  const trust = { ...document, keys: [{ ...key, notAfter: WITNESSED_AT + YEAR_MS }] }
  const named = new Map(files.map((bytes) => [digestBytes('sha256', bytes), bytes]))
  const entries = files.map((bytes, index) => ({
    sha256: digestBytes('sha256', bytes),
    predicateType: 'urn:assay:predicate:tracking:v1',
    release: ID,
    index,
  }))
  return readItems(entries, {
    read: ({ sha256 }) => Promise.resolve({ ok: true, value: named.get(sha256) ?? Buffer.of() }),
    verify: verifyUnder({ trust, now, sigstore }),
  })
}

const ORIGINAL = witnessed(TRACKING_MEMBERS)
const digests = (files: readonly Uint8Array[]) => files.map((file) => digestBytes('sha256', file))

describe('A copy of a record', () => {
  it('without its witness takes nothing away once the key is over, wherever it stands', async () => {
    for (const files of [
      [ORIGINAL, stripped(ORIGINAL)],
      [stripped(ORIGINAL), ORIGINAL],
    ]) {
      const found = await itemsOf(files)
      const [original, copy] = digests([ORIGINAL, stripped(ORIGINAL)])
      expect(found.items.map(({ sha256 }) => sha256)).toEqual([original])
      expect(found.copies).toMatchObject([{ sha256: copy, of: original }])
      expect(knownOf(found).refused).toBe(0)
    }
  })

  it('is refused where it is all that there is, and where it says something else', async () => {
    expect(knownOf(await itemsOf([stripped(ORIGINAL)])).refused).toBe(1)
    const other = stripped(witnessed({ ...TRACKING_MEMBERS, artifactName: 'another' }))
    const found = await itemsOf([ORIGINAL, other])
    expect([knownOf(found).refused, found.copies]).toEqual([1, []])
    expect(knownOf(await itemsOf([ORIGINAL, Buffer.from('no bundle')])).refused).toBe(1)
  })

  it('counts once while it is accepted, by the witness that one of them has', async () => {
    const files = [stripped(ORIGINAL), rewritten(ORIGINAL), ORIGINAL]
    const { items, copies } = await itemsOf(files, WITNESSED_AT)
    expect(items).toHaveLength(3)
    expect(copies.map(({ index, of }) => [index, of])).toEqual([
      [1, digests(files)[0]],
      [2, digests(files)[0]],
    ])
    const { evidence } = foldRelease({ id: ID, items, commitItems: () => [] })
    expect(evidence.records).toMatchObject([
      { index: 0, sha256: digests(files)[0], judged: { source: 'log', at: WITNESSED_AT } },
    ])
  })
})
