// Assay itself, by its command line, as a person or a pipeline would use it.

import { mkdtempSync, writeFileSync } from 'node:fs'
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
  const { artifact, bundle, documents, folder, log, signer, time } = question
  const trust = join(mkdtempSync(join(folder, 'assay-trust-')), 'trust.json')
  await assayOrThrow(['trust', 'init', '--out', trust], [], folder)
  const named = (name: string) => ['--trust', trust, '--name', name]
  await assayOrThrow(
    ['trust', 'add-root', documents.trustedRoot, '--rehearsal'],
    named('rehearsal'),
    folder,
  )
  const add =
    'key' in signer
      ? ['trust', 'add-key', signer.key, '--role', 'release']
      : [
          ...['trust', 'add-identity', '--automation', '--ci'],
          ...['--issuer', signer.issuer, '--san', signer.identity],
        ]
  await assayOrThrow(add, named('expected'), folder)
  const { status, stdout, stderr } = await assay(
    [
      ...['verify', bundle, '--trust', trust, '--artifact', artifact, '--type', 'provenance'],
      ...(log ? ['--require-log'] : []),
      ...(time ? ['--require-timestamp'] : []),
    ],
    folder,
  )
  return { accepted: status === 0, output: stdout + stderr }
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
