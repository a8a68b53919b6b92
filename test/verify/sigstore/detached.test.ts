// A certificate with a signature and nothing else: it counts only for a time, and nothing in these files gives one but a timestamp.

import { sign } from 'node:crypto'
import { expect, it } from 'vitest'
import { type DetachedSignature, parseDetached } from '../../../src/bundle/index.ts'
import { failedChecks } from '../../../src/core/index.ts'
import { loadSigstore, verifyBundle } from '../../../src/verify/index.ts'
import { digestOf } from '../release.ts'
import { ISSUER, LEAF_KEY, makeLeaf, makeRoot, SIGNED_AT, WORKFLOW } from './test-authority.ts'
import { makeTsa, stamp } from './test-timestamp.ts'
import { PUBLIC_GOOD, trusting } from './trust.ts'

const BYTES = Buffer.from('a release\n')
const SIGNATURE = sign('sha256', BYTES, LEAF_KEY.privateKey)
const TSA = makeTsa()
const AT = { at: SIGNED_AT + 60_000 }
const STAMP = stamp(TSA, SIGNATURE, AT)
const pem = Buffer.from(
  `-----BEGIN CERTIFICATE-----\n${makeLeaf().toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
)
const FILES = { signature: Buffer.from(SIGNATURE.toString('base64')), certificate: pem }
const ROOT = makeRoot({ timestampAuthorities: [TSA.authority] })
const [LOG] = PUBLIC_GOOD.ok ? PUBLIC_GOOD.value.root.transparencyLogs : []

async function judge(files: DetachedSignature, root = ROOT): Promise<unknown> {
  const bundle = parseDetached(files)
  if (!bundle.ok) return bundle.problems.map(({ code }) => code)
  const artifact = { name: 'app', digest: { sha256: digestOf(BYTES) }, bytes: BYTES }
  const { verdict } = verifyBundle({
    bundle: bundle.value,
    trust: trusting({ root, identity: { issuer: ISSUER, san: WORKFLOW } }),
    now: SIGNED_AT,
    sigstore: await loadSigstore(),
    expectation: { artifacts: { kind: 'artifacts', artifacts: [artifact] } },
  })
  if (verdict.outcome === 'accepted') return 'accepted'
  return failedChecks(verdict).map(({ code }) => code)
}

it('A detached certificate without a time is refused, and accepted with a timestamp', async () => {
  expect(await judge(FILES)).toEqual(['verify/time-missing'])
  expect(await judge({ ...FILES, timestamp: STAMP })).toBe('accepted')
  const wrapped = JSON.stringify({ SignedRFC3161Timestamp: STAMP.toString('base64') })
  expect(await judge({ ...FILES, timestamp: Buffer.from(wrapped) })).toBe('accepted')
  const base64 = Buffer.from(pem.toString('base64'))
  expect(await judge({ ...FILES, certificate: base64, timestamp: STAMP })).toBe('accepted')
})

it('A timestamp over other bytes gives no time', async () => {
  const timestamp = stamp(TSA, Buffer.from('x'), AT)
  expect(await judge({ ...FILES, timestamp })).toContain('verify/timestamp-imprint')
})

it('Where the trusted root has logs, a detached certificate is refused for want of an entry', async () => {
  if (LOG === undefined) throw new Error('Expected the public root to have a log')
  const root = makeRoot({ timestampAuthorities: [TSA.authority], transparencyLogs: [LOG] })
  expect(await judge({ ...FILES, timestamp: STAMP }, root)).toEqual(['verify/log-entry-missing'])
})
