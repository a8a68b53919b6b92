// The signer, after the signature holds: was the key good at the time, is it the one that was asked for, and may it sign this?

import { type Check, encodeTimestamp, quote } from '../../core/index.ts'
import {
  findRole,
  isExampleKey,
  isRoleFor,
  judgeKey,
  principalOf,
  type KeyStanding,
  type Role,
  type TrustDocument,
  type TrustedKey,
} from '../../trust/index.ts'
import { failed, passed } from '../check.ts'

import type { VerifyCode } from '../problem.ts'
import { describeTime } from './time-check.ts'
import type { Judgement, KeySigner } from '../verified.ts'

/** What is asked of the key, whatever it signed. */
export interface KeyQuestion {
  readonly trust: TrustDocument
  readonly expectation: { readonly signer?: string }
  readonly judged: Judgement
  readonly unsafeExampleKeys?: boolean
}

/** Every check of the key that does not depend on what it signed. */
export function checkKey(key: TrustedKey, question: KeyQuestion): readonly Check[] {
  const { trust, expectation, judged, unsafeExampleKeys = false } = question
  const time = encodeTimestamp(judged.at)
  return [
    describeTime(judged, time),
    checkValidity(key, judged, time),
    ...checkExamples(trust, unsafeExampleKeys),
    ...(expectation.signer === undefined ? [] : [checkSigner(key, expectation.signer, trust)]),
  ]
}

const REFUSALS: Readonly<Record<Exclude<KeyStanding, 'valid'>, readonly [VerifyCode, string]>> = {
  'not-yet-valid': ['verify/key-not-yet-valid', 'was not valid yet'],
  expired: ['verify/key-expired', 'was not valid any more'],
  retired: ['verify/key-retired', 'was retired'],
  compromised: ['verify/key-compromised', 'is compromised'],
}

/** the key's window and its revocation. No time here is independent: no root could have judged one. */
function checkValidity(key: TrustedKey, { at }: Judgement, time: string): Check {
  const standing = judgeKey(key, { at, independent: false })
  const facts = { expected: describeWindow(key), found: time }
  if (standing === 'valid') {
    return passed('key-validity', `The key ${quote(key.name)} was valid at that time`, facts)
  }
  const [code, words] = REFUSALS[standing]
  const message = `The key ${quote(key.name)} ${words}`
  return failed('key-validity', 'rejected', code, message, facts)
}

function describeWindow({ notBefore, notAfter, revoked }: TrustedKey): string {
  const words = [
    ...(notBefore === undefined ? [] : [`from ${encodeTimestamp(notBefore)}`]),
    ...(notAfter === undefined ? [] : [`until ${encodeTimestamp(notAfter)}`]),
    ...(revoked === undefined ? [] : [`${revoked.reason} at ${encodeTimestamp(revoked.at)}`]),
  ]
  return words.length === 0 ? 'any time' : words.join(', ')
}

/** Everybody has the private half of an example key: a document that trusts one trusts everybody, whoever signed this. */
function checkExamples({ keys }: TrustDocument, isAllowed: boolean): readonly Check[] {
  const examples = keys.filter(({ publicKey }) => isExampleKey(publicKey.keyId))
  return examples.map(({ name }) => {
    const message = `The trust document trusts ${quote(name)}, a published example key, which proves nothing`
    const facts = { expected: 'keys that only their holders have', found: 'an example key' }
    if (isAllowed) return passed('example-key', message, facts)
    const hint = 'To try things out, allow it with --unsafe-example-keys'
    return failed('example-key', 'rejected', 'verify/key-example', message, { ...facts, hint })
  })
}

/** `--signer NAME`; a name that the trust document does not know is a mistake of the question. */
function checkSigner(key: TrustedKey, expected: string, { keys }: TrustDocument): Check {
  const facts = { expected, found: key.name }
  if (!keys.some(({ name }) => name === expected)) {
    const message = `The trust document has no key ${quote(expected)}`
    const hint = 'assay trust show lists the keys'
    return failed('signer', 'error', 'verify/signer-unknown', message, { ...facts, hint })
  }
  if (key.name === expected) return passed('signer', `${quote(expected)} signed`, facts)
  const message = `${quote(key.name)} signed, and not ${quote(expected)}`
  return failed('signer', 'rejected', 'verify/signer-unexpected', message, facts)
}

/** What was signed, as far as roles tell it apart. A bare artifact has neither. */
export interface SignedKind {
  readonly predicateType?: string
  readonly target?: string
}

/** Who may sign for what, and whether the verifier said for which target. */
export interface RoleQuestion {
  readonly trust: TrustDocument
  readonly expectation: { readonly target?: string }
}

/**
 * The roles of the key that may sign this, and the check that there is one.
 *
 * A role that names targets counts only where the verifier says which target is expected: what the statement says of its target, the
 * signer chose.
 */
export function checkRole(
  key: TrustedKey,
  { trust, expectation }: RoleQuestion,
  { predicateType = '', target }: SignedKind,
): { readonly check: Check; readonly roles: readonly Role[] } {
  const able = key.roles
    .flatMap((name) => findRole(trust, name) ?? [])
    .filter((role) => isRoleFor(role, { predicateType, ...(target !== undefined && { target }) }))
  const roles = able.filter(
    ({ targets }) => targets === undefined || expectation.target !== undefined,
  )
  const what = predicateType === '' ? 'a bare artifact' : quote(predicateType)
  const where = target === undefined ? '' : ` for the target ${quote(target)}`
  const facts = { expected: `a role for ${what}${where}`, found: key.roles.join(', ') }
  if (roles.length > 0) {
    const names = roles.map(({ name }) => name).join(', ')
    const message = `${quote(key.name)} may sign this`
    return { check: passed('role', message, { ...facts, found: names }), roles }
  }
  if (able.length > 0) return { check: targetUnsaid(key, able), roles }
  const message = `${quote(key.name)} may not sign ${what}${where}`
  return { check: failed('role', 'rejected', 'verify/role-missing', message, facts), roles }
}

function targetUnsaid({ name }: TrustedKey, roles: readonly Role[]): Check {
  const message = `${quote(name)} may sign for some targets only, and none is expected here`
  return failed('role', 'missing', 'verify/target', message, {
    expected: 'an expected target',
    found: `roles for ${roles.flatMap(({ targets = [] }) => targets.map(quote)).join(' or ')}`,
    hint: 'Give the target that this is verified for with --target',
  })
}

/** Who signed, for whoever uses the evidence. */
export function describeSigner(key: TrustedKey, roles: readonly Role[]): KeySigner {
  const { name, publicKey, kind } = key
  return {
    type: 'key',
    name,
    keyId: publicKey.keyId,
    principal: principalOf(key),
    ...(kind !== undefined && { kind }),
    roles,
  }
}
