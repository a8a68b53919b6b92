// The signature of a policy: a statement about the bytes of its file, with its id and version, in a bundle beside it.

import {
  type Check,
  groupChecks,
  type Instant,
  quote,
  refusedCheck,
  acceptedCheck,
} from '../core/index.ts'
import { parseBundle } from '../bundle/index.ts'
import { digestBytes } from '../digest/index.ts'
import type { Statement } from '../statement/index.ts'
import type { TrustDocument } from '../trust/index.ts'
import { type Sigstore, verifyBundle } from '../verify/index.ts'
import type { PolicyFile } from './parse.ts'
import type { Policy } from './policy.ts'
import type { PolicyCode } from './problem.ts'

/** The predicate type of such a statement. */
const POLICY_STATEMENT_TYPE = 'urn:assay:predicate:policy:v1'

/** What a policy's signature is called: beside `web.yaml`, `web.yaml.sigstore.json`. */
export function signatureNameOf(file: string): string {
  return `${file}.sigstore.json`
}

/** The statement that is signed. */
export function buildPolicyStatement(
  { id, version }: Pick<Policy, 'id' | 'version'>,
  { name, bytes }: PolicyFile,
): Statement {
  return {
    version: 'v1',
    subjects: [{ name, digest: { sha256: digestBytes('sha256', bytes) } }],
    predicateType: POLICY_STATEMENT_TYPE,
    predicate: { id, version },
  }
}

/** Who has to have signed, and how that is judged. */
export interface SignatureQuestion {
  readonly role: string
  readonly trust: TrustDocument
  readonly now: Instant
  readonly at?: Instant | undefined
  readonly unsafeExampleKeys?: boolean | undefined
  readonly sigstore: Sigstore
}

/**
 * Whether somebody in the role signed exactly this file as this policy in this version.
 *
 * @param bundle of the file beside it; undefined where there is none
 */
export function judgePolicySignature(
  policy: Policy,
  { file, bundle }: { readonly file: PolicyFile; readonly bundle: Uint8Array | undefined },
  question: SignatureQuestion,
): Check {
  const name = 'policy-signature'
  const refused = refusedCheck<PolicyCode>
  if (bundle === undefined) {
    const message = `The policy ${quote(policy.id)} is not signed`
    const facts = { expected: signatureNameOf(file.name), hint: 'Sign it with assay policy sign' }
    return refused(name, 'missing', 'policy/unsigned', message, facts)
  }
  const title = `The signature of the policy ${quote(policy.id)}`
  const parsed = parseBundle(bundle)
  if (!parsed.ok) {
    const facts = { because: parsed.problems }
    return refused(name, 'error', 'policy/signature', `${title} can not be read`, facts)
  }
  const { role, trust, now, at, unsafeExampleKeys, sigstore } = question
  const sha256 = digestBytes('sha256', file.bytes)
  const { verdict, verified } = verifyBundle({
    ...{ bundle: parsed.value, trust, now, sigstore },
    ...(at !== undefined && { at }),
    ...(unsafeExampleKeys !== undefined && { unsafeExampleKeys }),
    expectation: {
      predicateType: POLICY_STATEMENT_TYPE,
      artifacts: { kind: 'artifacts', artifacts: [{ name: file.name, digest: { sha256 } }] },
    },
  })
  if (verified === undefined) return groupChecks(name, title, [verdict])
  const { value, signer } = verified
  const predicate = 'predicate' in value ? value.predicate : {}
  return groupChecks(name, title, [
    verdict,
    checkRole(role, signer.roles),
    checkSaid(policy, predicate),
  ])
}

/** One signature is one signer: a role that asks for more is never satisfied by it. */
function checkRole(
  role: string,
  found: readonly { readonly name: string; readonly threshold: number }[],
): Check {
  const facts = {
    expected: `one signer in the role ${quote(role)}`,
    found: found.map(({ name }) => quote(name)).join(', '),
  }
  const isHeld = found.some(({ name, threshold }) => name === role && threshold === 1)
  if (isHeld) return acceptedCheck('role', 'Somebody in the role signed it', facts)
  const message = 'Whoever signed it does not have the role alone'
  return refusedCheck<PolicyCode>('role', 'rejected', 'policy/signer-role', message, facts)
}

function checkSaid(
  { id, version }: Policy,
  predicate: { readonly id?: unknown; readonly version?: unknown },
): Check {
  const said = `${String(predicate.id)}, version ${String(predicate.version)}`
  const facts = { expected: `${id}, version ${version}`, found: said }
  const isSame =
    predicate.id === id && predicate.version === version && Object.keys(predicate).length === 2
  if (isSame) return acceptedCheck('policy', 'It was signed as this policy in this version', facts)
  const message = 'It was signed as another policy, or in another version'
  return refusedCheck<PolicyCode>('policy', 'rejected', 'policy/signed-version', message, facts)
}
