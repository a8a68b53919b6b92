// `--key` with `--timestamp` and `--rekor`: a key of one's own, and the word of others for when it signed.

import { accept, type Result } from '../../core/index.ts'
import { encodeBundle } from '../../bundle/index.ts'
import { type Host, loadSigstoreServices } from '../../host/index.ts'
import { signStatement } from '../../sign/index.ts'
import { openSigner } from '../key/signer-input.ts'
import { describeWitnesses, verifyOwn } from './own-verification.ts'
import { announcePublication } from './publication.ts'
import { readTrustedRoot } from './root-input.ts'
import { describeKey, type PlacedDraft, type SignedDraft } from './signing.ts'
import type { SigningFlags } from './signing-flags.ts'
import { addLogEntries, addTimestamps } from './witnesses.ts'

/** Signs with the key, and lets every witness that the options name see it. */
export async function signWitnessed(
  host: Host,
  flags: SigningFlags,
  { statement, payload, judgePlace, judgeKey = accept, judgeUnpublished = accept }: PlacedDraft,
): Promise<Result<SignedDraft>> {
  const { timestamp = [], rekor = [] } = flags
  const trust = await readTrustedRoot(host, flags.trustedRoot)
  if (!trust.ok) return trust
  const signer = await openSigner(host, flags)
  if (!signer.ok) return signer
  const known = judgeKey(signer.value.publicKey.keyId)
  if (!known.ok) return known
  // Again: the files above were read since.
  const writable = await judgePlace()
  if (!writable.ok) return writable
  const { hint, publicKey } = signer.value
  if (rekor.length > 0) {
    await announcePublication(host, { places: rekor, identity: `the key ${hint}`, statement })
  }
  const services = await loadSigstoreServices()
  const verify = (bytes: Uint8Array) =>
    verifyOwn({
      bytes,
      statement,
      trust: trust.value,
      now: host.now(),
      signer: { kind: 'key', publicKey },
    })

  const bundle = await signStatement(payload, signer.value)
  const stamped = await addTimestamps(host, services, { bundle, authorities: timestamp })
  if (!stamped.ok) return stamped
  if (rekor.length > 0) {
    // What could not be accepted is not published.
    const unpublished = encodeBundle(stamped.value)
    const acceptable = await verify(unpublished)
    if (!acceptable.ok) return acceptable
    const welcome = judgeUnpublished(unpublished)
    if (!welcome.ok) return welcome
  }
  const logs = rekor.map((url) => ({ url }))
  const logged = await addLogEntries(host, services, { bundle: stamped.value, publicKey, logs })
  if (!logged.ok) return logged
  const bytes = encodeBundle(logged.value)
  const found = await verify(bytes)
  if (!found.ok) return found
  return accept({
    bytes,
    ...describeKey(hint),
    members: { keyId: hint, ...describeWitnesses(found.value) },
  })
}
