// What must not compile: evidence that was not verified. `tsc` fails when one of these lines becomes legal.

import type { Bundle } from '../../src/bundle/index.ts'
import type { Statement } from '../../src/statement/index.ts'
import type { ArtifactSignature, Verified } from '../../src/verify/index.ts'
import * as verify from '../../src/verify/index.ts'

declare const bundle: Bundle
declare const statement: Statement
declare const verified: Verified<Statement>
declare const signature: Verified<ArtifactSignature>
declare function usesEvidence(evidence: Verified<Statement>): void

usesEvidence(verified)

// @ts-expect-error a bundle is not evidence
usesEvidence(bundle)

// @ts-expect-error a statement that was only parsed is not evidence
usesEvidence(statement)

// @ts-expect-error the signature of a bare artifact says nothing that a policy could use
usesEvidence(signature)

const { value, signer, origin, subjects, judged } = verified

// @ts-expect-error its members do not make evidence
usesEvidence({ value, signer, origin, subjects, judged })

// @ts-expect-error a copy with another statement is not evidence
usesEvidence({ ...verified, value: statement })

// @ts-expect-error nor is a copy that changes nothing
usesEvidence({ ...verified })

// @ts-expect-error what was verified stays as it is
verified.value = statement

// @ts-expect-error the class is not handed out, so nobody can call its constructor
export const constructor: unknown = verify.Verified
