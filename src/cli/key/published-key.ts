// Keys to publish, each with the window that a trust document has for it.

import { judge, type Problem, quote, type Result } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import {
  findDraftKey,
  type PublicKey,
  type PublishedKey,
  type TrustDocument,
} from '../../trust/index.ts'
import { readTrust } from '../trust/trust-file.ts'
import { readPublicHalf } from './key-input.ts'

/** Which keys, and what says when they sign. */
export interface PublishedKeysQuestion {
  readonly files: readonly string[]
  /** Files of keys that do not sign any more. */
  readonly past: readonly string[]
  readonly trust: string
  readonly passphraseFile: string | undefined
}

/** Reads them, or every problem of every file. */
export async function readPublishedKeys(
  host: Host,
  { files, past, trust, passphraseFile }: PublishedKeysQuestion,
): Promise<Result<readonly PublishedKey[]>> {
  const document = await readTrust(host, trust)
  if (!document.ok) return document
  const keys: PublishedKey[] = []
  const problems: Problem[] = []
  // One after the other: each may ask for a passphrase.
  for (const file of [...files, ...past]) {
    const publicKey = await readPublicHalf(host, file, passphraseFile)
    if (!publicKey.ok) {
      problems.push(...publicKey.problems)
      continue
    }
    const key = withWindow(publicKey.value, document.value)
    keys.push(key)
    if (isDraft(publicKey.value, document.value)) problems.push(ofDrafts(file, publicKey.value))
    if (past.includes(file) && !hasEnd(key)) problems.push(noEnd(file, publicKey.value))
  }
  return judge(keys, problems)
}

function withWindow(publicKey: PublicKey, trust: TrustDocument): PublishedKey {
  return trust.keys.find((key) => key.publicKey.keyId === publicKey.keyId) ?? { publicKey }
}

function hasEnd({ notAfter, revoked }: PublishedKey): boolean {
  return notAfter !== undefined || revoked !== undefined
}

function noEnd(file: string, { keyId }: PublicKey): Problem {
  return {
    code: 'trust/jwks-past',
    message: `Expected the end of past key ${quote(keyId)} in the trust document, found none`,
    at: quote(file),
    hint: 'assay trust revoke-key --name NAME --reason retired --at TIME says when it ended',
  }
}

function isDraft({ keyId }: PublicKey, trust: TrustDocument): boolean {
  return findDraftKey(trust, keyId) !== undefined
}

function ofDrafts(file: string, { keyId }: PublicKey): Problem {
  return {
    code: 'trust/jwks-draft',
    message: `Expected keys that sign results, found ${quote(keyId)}, which the trust document has for drafts`,
    at: quote(file),
    hint: 'Leave it out: nothing that it signs is a result',
  }
}
