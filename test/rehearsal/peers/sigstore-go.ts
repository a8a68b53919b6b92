// sigstore-go, behind our own main beside this folder.

import { programPath } from '../programs/catalog.ts'
import type { PeerVerdict, VerificationQuestion } from './question.ts'
import { type Ran, run } from './run.ts'

/** Verifies a bundle of either content: a statement about the artifact, or a signature over it. */
export async function verifyWithSigstoreGo(question: VerificationQuestion): Promise<PeerVerdict> {
  const { status, stderr } = await runVerifier(question, [])
  return { accepted: status === 0, output: stderr }
}

/** How many times in a second one process verifies the same bundle. */
export async function measureSigstoreGo(
  question: VerificationQuestion,
  times: number,
): Promise<number> {
  const { stdout, stderr } = await runVerifier(question, ['-repeat', `${times}`])
  const [, rate] = /^(\d+) per second$/m.exec(stdout) ?? []
  if (rate === undefined) throw new Error(`sigstore-go measured nothing: ${stderr}`)
  return Number(rate)
}

async function runVerifier(
  { artifact, bundle, documents, folder, log, signer, time }: VerificationQuestion,
  more: readonly string[],
): Promise<Ran> {
  const expected =
    'key' in signer
      ? ['-key', signer.key]
      : ['-identity', signer.identity, '-issuer', signer.issuer]
  return run(
    programPath('sigstore-go'),
    [
      ...['-bundle', bundle, '-trusted-root', documents.trustedRoot, '-artifact', artifact],
      ...expected,
      ...(log ? [] : ['-without-log']),
      ...(time ? [] : ['-without-time']),
      ...more,
    ],
    { cwd: folder },
  )
}
