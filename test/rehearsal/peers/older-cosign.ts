// cosign 3 as cosign 1 and 2 were: what it wrote before it knew bundles, which it still writes where it is asked for it.

import { join } from 'node:path'
import { programPath } from '../programs/catalog.ts'
import type { Rehearsal } from '../rehearsal.ts'
import type { SigningOrder } from './question.ts'
import { runOrThrow } from './run.ts'

/** Its keys have a passphrase, which may be empty. */
const env = { COSIGN_PASSWORD: '' }

/** What is signed, by whom, and who witnesses it. */
export interface OlderOrder {
  readonly command: 'sign-blob' | 'attest-blob'
  readonly by: 'certificate' | 'key'
  /** Rekor v1. */
  readonly isLogged: boolean
  /** Begins the names of the files. */
  readonly name: string
}

/** Paths; a certificate is written only where one signed, and in `bundle` the log entry only where a log has it. */
export interface OlderFiles {
  readonly signature: string
  readonly certificate: string
  readonly timestamp: string
  readonly bundle: string
}

/** Signs in every form at once: one signature. */
export async function signWithOlderCosign(
  { artifact, folder, predicate, token, documents }: Omit<SigningOrder, 'mode'>,
  urls: Rehearsal['urls'],
  { command, by, isLogged, name }: OlderOrder,
): Promise<OlderFiles> {
  const file = (ending: string) => join(folder, `${name}.${ending}`)
  const files = {
    signature: file('sig'),
    certificate: file('pem'),
    timestamp: file('tsr'),
    bundle: file('bundle'),
  }
  const isAttesting = command === 'attest-blob'
  const signer =
    by === 'key'
      ? ['--key', join(folder, 'cosign.key')]
      : [
          ...['--fulcio-url', urls.fulcio, '--identity-token', token],
          ...['--output-certificate', files.certificate],
        ]
  await runOrThrow(
    programPath('cosign'),
    [
      ...[command, '--yes', '--new-bundle-format=false', '--use-signing-config=false'],
      ...['--trusted-root', documents.trustedRoot],
      ...(isLogged ? ['--rekor-url', urls.rekorV1] : ['--tlog-upload=false']),
      ...['--timestamp-server-url', urls.timestampAuthority],
      ...[isAttesting ? '--rfc3161-timestamp-bundle' : '--rfc3161-timestamp', files.timestamp],
      ...['--output-signature', files.signature, '--bundle', files.bundle],
      ...(isAttesting ? ['--predicate', predicate, '--type', 'slsaprovenance1'] : []),
      ...signer,
      artifact,
    ],
    { cwd: folder, env },
  )
  return files
}

/** A key in cosign's own form, and `cosign.pub` beside it. */
export async function makeCosignKey(folder: string): Promise<string> {
  await runOrThrow(programPath('cosign'), ['generate-key-pair'], { cwd: folder, env })
  return join(folder, 'cosign.pub')
}
