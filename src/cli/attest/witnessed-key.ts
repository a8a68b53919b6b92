// `--key` with `--timestamp` and `--rekor`: a key of one's own, and the word of others for when it signed.

import { accept, type Result } from '../../core/index.ts'
import { type Host, loadSigstoreServices } from '../../host/index.ts'
import { signStatement } from '../../sign/index.ts'
import { openSigner } from '../key/signer-input.ts'
import { describeWitnesses, verifyOwn } from './own-verification.ts'
import { announcePublication } from './publication.ts'
import { readTrustedRoot } from './root-input.ts'
import { describeKey, type Draft, type SignedDraft } from './signing.ts'
import type { SigningFlags } from './signing-flags.ts'
import { addWitnesses } from './witnesses.ts'

/** Signs with the key, and lets every witness that the options name see it. */
export async function signWitnessed(
  host: Host,
  flags: SigningFlags,
  { statement, payload }: Draft,
): Promise<Result<SignedDraft>> {
  const { timestamp = [], rekor = [] } = flags
  const trust = await readTrustedRoot(host, flags.trustedRoot)
  if (!trust.ok) return trust
  const signer = await openSigner(host, flags)
  if (!signer.ok) return signer
  const { hint, publicKey } = signer.value
  if (rekor.length > 0) {
    await announcePublication(host, { places: rekor, identity: `the key ${hint}`, statement })
  }
  const signed = await addWitnesses(host, await loadSigstoreServices(), {
    bundle: await signStatement(payload, signer.value),
    plan: { publicKey, timestampAuthorities: timestamp, logs: rekor.map((url) => ({ url })) },
  })
  if (!signed.ok) return signed
  const bundle = signed.value
  const question = { bundle, statement, trust: trust.value, now: host.now(), publicKey }
  const found = await verifyOwn(question)
  if (!found.ok) return found
  return accept({
    bundle,
    ...describeKey(hint),
    members: { keyId: hint, ...describeWitnesses(found.value.judged, bundle) },
  })
}
