// The two attestations of a package of npm, which only together say something: who built it, and that the registry took it (NPM-1).

import { type Check, quote } from '../../core/index.ts'
import { PREDICATE_TYPES } from '../../statement/index.ts'
import { failed, passed } from '../check.ts'
import { isProvenance } from '../provenance/provenance-check.ts'
import { REGISTRY_ROLE } from '../signer/registry-role.ts'
import type { SignedFacts, TrustedSigner } from '../verified.ts'

/** exactly one provenance, signed by a certificate, and exactly one publication, signed by a key of the registry. */
export function checkNpmAttestations(evidence: readonly SignedFacts[]): readonly Check[] {
  const provenances = evidence.filter(isProvenance)
  const publications = evidence.filter(isPublication)
  const others = evidence.filter((one) => !isProvenance(one) && !isPublication(one))
  return [
    checkOne('provenance', provenances),
    checkOne('publication', publications),
    ...others.map(unexpected),
    ...provenances.map(({ signer }) =>
      checkSigner('provenance', signer, signer.type === 'certificate'),
    ),
    ...publications.map(({ signer }) =>
      checkSigner('publication', signer, signer.roles.includes(REGISTRY_ROLE)),
    ),
  ]
}

type Kind = 'provenance' | 'publication'

function isPublication({ value }: SignedFacts): boolean {
  return 'predicateType' in value && value.predicateType === PREDICATE_TYPES['npm-publish']
}

function checkOne(kind: Kind, { length }: readonly SignedFacts[]): Check {
  const facts = { expected: `one ${kind}`, found: String(length) }
  if (length === 1) return passed('attestations', `There is one ${kind}`, facts)
  if (length > 1) {
    const message = `There is more than one ${kind}`
    return failed('attestations', 'rejected', 'verify/attestation-unexpected', message, facts)
  }
  const message = `There is no ${kind} of the package`
  return failed('attestations', 'missing', 'verify/attestation-missing', message, facts)
}

function unexpected({ value }: SignedFacts): Check {
  const message = 'Among the attestations of the package is one that does not belong there'
  return failed('attestations', 'rejected', 'verify/attestation-unexpected', message, {
    expected: 'a provenance and a publication',
    found: 'predicateType' in value ? quote(value.predicateType) : 'no statement',
  })
}

const SIGNERS: Readonly<Record<Kind, string>> = {
  provenance: 'a certificate of who built it',
  publication: 'a key of the registry',
}

function checkSigner(kind: Kind, { type, name }: TrustedSigner, isRight: boolean): Check {
  const expected = SIGNERS[kind]
  if (isRight) {
    const message = `The ${kind} was signed by ${expected}, as it must be`
    const found =
      type === 'certificate' ? `a certificate of ${quote(name)}` : `the key ${quote(name)}`
    return passed('attestation-signer', message, { expected, found })
  }
  const message = `The ${kind} was signed by somebody else than it must be`
  const found = `${quote(name)}, a key of the trust document`
  const code = 'verify/attestation-signer'
  return failed('attestation-signer', 'rejected', code, message, { expected, found })
}
