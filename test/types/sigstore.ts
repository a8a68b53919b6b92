// What must not compile: a verification with something else than the Sigstore part that was loaded.

import { loadSigstore, type VerifyRequest } from '../../src/index.ts'

declare function verifyWith(request: Pick<VerifyRequest, 'sigstore'>): void

verifyWith({ sigstore: await loadSigstore() })

// @ts-expect-error the part is loaded, and not about to be
verifyWith({ sigstore: loadSigstore() })

// @ts-expect-error nothing else can stand in for it
verifyWith({ sigstore: {} })
