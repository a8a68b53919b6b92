// cosign 3, which signs and verifies in every mode.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { programPath } from '../programs/catalog.ts'
import {
  type PeerVerdict,
  type SigningOrder,
  signingConfigName,
  type VerificationQuestion,
} from './question.ts'
import { run, runOrThrow } from './run.ts'

/** Its keys have a passphrase, which may be empty. */
const env = { COSIGN_PASSWORD: '' }

/** Signs the statement as it is; from a predicate cosign would make a statement v0.1. */
export async function attestWithCosign(order: SigningOrder): Promise<string> {
  const { documents, folder, mode, statement } = order
  const name = signingConfigName(mode)
  const bundle = join(folder, `cosign.${name}.sigstore.json`)
  await runOrThrow(
    programPath('cosign'),
    [
      ...['attest-blob', '--yes', '--statement', statement, '--bundle', bundle],
      ...['--trusted-root', documents.trustedRoot],
      ...['--signing-config', documents.signingConfigs[name]],
      ...(await signerOptions(order)),
    ],
    { cwd: folder, env },
  )
  return bundle
}

/** Signs the bytes of the artifact: a bundle with a message signature. */
export async function signWithCosign(order: SigningOrder): Promise<string> {
  const { artifact, documents, folder, mode } = order
  const name = signingConfigName(mode)
  const bundle = join(folder, `cosign.${name}.blob.sigstore.json`)
  await runOrThrow(
    programPath('cosign'),
    [
      ...['sign-blob', '--yes', '--bundle', bundle],
      ...['--trusted-root', documents.trustedRoot],
      ...['--signing-config', documents.signingConfigs[name]],
      ...(await signerOptions(order)),
      artifact,
    ],
    { cwd: folder, env },
  )
  return bundle
}

/** Verifies a statement of SLSA provenance v1 about the artifact. */
export async function verifyAttestationWithCosign(
  question: VerificationQuestion,
): Promise<PeerVerdict> {
  return verify(question)
}

/** Verifies a signature over the bytes of the artifact. */
export async function verifyBlobWithCosign(question: VerificationQuestion): Promise<PeerVerdict> {
  return verify(question, ['verify-blob'])
}

async function verify(
  question: VerificationQuestion,
  command?: readonly string[],
): Promise<PeerVerdict> {
  const args = verificationArguments(question, command)
  const { status, stderr } = await run(programPath('cosign'), args, { cwd: question.folder })
  return { accepted: status === 0, output: stderr }
}

/** What `cosign` is called with, to verify. */
export function verificationArguments(
  { artifact, bundle, documents, log, signer, time }: VerificationQuestion,
  command: readonly string[] = ['verify-blob-attestation', '--type', 'slsaprovenance1'],
): readonly string[] {
  const expected =
    'key' in signer
      ? ['--key', signer.key]
      : [
          ...['--certificate-identity', signer.identity],
          ...['--certificate-oidc-issuer', signer.issuer],
        ]
  return [
    ...command,
    ...['--bundle', bundle, '--trusted-root', documents.trustedRoot, ...expected],
    ...(log ? [] : ['--insecure-ignore-tlog']),
    ...(time && 'key' in signer ? ['--use-signed-timestamps'] : []),
    artifact,
  ]
}

async function signerOptions(order: SigningOrder): Promise<readonly string[]> {
  if (order.mode.startsWith('keyless')) return ['--identity-token', order.token]
  return ['--key', await importKey(order)]
}

/** cosign takes keys only in a form of its own. */
async function importKey({ folder, key }: SigningOrder): Promise<string> {
  const imported = join(folder, 'imported.key')
  if (!existsSync(imported)) {
    await runOrThrow(
      programPath('cosign'),
      ['import-key-pair', '--key', key, '--output-key-prefix', 'imported'],
      { cwd: folder, env },
    )
  }
  return imported
}
