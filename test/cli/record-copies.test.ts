// Files of a ledger in which the same words are signed again: with their timestamp, without it, written anew.

import { describe, expect, it } from 'vitest'
import { encodeBundle, parseBundle } from '../../src/bundle/index.ts'
import {
  childrenOf,
  encodeHex,
  encodeTimestamp,
  type JsonObject,
  parseDer,
} from '../../src/core/index.ts'
import { digestBytes } from '../../src/digest/index.ts'
import { knownOf, readItems } from '../../src/cli/judging/release-items.ts'
import { entryOfRecord } from '../../src/cli/ledger/record-entry.ts'
import { readPackSource } from '../../src/cli/pack/pack-source.ts'
import { verifyUnder } from '../../src/cli/record/ledger-input.ts'
import { foldRelease } from '../../src/record/index.ts'
import { encodeStatement } from '../../src/statement/index.ts'
import { loadSigstore } from '../../src/verify/index.ts'
import { createTestHost } from '../host/test-host.ts'
import { shippedRegistry } from '../record/registry.ts'
import { RELEASE, statementOf, TRACKING_MEMBERS } from '../record/signed.ts'
import { freshKey } from '../verify/keys.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import { digestOf, type Json } from '../verify/release.ts'
import { SCENE_ROOT, signWithKey, WITNESSED_AT } from '../verify/sigstore/signed-statement.ts'
import { trusting } from '../verify/sigstore/trust.ts'
import { appendAll } from './audit-world.ts'
import { openWorld } from './ledger-world.ts'

const KEY = freshKey('P-256', 'sha256')
const OTHER = freshKey('P-256', 'sha256')
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const sigstore = await loadSigstore()
const YEAR_MS = 365 * 24 * 3_600_000
const ID = RELEASE.artifactSetId

const POLICY = { policy: 'release_tracking_policy.render_staging_rollout.bundle_identity' }
const REPORTED = { reportedAt: encodeTimestamp(WITNESSED_AT - 60_000) }

function witnessed(members: JsonObject, key = KEY): Uint8Array {
  const header = { release: RELEASE, ...POLICY, ...REPORTED }
  return signedBy(key, statementOf('tracking', members, { header }))
}

/** Of a test that ended so. */
function tested(result: 'passed' | 'failed', key = KEY): Uint8Array {
  const configuration = [{ digest: { sha256: digestOf('tests') } }]
  const members = { result: result.toUpperCase(), configuration, [`${result}Tests`]: ['unit'] }
  return signedBy(
    key,
    statementOf('test-result', members, { header: { release: RELEASE, ...REPORTED } }),
  )
}

function signedBy(key: typeof KEY, said: Parameters<typeof encodeStatement>[0]): Uint8Array {
  const statement = encodeStatement(said)
  const json = JSON.parse(Buffer.from(statement).toString()) as Json
  const hint = key.publicKey.keyId
  return encodeBundle({
    ...signWithKey(json, { key, hint, at: WITNESSED_AT }),
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

/** The other signature that anybody makes of one of ECDSA: (r, n - s). */
function mirrored(file: Uint8Array): Uint8Array {
  const bundle = parseBundle(file)
  if (!bundle.ok || bundle.value.content.kind !== 'dsse') throw new Error('Expected an envelope')
  const { envelope } = bundle.value.content
  const pair = parseDer(envelope.signature, (value) => childrenOf(value))
  const [r, s] = pair.ok ? pair.value : []
  if (r === undefined || s === undefined) throw new Error('Expected a signature of ECDSA')
  const other = (ORDER - BigInt(`0x${encodeHex(s.content)}`)).toString(16)
  const even = other.padStart(other.length + (other.length % 2), '0')
  const octets = Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex')
  const content = Buffer.concat([r.bytes, Buffer.of(2, octets.length), octets])
  const signature = Buffer.concat([Buffer.of(0x30, content.length), content])
  return encodeBundle({
    ...bundle.value,
    version: '0.3',
    content: { kind: 'dsse', envelope: { ...envelope, signature } },
  })
}

/** One key has a term of a year. */
const TRUST = (() => {
  const document = trusting({ root: SCENE_ROOT, key: KEY.publicKey })
  const [key] = document.keys
  if (key === undefined) throw new Error('Expected a key')
  const other = { ...key, name: 'other', publicKey: OTHER.publicKey }
  return { ...document, keys: [{ ...key, notAfter: WITNESSED_AT + YEAR_MS }, other] }
})()
const AFTER_TERM = WITNESSED_AT + 2 * YEAR_MS

/** What a ledger with these files holds of the release, a year after the term of the key. */
async function itemsOf(files: readonly Uint8Array[], now = AFTER_TERM) {
  const named = new Map(files.map((bytes) => [digestBytes('sha256', bytes), bytes]))
  const entries = files.map((bytes, index) => ({
    sha256: digestBytes('sha256', bytes),
    predicateType: typeOf(bytes),
    release: ID,
    index,
  }))
  return readItems(entries, {
    read: ({ sha256 }) => Promise.resolve({ ok: true, value: named.get(sha256) ?? Buffer.of() }),
    verify: verifyUnder({ trust: TRUST, now, sigstore }),
  })
}

function typeOf(bytes: Uint8Array): string {
  const entry = entryOfRecord(bytes)
  return entry.ok ? entry.value.predicateType : ''
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

  it('holds the place of the record once the key is over, without the time of the other', async () => {
    const { items } = await itemsOf([stripped(ORIGINAL), ORIGINAL])
    expect(items).toMatchObject([{ index: 1, firstIndex: 0 }])
    const { evidence } = foldRelease({ id: ID, items, commitItems: () => [] })
    expect(evidence.records).toMatchObject([{ index: 0, judged: { source: 'clock', vouched: [] } }])
    const later = await itemsOf([ORIGINAL, stripped(ORIGINAL)])
    expect(foldRelease({ ...later, id: ID, commitItems: () => [] }).evidence.records).toMatchObject(
      [{ index: 0, judged: { source: 'log', at: WITNESSED_AT } }],
    )
  })

  it('is none where another key signed the same words: what is refused stays refused (A-84)', async () => {
    const file = stripped(ORIGINAL)
    const same = stripped(witnessed(TRACKING_MEMBERS, OTHER))
    for (const files of [
      [file, same],
      [same, file],
    ]) {
      const found = await itemsOf(files)
      expect(found.items.map(({ sha256 }) => sha256)).toEqual(digests([same]))
      expect([knownOf(found).refused, found.copies]).toEqual([1, []])
    }
    const both = await itemsOf([file, same], WITNESSED_AT)
    expect([both.items.length, both.copies]).toEqual([2, []])
    const twice = await itemsOf([file, stripped(witnessed(TRACKING_MEMBERS))], WITNESSED_AT)
    expect(twice.copies).toMatchObject([{ index: 1 }])
  })

  it('may have the signature in its other form, which needs no key', async () => {
    const mirror = mirrored(stripped(ORIGINAL))
    expect((await itemsOf([mirror], WITNESSED_AT)).items).toHaveLength(1)
    const found = await itemsOf([ORIGINAL, mirror])
    expect([knownOf(found).refused, found.copies.length]).toEqual([0, 1])
  })

  it('is refused where it is all that there is, and where it says something else', async () => {
    expect(knownOf(await itemsOf([stripped(ORIGINAL)])).refused).toBe(1)
    const other = stripped(witnessed({ ...TRACKING_MEMBERS, artifactName: 'another' }))
    const found = await itemsOf([ORIGINAL, other])
    expect([knownOf(found).refused, found.copies]).toEqual([1, []])
    expect(knownOf(await itemsOf([ORIGINAL, Buffer.from('no bundle')])).refused).toBe(1)
  })

  it('counts once while it is accepted, with the time of the first of them', async () => {
    const files = [stripped(ORIGINAL), rewritten(ORIGINAL), ORIGINAL]
    const { items, copies } = await itemsOf(files, WITNESSED_AT)
    expect(items).toHaveLength(3)
    expect(copies.map(({ index, of }) => [index, of])).toEqual([
      [1, digests(files)[0]],
      [2, digests(files)[0]],
    ])
    const { evidence } = foldRelease({ id: ID, items, commitItems: () => [] })
    expect(evidence.records).toMatchObject([
      { index: 0, sha256: digests(files)[0], judged: { source: 'clock', vouched: [] } },
    ])
  })

  it('is packed with its record, so that the place of that is the same in the pack', async () => {
    const passed = tested('passed')
    const failed = tested('failed', OTHER)
    const files = [stripped(passed), failed, passed]
    const world = openWorld(makeTemporaryFolder('copies'))
    await world.done('ledger init --ledger ledger')
    await appendAll(world, 'ledger', files)
    const { host } = createTestHost(world.folder, { now: AFTER_TERM })
    const verify = verifyUnder({ trust: TRUST, now: AFTER_TERM, sigstore })
    const close = () => Promise.resolve()
    const here = { ...host, openRecordVerifier: () => Promise.resolve({ verify, close }) }
    const source = await readPackSource(here, {
      ...{ store: await host.openLedger('ledger'), trust: TRUST, registry: shippedRegistry() },
      ...{ release: ID, phase: RELEASE.phase, scope: 'run', unsafeExampleKeys: undefined },
    })
    if (!source.ok || 'check' in source.value) return expect.fail(JSON.stringify(source))
    const { items, bundles, proofs } = source.value
    expect(items.map(({ sha256 }) => sha256)).toEqual(digests([failed, passed]))
    expect([...bundles.keys()].toSorted()).toEqual(digests(files).toSorted())
    const packed = proofs.entries.map(({ entry }) => bundles.get(entry.sha256) ?? Buffer.of())
    const records = async (them: readonly Uint8Array[]) => {
      const found = await itemsOf(them)
      const { evidence } = foldRelease({ ...found, id: ID, commitItems: () => [] })
      return evidence.records.map(({ sha256 }) => sha256)
    }
    expect(await records(packed)).toEqual(await records(files))
    expect(await records(packed)).toEqual(digests([passed, failed]))
  })
})
