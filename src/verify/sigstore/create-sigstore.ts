// The Sigstore part, put together.

import { judgeCertificate } from './judge-certificate.ts'
import { judgeNewCertificate } from './judge-new-certificate.ts'
import { judgeWitnesses } from './judge-witnesses.ts'
import { isDigestSignedBy } from './prehashed.ts'
import type { Sigstore } from './sigstore.ts'

/** Pure: the same question has the same answer. */
export function createSigstore(): Sigstore {
  return {
    kind: 'sigstore',
    judgeCertificate,
    judgeNewCertificate,
    judgeWitnesses,
    isDigestSignedBy,
  }
}
