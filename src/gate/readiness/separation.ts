// Whether whoever drafts could write to production: a fact of the trust document and of the ledger, and of nobody's word.

import { acceptedCheck, type Check, quote, refusedCheck } from '../../core/index.ts'
import {
  findRole,
  isOfDrafts,
  principalsOnBothSides,
  type Role,
  type TrustDocument,
} from '../../trust/index.ts'
import type { GateCode } from '../problem.ts'

/** The drafting roles, and where releases go that they must not sign for. */
export interface SeparationQuestion {
  readonly trust: TrustDocument
  readonly roles: readonly string[]
  readonly target: string | undefined
  /** Thumbprints of the keys whose heads count. */
  readonly headKeys?: readonly string[]
  /** Names of whoever signed what counts of the release. */
  readonly signers?: readonly string[]
}

type Holder = TrustDocument['keys'][number] | TrustDocument['identities'][number]

const NAME = 'no-production-write-from-self-service'

/** Accepted only where the roles are declared, and nobody who holds one of them can write anything that counts. */
export function judgeSeparation(question: SeparationQuestion): Check {
  const { trust, roles, target } = question
  const message = 'Nobody who drafts can write to production'
  const unknown = roles.filter((name) => findRole(trust, name) === undefined)
  if (target === undefined || unknown.length > 0) {
    const found = target === undefined ? 'no release' : `no role ${unknown.map(quote).join(', ')}`
    const hint = `Add ${unknown.map(quote).join(', ')} to the trust document: assay trust add-role --draft`
    const expected = 'a release, and roles for drafts in the trust document'
    const facts = { expected, found, ...(unknown.length > 0 && { hint }) }
    return refusedCheck<GateCode>(NAME, 'missing', 'gate/readiness-drafts', message, facts)
  }
  const drafters = [...trust.keys, ...trust.identities].filter((holder) => {
    return isOfDrafts(rolesOf(holder, trust)) || holder.roles.some((name) => roles.includes(name))
  })
  const ways = [
    ...drafters.flatMap((holder) => waysOf(holder, target, question)),
    ...automatedOnBothSides(trust),
  ]
  if (ways.length === 0) {
    const found = ['nobody', ...peopleOnBothSides(trust)].join('; ')
    return acceptedCheck(NAME, message, { expected: 'nobody', found })
  }
  return refusedCheck<GateCode>(NAME, 'rejected', 'gate/readiness-drafts', message, {
    expected: 'nobody',
    found: ways.join('; '),
    hint: 'Give whoever drafts a key of its own, in a role of drafts: assay trust add-role --draft',
  })
}

/** How a key or an identity for drafts could write: by a role, as the ledger itself, or as it has done. */
function waysOf(
  holder: Holder,
  target: string,
  { trust, headKeys = [], signers = [] }: SeparationQuestion,
): readonly string[] {
  const name = quote(holder.name)
  const isSigner = rolesOf(holder, trust).some(({ draft, targets }) => {
    // A role that names no targets is for all of them.
    return draft !== true && (targets === undefined || targets.includes(target))
  })
  const isLedger = 'publicKey' in holder && headKeys.includes(holder.publicKey.keyId)
  return [
    ...(isSigner ? [name] : []),
    ...(isLedger ? [`${name} as a key of the ledger`] : []),
    ...(signers.includes(holder.name) ? [`${name}, who signed a record that counts`] : []),
  ]
}

function rolesOf({ roles }: Holder, trust: TrustDocument): readonly Role[] {
  return roles.map((name) => findRole(trust, name)).filter((role) => role !== undefined)
}

/** One hand with both keys: a service that drafts can use the other one as well. */
function automatedOnBothSides(trust: TrustDocument): readonly string[] {
  return bothSides(trust)
    .filter(({ holders }) => !isPerson(holders))
    .map(({ text }) => text)
}

/** A person takes up the other key on purpose: it is said, and no way from a draft to production. */
function peopleOnBothSides(trust: TrustDocument): readonly string[] {
  return bothSides(trust)
    .filter(({ holders }) => isPerson(holders))
    .map(({ text }) => text)
}

function isPerson(holders: readonly Holder[]): boolean {
  return holders.every(({ kind }) => kind === 'person')
}

function bothSides(trust: TrustDocument) {
  return principalsOnBothSides(trust).map(({ principal, drafts, others }) => {
    const holders = [...drafts, ...others]
    const names = (some: readonly Holder[]) => some.map(({ name }) => quote(name)).join(', ')
    const text = `${quote(principal)} holds ${names(drafts)} for drafts, and ${names(others)}`
    return { text, holders }
  })
}
