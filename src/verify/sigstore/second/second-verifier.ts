// The verifier of the Sigstore project, asked once our own checks have accepted everything: both must. It is handed only what ours
// has read, so that nothing it would read more loosely reaches it, and it gives no reasons: those are ours.

import { AssertionError } from 'node:assert'
import type { Bundle } from '../../../bundle/index.ts'
import type { Check } from '../../../core/index.ts'
import type { LogKey, TrustedRoot } from '../../../trust/index.ts'
import { failed, passed } from '../../check.ts'
import type { Leaf } from '../certificate/leaf.ts'
import { isSignedByCertificate, isSignedByKey } from '../content-signature.ts'
import type { MaterialQuestion } from '../sigstore.ts'
import { describeContent, describeEntry } from './entity.ts'
import { describeLeaf, hasPromisesForAll } from './leaf.ts'
import { Verifier } from './library.ts'
import { describeRoot } from './root.ts'
import { describeTimestamp } from './timestamp.ts'

/** Whose signature it is. */
export type SecondSigner = { readonly leaf: Leaf } | { readonly key: LogKey }

/** Does `@sigstore/verify` accept it too, under this root? */
export function checkSecondVerifier(
  question: MaterialQuestion,
  root: TrustedRoot,
  signer: SecondSigner,
): readonly Check[] {
  const expected = 'the same answer of @sigstore/verify'
  try {
    ask(question, root, signer)
    const found = `accepted, where it is told ${listTold(question.bundle)}`
    return [passed('second-verifier', '@sigstore/verify accepts it too', { expected, found })]
  } catch (error) {
    if (isBug(error)) throw error
    const facts = { expected, found: String(error) }
    const message = 'The verifier of the Sigstore project does not accept it'
    return [failed('second-verifier', 'rejected', 'verify/second-verifier', message, facts)]
  }
}

function ask({ bundle, signed }: MaterialQuestion, root: TrustedRoot, signer: SecondSigner): void {
  const { transparencyLogs, certificateLogs } = root
  const isCertificate = 'leaf' in signer
  const publicKey = isCertificate ? signer.leaf.publicKey : signer.key.key
  const verifier = new Verifier(describeRoot(root, publicKey), {
    tlogThreshold: isCertificate && transparencyLogs.length > 0 ? 1 : 0,
    ctlogThreshold: isCertificate && hasPromisesForAll(signer.leaf, certificateLogs) ? 1 : 0,
    timestampThreshold: isCertificate ? 1 : 0,
  })
  const tlogEntries = bundle.logEntries.map(describeEntry)
  verifier.verify({
    key: isCertificate
      ? { $case: 'certificate', certificate: describeLeaf(signer.leaf, certificateLogs) }
      : { $case: 'public-key', hint: '' },
    signature: describeContent(signed, () =>
      isCertificate
        ? isSignedByCertificate(keyOfLeaf(signer.leaf), signed)
        : isSignedByKey(signer.key, signed),
    ),
    tlogEntries,
    timestamps: [
      ...bundle.timestamps.map((der) => describeTimestamp(der, root)),
      ...tlogEntries.map((tlogEntry) => ({ $case: 'transparency-log' as const, tlogEntry })),
    ],
  })
}

function keyOfLeaf({ keyType, publicKey, spki }: Leaf): LogKey {
  return { type: keyType, key: publicKey, spki }
}

/** The signatures that it does not check by itself: two verifiers are one there (docs/decisions/0006). */
function listTold({ timestamps }: Bundle): string {
  const stamped = timestamps.length === 0 ? '' : ', and those of timestamps'
  return `that the signature of the content holds${stamped}`
}

/** What nobody throws on purpose is a mistake in a program, and no word about the evidence. */
function isBug(error: unknown): boolean {
  return [AssertionError, ReferenceError, TypeError].some((kind) => error instanceof kind)
}
