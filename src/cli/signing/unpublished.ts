// A record before a log has it: judged as it will be when it is read, but for the log entry, which comes last.

import { accept, quote, type Result, refuse } from '../../core/index.ts'
import type { TokenHolder } from '../../sign/index.ts'
import { parseArtifactSetId, type Statement } from '../../statement/index.ts'
import {
  findRole,
  isRoleFor,
  matchIdentity,
  type TrustDocument,
  type TrustedIdentity,
} from '../../trust/index.ts'
import type { Sigstore } from '../../verify/index.ts'
import type { CliProblem } from '../problem.ts'

/** The Sigstore part for bundles that are in no log yet. Nothing is kept or believed because of what it says. */
export function beforeLogging(sigstore: Sigstore): Sigstore {
  return {
    ...sigstore,
    judgeCertificate: ({ bundle, signed: { signature }, roots, chain: [certificate] }) => {
      const { timestamps } = bundle
      const question = { certificate, signature, timestamps, roots }
      const { checks, identity, root } = sigstore.judgeNewCertificate(question)
      if (identity === undefined || root === undefined) return { checks }
      const counts = { times: [], logEntries: 0, timestamps: 0 }
      // Keys of a run are made of this type.
      return { checks, signer: { identity, root, keyType: 'p256', ...counts } }
    },
  }
}

/**
 * Whether somebody whom the trust document names may be the holder of the token, with a role for the statement. The claims that it
 * pins, only the certificate tells.
 */
export function judgeTokenHolder(
  holder: TokenHolder,
  { predicateType, subjects }: Statement,
  trust: TrustDocument,
): Result<undefined, CliProblem> {
  const known = trust.identities.filter((identity) => mayBe(identity, holder))
  const names = [...new Set(holder.names.map(({ value }) => value))].slice(0, 1).map(quote)
  const who = `${names.join('')}, by the word of ${holder.issuers.map(quote).join(' or ')}`
  if (known.length === 0) {
    return notSent(`Expected a token of an identity of the trust document, found one of ${who}`)
  }
  const id = parseArtifactSetId(subjects[0]?.name ?? '')
  const kind = { predicateType, ...(id.ok && { target: id.value.target }) }
  const roles = known.flatMap((identity) =>
    identity.roles.flatMap((name) => findRole(trust, name) ?? []),
  )
  if (roles.some((role) => isRoleFor(role, kind))) return accept(undefined)
  const where = id.ok ? ` for the target ${quote(id.value.target)}` : ''
  return notSent(
    `Expected a role for ${quote(predicateType)}${where}, found ${roles.map(({ name }) => name).join(', ')} of ${who}`,
  )
}

/** Whether the identity may be the holder's, as far as the token tells. */
export function mayBe(
  identity: TrustedIdentity,
  { issuers, names, isNameKnown }: TokenHolder,
): boolean {
  if (!issuers.includes(identity.issuer)) return false
  // The authority has a name for the holder by a rule of its own.
  if (!isNameKnown) return true
  return names.some(({ type, value, added }) => {
    const found = { issuer: identity.issuer, san: { type, value }, claims: {} }
    return added !== undefined || matchIdentity({ ...identity, claims: {} }, found) === undefined
  })
}

function notSent(message: string): Result<never, CliProblem> {
  return refuse({
    code: 'cli/signer-not-trusted',
    message,
    hint: 'Nothing was sent or recorded. If you trust them: assay trust add-identity --trust FILE --name NAME --role ROLE',
  })
}
