// What a verifier asks beyond the bundle itself, of one real bundle that is accepted.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Bundle, parseBundle } from '../../src/bundle/index.ts'
import { failedChecks } from '../../src/core/index.ts'
import { digestBytes } from '../../src/digest/index.ts'
import type { TrustDocument, TrustedIdentity } from '../../src/trust/index.ts'
import {
  type BundleVerdict,
  type Expectation,
  loadSigstore,
  type Sigstore,
  verifyBundle,
} from '../../src/verify/index.ts'
import { checkSecondVerifier } from '../../src/verify/sigstore/second/second-verifier.ts'
import { readLeaf } from '../../src/verify/sigstore/certificate/leaf.ts'
import { findCorpus } from '../corpora.ts'
import { PUBLIC_GOOD, trusting } from '../verify/sigstore/trust.ts'

const corpus = findCorpus('sigstore-conformance') ?? ''
const read = (path: string): Buffer => readFileSync(join(corpus, 'bundle-verify', path))

const WORKFLOW =
  'https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main'
const IDENTITY = { issuer: 'https://token.actions.githubusercontent.com', san: WORKFLOW }
const NOW = Date.UTC(2026, 10, 21)

function bundleOf(name: string) {
  const bundle = parseBundle(read(`${name}/bundle.sigstore.json`))
  if (!bundle.ok) throw new Error(bundle.problems[0].message)
  return bundle.value
}

function trustOf(identity: Partial<TrustedIdentity> = {}, name = 'public-good'): TrustDocument {
  if (!PUBLIC_GOOD.ok) throw new Error(PUBLIC_GOOD.problems[0].message)
  return trusting({ root: { ...PUBLIC_GOOD.value, name }, identity: { ...IDENTITY, ...identity } })
}

interface Question {
  readonly trust?: TrustDocument
  readonly expectation?: Partial<Expectation>
  readonly at?: number
  readonly now?: number
  readonly sigstore?: Sigstore | undefined
  readonly bundle?: Bundle
}

async function ask({
  trust = trustOf(),
  expectation,
  ...rest
}: Question = {}): Promise<BundleVerdict> {
  const bytes = read('a.txt')
  const digest = { sha256: digestBytes('sha256', bytes) }
  const sigstore = 'sigstore' in rest ? rest.sigstore : await loadSigstore()
  return verifyBundle({
    bundle: rest.bundle ?? bundleOf('happy-path-v0.3'),
    trust,
    now: rest.now ?? NOW,
    ...(rest.at !== undefined && { at: rest.at }),
    ...(sigstore !== undefined && { sigstore }),
    expectation: {
      artifacts: { kind: 'artifacts', artifacts: [{ name: 'a.txt', digest, bytes }] },
      ...expectation,
    },
  })
}

const codesOf = ({ verdict }: BundleVerdict): readonly string[] =>
  failedChecks(verdict).map(({ code }) => code ?? '')

describe.runIf(corpus !== '')('a certificate', () => {
  it('is accepted for the identity that the trust document names', async () => {
    const { verdict, verified } = await ask()
    expect(verdict.outcome).toBe('accepted')
    expect(verified?.signer).toMatchObject({ type: 'certificate', name: 'signer' })
    expect(verified?.origin).toBe('local-proof')
    expect(verified?.judged).toMatchObject({ source: 'log', at: Date.UTC(2024, 2, 19, 17, 26, 26) })
  })

  it('gives the origin of a live workflow where its issuer is a CI system under a live root', async () => {
    expect((await ask({ trust: trustOf({ isCi: true }) })).verified?.origin).toBe('live-workflow')
    const trust = trustOf({ isCi: true })
    const roots = trust.roots.map((root) => ({ ...root, mark: 'rehearsal' as const }))
    expect((await ask({ trust: { ...trust, roots } })).verified?.origin).toBe('local-proof')
  })

  it('says that a root is live by declaration alone, with the digest of the trust document', async () => {
    const trust = trustOf()
    const messages = (await ask({ trust })).verdict.checks?.map(({ message }) => message)
    expect(messages?.join('\n')).toContain(`live by declaration of trust document ${trust.digest}`)
  })

  it('is refused where no identity, no root, another identity, issuer or claim is trusted', async () => {
    const trust = trustOf()
    expect(codesOf(await ask({ trust: { ...trust, identities: [] } }))).toEqual([
      'verify/identity-none',
    ])
    expect(codesOf(await ask({ trust: { ...trust, roots: [] } }))).toEqual([
      'verify/certificate-untrusted',
    ])
    expect(codesOf(await ask({ trust: trustOf({ san: `${WORKFLOW}2` }) }))).toEqual([
      'verify/identity-unexpected',
    ])
    expect(codesOf(await ask({ trust: trustOf({ issuer: 'https://gitlab.example' }) }))).toEqual([
      'verify/issuer-unexpected',
    ])
    const claims = { sourceRepositoryIdentifier: '1' }
    expect(codesOf(await ask({ trust: trustOf({ claims }) }))).toEqual(['verify/claim-unexpected'])
  })

  it('shows the identity and the line that would trust it', async () => {
    const { verdict } = await ask({ trust: { ...trustOf(), identities: [] } })
    const [check] = failedChecks(verdict)
    expect(check?.hint).toContain('assay trust add-identity')
    expect(check?.hint).toContain(WORKFLOW)
  })

  it('is judged alike by any clock (A-24)', async () => {
    expect((await ask({ now: Date.UTC(2000, 0, 1) })).verdict.outcome).toBe('accepted')
    expect((await ask({ now: Date.UTC(2099, 0, 1) })).verdict.outcome).toBe('accepted')
  })

  it('is refused as of a time before its signature', async () => {
    expect(codesOf(await ask({ at: Date.UTC(2024, 0, 1) }))).toEqual(['verify/time-later'])
    expect((await ask({ at: Date.UTC(2024, 5, 1) })).verdict.outcome).toBe('accepted')
  })

  it('needs a timestamp only where one is required', async () => {
    expect(codesOf(await ask({ expectation: { requireTimestamp: true } }))).toEqual([
      'verify/timestamp-missing',
    ])
    expect((await ask({ expectation: { requireLog: true } })).verdict.outcome).toBe('accepted')
  })

  it('needs the log entry and the time that it was signed with', async () => {
    const bundle = { ...bundleOf('happy-path-v0.3'), logEntries: [] }
    const codes = codesOf(await ask({ bundle }))
    expect(codes).toEqual(['verify/log-entry-missing', 'verify/time-missing'])
  })

  it('is not judged without the part that can judge it', async () => {
    expect(codesOf(await ask({ sigstore: undefined }))).toEqual(['verify/sigstore-not-loaded'])
  })
})

describe.runIf(corpus !== '')('the second verifier', () => {
  const opinionOn = (name: string) => {
    const bundle = bundleOf(name)
    const { content, keyMaterial } = bundle
    if (content.kind !== 'message' || keyMaterial.kind === 'public-key' || !PUBLIC_GOOD.ok) {
      throw new Error('Expected another case')
    }
    const { leaf } = readLeaf(
      keyMaterial.kind === 'certificate' ? [keyMaterial.certificate] : keyMaterial.certificates,
    )
    if (leaf === undefined) throw new Error('Expected a certificate that can be read')
    const bytes = read('a.txt')
    const signed = {
      kind: 'message',
      bytes,
      digest: { sha256: digestBytes('sha256', bytes) },
      signature: content.signature,
    } as const
    const question = { bundle, signed, roots: [PUBLIC_GOOD.value], now: NOW }
    return checkSecondVerifier(question, PUBLIC_GOOD.value.root, { leaf })[0]
  }

  it('agrees about a bundle that holds', () => {
    expect(opinionOn('happy-path-v0.3')?.outcome).toBe('accepted')
  })

  it('refuses by itself what does not hold', () => {
    expect(opinionOn('signature-mismatch_fail')?.code).toBe('verify/second-verifier')
    expect(opinionOn('bundle-from-wrong-instance_fail')?.code).toBe('verify/second-verifier')
  })
})
