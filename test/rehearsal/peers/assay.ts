// Assay itself, by its command line, as a person or a pipeline would use it.

import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../../.ci/checkout.ts'
import type { Rehearsal } from '../rehearsal.ts'
import {
  type PeerVerdict,
  type SigningOrder,
  signingConfigName,
  type VerificationQuestion,
} from './question.ts'
import { type Ran, run } from './run.ts'

const MAIN = join(ROOT, 'src/cli/main.ts')

/** It makes the statement itself: SLSA provenance v1 of this very run, about the artifact. */
export async function attestWithAssay(
  order: SigningOrder,
  urls: Rehearsal['urls'],
): Promise<string> {
  const { artifact, documents, folder, key, mode, token } = order
  const name = signingConfigName(mode)
  const bundle = join(folder, `assay.${name}.sigstore.json`)
  const tokenFile = join(folder, 'assay.token')
  writeFileSync(tokenFile, token, { mode: 0o600 })
  const root = ['--trusted-root', documents.trustedRoot]
  const signer = {
    rekor: ['--sigstore', '--identity-token-file', tokenFile, ...root],
    rekorV1: ['--sigstore', '--identity-token-file', tokenFile, ...root],
    timestamp: ['--key', key, '--timestamp', urls.timestampAuthority, ...root],
    none: ['--key', key],
  }[name]
  const config = mode.startsWith('keyless')
    ? ['--signing-config', documents.signingConfigs[name]]
    : []
  await assayOrThrow(
    ['attest', 'provenance', '--artifact', artifact, '--build', 'local', '--out', bundle],
    [...signer, ...config],
    folder,
  )
  return bundle
}

/** With a trust document that names the root and the expected signer, and nothing else. */
export async function verifyWithAssay(question: VerificationQuestion): Promise<PeerVerdict> {
  const { artifact, bundle, folder, log, time } = question
  const isSignature = readFileSync(bundle, 'utf8').includes('"messageSignature"')
  const { status, stdout, stderr } = await assay(
    [
      ...['verify', bundle, '--trust', await trustFor(question), '--artifact', artifact],
      ...(isSignature ? [] : ['--type', 'provenance']),
      ...(log ? ['--require-log'] : []),
      ...(time ? ['--require-timestamp'] : []),
    ],
    folder,
  )
  return { accepted: status === 0, output: stdout + stderr }
}

/** Made once for each folder, root and signer: the name of the file tells them apart. */
async function trustFor({ documents, folder, signer }: VerificationQuestion): Promise<string> {
  const whom = JSON.stringify([documents.trustedRoot, signer])
  const trust = join(folder, `trust-${createHash('sha256').update(whom).digest('hex')}.json`)
  if (existsSync(trust)) return trust
  await assayOrThrow(['trust', 'init', '--out', trust], [], folder)
  const named = (name: string) => ['--trust', trust, '--name', name]
  const addRoot = ['trust', 'add-root', documents.trustedRoot, '--rehearsal']
  await assayOrThrow(addRoot, named('rehearsal'), folder)
  const addSigner =
    'key' in signer
      ? ['trust', 'add-key', signer.key, '--role', 'release']
      : [
          ...['trust', 'add-identity', '--automation', '--ci'],
          ...['--issuer', signer.issuer, '--san', signer.identity],
        ]
  await assayOrThrow(addSigner, named('expected'), folder)
  return trust
}

function assay(args: readonly string[], cwd: string): Promise<Ran> {
  return run(process.execPath, [MAIN, ...args], { cwd })
}

async function assayOrThrow(
  what: readonly string[],
  how: readonly string[],
  cwd: string,
): Promise<void> {
  const { status, stdout, stderr } = await assay([...what, ...how], cwd)
  if (status !== 0)
    throw new Error(`assay ${what.join(' ')} ended with ${status}: ${stdout}${stderr}`)
}
