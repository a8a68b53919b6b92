// The signature of a policy: a statement about the bytes of its file, with its id and version, in a bundle beside it.

import { strict as assert } from 'node:assert'
import { type Check, groupChecks, quote, refusedCheck, acceptedCheck } from '../core/index.ts'
import { parseBundle } from '../bundle/index.ts'
import { digestBytes } from '../digest/index.ts'
import type { Statement } from '../statement/index.ts'
import { verifyBundle } from '../verify/index.ts'
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
export interface SignatureQuestion extends Asked {
  readonly role: string
}

type Asked = Pick<
  Parameters<typeof verifyBundle>[0],
  'trust' | 'now' | 'at' | 'unsafeExampleKeys' | 'sigstore'
>

/**
 * Whether somebody in the role signed exactly this file as this policy in this version.
 *
 * @param bundle of the file beside it; undefined where there is none
 */
export function judgePolicySignature(
  policy: Policy,
  { file, bundle }: { readonly file: PolicyFile; readonly bundle: Uint8Array | undefined },
  { role, ...asked }: SignatureQuestion,
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
  const sha256 = digestBytes('sha256', file.bytes)
  const { verdict, verified } = verifyBundle({
    ...asked,
    bundle: parsed.value,
    expectation: {
      predicateType: POLICY_STATEMENT_TYPE,
      artifacts: { kind: 'artifacts', artifacts: [{ name: file.name, digest: { sha256 } }] },
    },
  })
  if (verified === undefined) return groupChecks(name, title, [verdict])
  const { value, signer } = verified
  assert('predicate' in value, 'a predicate type is expected, which only a statement has')
  return groupChecks(name, title, [
    verdict,
    checkRole(role, signer.roles),
    checkSaid(policy, value.predicate),
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
