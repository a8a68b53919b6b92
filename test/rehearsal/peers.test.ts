// The stack is right when the programs of others agree on it: what they sign is accepted, and what is wrong is refused.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { askAbout, makeRelease, type Release } from './order.ts'
import { verifyWithAssay } from './peers/assay.ts'
import {
  attestWithCosign,
  signWithCosign,
  verifyAttestationWithCosign,
  verifyBlobWithCosign,
} from './peers/cosign.ts'
import type { Mode, PeerVerdict, VerificationQuestion } from './peers/question.ts'
import { measureSigstoreGo, verifyWithSigstoreGo } from './peers/sigstore-go.ts'
import { verifyWithSigstoreJs } from './peers/sigstore-js.ts'
import { verifyWithSigstorePython } from './peers/sigstore-python.ts'
import { useRehearsal } from './use-rehearsal.ts'

const rehearsal = useRehearsal()
let made: Promise<Release> | undefined

/** One release for all tests of this file. */
const release = () => (made ??= makeRelease(rehearsal(), 'peers'))

it.each<Mode>(['keyless, Rekor v2', 'keyless, Rekor v1', 'key, timestamp', 'key'])(
  'A signature of cosign over bytes (%s) is accepted by every verifier that can',
  async (mode) => {
    const order = { ...(await release()), mode }
    const question = askAbout(order, await signWithCosign(order), mode)
    const verdicts = [
      await verifyWithAssay(question),
      await verifyBlobWithCosign(question),
      await verifyWithSigstoreGo(question),
      verifyWithSigstoreJs(question),
      ...('issuer' in question.signer ? [await verifyWithSigstorePython(question)] : []),
    ]
    expect(verdicts.map(({ accepted, output }) => accepted || output)).toEqual(
      verdicts.map(() => true),
    )
  },
)

it.each<{
  what: string
  change: (question: VerificationQuestion) => VerificationQuestion
  acceptedBy?: readonly string[]
}>([
  { what: 'Another identity', change: withSigner({ identity: 'https://example.org/other' }) },
  { what: 'Another issuer', change: withSigner({ issuer: 'https://issuer.example' }) },
  { what: 'Another signature', change: withOtherSignature },
  // @sigstore/verify leaves the subjects of a statement to whoever calls it.
  { what: 'Another artifact', change: withOtherArtifact, acceptedBy: ['@sigstore/verify'] },
])('$what is refused by whoever judges it', async ({ change, acceptedBy = [] }) => {
  const order = { ...(await release()), mode: 'keyless, Rekor v2' as const }
  const question = askAbout(order, await attestWithCosign(order), order.mode)
  expect(await listAccepting(question)).toEqual([
    'assay',
    'cosign',
    'sigstore-go',
    'sigstore-python',
    '@sigstore/verify',
  ])
  expect(await listAccepting(change(question))).toEqual(acceptedBy)
})

it.each(['email', 'github', 'gitlab'] as const)(
  'Fulcio certifies the identity in a token of the %s issuer',
  async (kind) => {
    const identity = {
      email: 'person@example.org',
      github: 'https://github.com/example/app/.github/workflows/release.yml@refs/heads/main',
      gitlab: 'https://gitlab.com/example/app//.gitlab-ci.yml@refs/heads/main',
    }[kind]
    const claims = {
      email: { email: identity },
      github: { job_workflow_ref: identity.replace('https://github.com/', '') },
      gitlab: { ci_config_ref_uri: identity.replace('https://', '') },
    }[kind]
    const token = await rehearsal().token({ kind, claims })
    const order = { ...(await release()), token, mode: 'keyless, Rekor v2' as const }
    const question = askAbout(order, await attestWithCosign(order), order.mode)
    const signer = { identity, issuer: rehearsal().issuers[kind] }
    expect(await verifyWithSigstoreGo({ ...question, signer })).toMatchObject({ accepted: true })
    expect(await verifyWithSigstoreGo(question)).toMatchObject({ accepted: false })
  },
)

it('Fulcio refuses a token that names another audience', async () => {
  const token = await rehearsal().token({ kind: 'email', claims: { aud: 'somebody' } })
  const order = { ...(await release()), token, mode: 'keyless, Rekor v2' as const }
  await expect(attestWithCosign(order)).rejects.toThrow(/identity token/)
})

it('sigstore-go tells how many bundles it verifies in a second', async () => {
  const order = { ...(await release()), mode: 'keyless, Rekor v2' as const }
  const question = askAbout(order, await attestWithCosign(order), order.mode)
  expect(await measureSigstoreGo(question, 50)).toBeGreaterThan(1)
})

async function listAccepting(question: VerificationQuestion): Promise<readonly string[]> {
  const verdicts: Record<string, PeerVerdict> = {
    assay: await verifyWithAssay(question),
    cosign: await verifyAttestationWithCosign(question),
    'sigstore-go': await verifyWithSigstoreGo(question),
    'sigstore-python': await verifyWithSigstorePython(question),
    '@sigstore/verify': verifyWithSigstoreJs(question),
  }
  return Object.keys(verdicts).filter((name) => verdicts[name]?.accepted)
}

function withOtherArtifact(question: VerificationQuestion): VerificationQuestion {
  const artifact = join(question.folder, 'other.txt')
  writeFileSync(artifact, 'another release\n')
  return { ...question, artifact }
}

function withSigner(change: { readonly identity?: string; readonly issuer?: string }) {
  return (question: VerificationQuestion): VerificationQuestion => {
    if ('key' in question.signer) throw new Error('Expected an identity')
    return { ...question, signer: { ...question.signer, ...change } }
  }
}

/** A bit in the middle of the signature is flipped. */
function withOtherSignature(question: VerificationQuestion): VerificationQuestion {
  const document = JSON.parse(readFileSync(question.bundle, 'utf8'))
  const [first] = document.dsseEnvelope.signatures
  const signature = Buffer.from(first.sig, 'base64')
  signature[20] = (signature[20] ?? 0) ^ 1
  first.sig = signature.toString('base64')
  const bundle = join(question.folder, 'changed.sigstore.json')
  writeFileSync(bundle, JSON.stringify(document))
  return { ...question, bundle }
}
