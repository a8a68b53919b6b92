// What must not compile: the gaps between the shapes of a question.

import type { Check } from '../../src/core/index.ts'
import type { TrustDocument } from '../../src/trust/index.ts'
import { type VerifyRequest, verifyBundle } from '../../src/verify/index.ts'

declare const request: VerifyRequest
declare const trust: TrustDocument

const { verdict, verified } = verifyBundle(request)

const check: Check = verdict

// @ts-expect-error evidence is there only where everything was accepted
const name: string = verified.signer.name

// @ts-expect-error trust is never implied
verifyBundle({ bundle: request.bundle, expectation: request.expectation, now: 0 })

// @ts-expect-error nor is the time
verifyBundle({ bundle: request.bundle, expectation: request.expectation, trust })

// @ts-expect-error nor is what the evidence is about
verifyBundle({ bundle: request.bundle, expectation: {}, trust, now: 0 })

export { check, name }
