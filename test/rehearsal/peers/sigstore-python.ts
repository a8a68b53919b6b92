// The command line of sigstore-python, which knows identities and no keys.

import { join } from 'node:path'
import { programPath } from '../programs/catalog.ts'
import {
  type PeerVerdict,
  type SigningOrder,
  signingConfigName,
  type VerificationQuestion,
} from './question.ts'
import { run, runOrThrow } from './run.ts'

/** It makes the statement itself: SLSA provenance v1 with the predicate, about the artifact. */
export async function attestWithSigstorePython(order: SigningOrder): Promise<string> {
  const { artifact, documents, folder, mode, predicate, token } = order
  const name = signingConfigName(mode)
  const bundle = join(folder, `sigstore-python.${name}.sigstore.json`)
  await runOrThrow(
    programPath('sigstore-python'),
    [
      ...['-m', 'sigstore', '--trust-config', documents.trustConfigs[name], 'attest'],
      ...['--predicate-type', 'https://slsa.dev/provenance/v1', '--predicate', predicate],
      ...['--rekor-version', name === 'rekor' ? '2' : '1'],
      ...['--identity-token', token, '--bundle', bundle],
      artifact,
    ],
    { cwd: folder },
  )
  return bundle
}

/** Verifies a bundle of either content, signed by an identity. */
export async function verifyWithSigstorePython(
  question: VerificationQuestion,
): Promise<PeerVerdict> {
  const { artifact, bundle, documents, folder, signer } = question
  if ('key' in signer) throw new Error('Expected an identity, found a key')
  const { status, stderr } = await run(
    programPath('sigstore-python'),
    [
      ...['-m', 'sigstore', '--trust-config', documents.trustConfigs.rekor],
      ...['verify', 'identity', '--offline', '--bundle', bundle],
      ...['--cert-identity', signer.identity, '--cert-oidc-issuer', signer.issuer],
      artifact,
    ],
    { cwd: folder },
  )
  return { accepted: status === 0, output: stderr }
}
