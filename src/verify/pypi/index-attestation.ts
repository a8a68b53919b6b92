// What PEP 740 asks of an attestation of a wheel or an sdist, beside what every signed statement is asked. After the signature.

import type { Bundle } from '../../bundle/index.ts'
import { type Check, quote } from '../../core/index.ts'
import { PREDICATE_TYPES, type Statement } from '../../statement/index.ts'
import type { KeyType } from '../../trust/index.ts'
import { failed, passed } from '../check.ts'
import type { ExpectedArtifact, ExpectedArtifacts } from '../expectation.ts'
import { checkVersion } from '../statement-checks.ts'
import { callSubject, nameOf } from '../subjects/subject-name.ts'
import { normalizeDistributionName } from './distribution-name.ts'

/** PEP-3. */
const TYPES: readonly string[] = [PREDICATE_TYPES.provenance, PREDICATE_TYPES['pypi-publish']]

interface IndexQuestion {
  readonly bundle: Pick<Bundle, 'profile'>
  readonly artifacts: ExpectedArtifacts
  /** The type of the key in the certificate, where a certificate signed. */
  readonly certificateKey: KeyType | undefined
}

/** The rules of PEP 740, where the bundle came in its form. */
export function checkIndexAttestation(
  statement: Statement,
  { bundle, artifacts, certificateKey }: IndexQuestion,
): readonly Check[] {
  if (bundle.profile !== 'pep740') return []
  const checks = [
    ...(statement.version === 'v1' ? [] : [checkVersion(statement)]),
    ...checkType(statement),
    ...checkKey(certificateKey),
    ...checkSubject(statement, artifacts),
  ]
  return checks.length > 0 ? checks : [rulesKept(statement)]
}

function rulesKept({ subjects, predicateType }: Statement): Check {
  return passed('index-attestation', 'The attestation keeps the rules of PEP 740', {
    expected: 'one distribution by its name and SHA-256, signed with ECDSA on P-256',
    found: `${subjects.map((subject) => callSubject(subject)).join()} in a statement of the type ${quote(predicateType)}`,
  })
}

function checkType({ predicateType }: Statement): readonly Check[] {
  if (TYPES.includes(predicateType)) return []
  const message = `An attestation of a package index can not be of the type ${quote(predicateType)}`
  return [
    failed('index-attestation', 'rejected', 'verify/distribution-type', message, {
      expected: TYPES.map(quote).join(' or '),
      found: quote(predicateType),
    }),
  ]
}

/** PEP-4. */
function checkKey(type: KeyType | undefined): readonly Check[] {
  if (type === 'p256') return []
  const message = 'An attestation of a package index is signed with ECDSA on P-256'
  return [
    failed('index-attestation', 'rejected', 'verify/distribution-signature', message, {
      expected: 'a key on P-256',
      found: type ?? 'no certificate',
    }),
  ]
}

/** PEP-2: exactly one subject, with SHA-256, and named as the distribution is. */
function checkSubject({ subjects }: Statement, artifacts: ExpectedArtifacts): readonly Check[] {
  const [subject, ...others] = subjects
  if (subject === undefined || others.length > 0) {
    const message = `An attestation of a package index is about one distribution, and this one about ${subjects.length}`
    return [subjectRefused(message, { expected: '1 subject', found: String(subjects.length) })]
  }
  const name = nameOf(subject) ?? ''
  const signed = normalizeDistributionName(name)
  if (signed === undefined) {
    const message = 'The subject is not named as a wheel or an sdist is'
    const expected = 'the file name of a wheel or an sdist'
    return [subjectRefused(message, { expected, found: callSubject(subject) })]
  }
  if (!Object.hasOwn(subject.digest, 'sha256')) {
    const found = Object.keys(subject.digest).map(quote).join(', ')
    return [subjectRefused('The subject has no SHA-256', { expected: 'sha256', found })]
  }
  const misnamed = fileNamesOf(artifacts).filter(
    (file) => normalizeDistributionName(file) !== signed,
  )
  if (artifacts.kind === 'set') {
    return misnamed.length === 0 ? [] : [setRefused(quote(name), artifacts.set.artifacts.length)]
  }
  return misnamed.map((file) => nameRefused(quote(name), file))
}

/** Once, however many files there are: most likely the distribution is an archive, and was opened as a set. */
function setRefused(signed: string, count: number): Check {
  const message = `The attestation is about one distribution, ${signed}, and not about a set of files`
  return failed('index-attestation', 'rejected', 'verify/distribution-name', message, {
    expected: signed,
    found: `a set of ${count}`,
    hint: 'Ask about the distribution as the one file that it is: --artifact FILE',
  })
}

function subjectRefused(message: string, facts: Pick<Check, 'expected' | 'found'>): Check {
  return failed('index-attestation', 'rejected', 'verify/distribution-subject', message, facts)
}

function nameRefused(signed: string, file: string): Check {
  const message = `The attestation is about ${signed}, which ${quote(file)} is not called`
  return failed('index-attestation', 'rejected', 'verify/distribution-name', message, {
    expected: signed,
    found: quote(file),
    hint: 'A distribution keeps its file name: give it the name that it has on the index',
  })
}

/** The names under which the artifacts are at hand; who has a digest only has no name. */
function fileNamesOf(artifacts: ExpectedArtifacts): readonly string[] {
  switch (artifacts.kind) {
    case 'set':
      return artifacts.set.artifacts.map(({ path }) => baseName(path))
    case 'contents':
      return [baseName(artifacts.archive.name)]
    case 'artifacts':
      return artifacts.artifacts.filter(isFile).map(({ name }) => baseName(name))
  }
}

function isFile({ name, digest }: ExpectedArtifact): boolean {
  return !Object.entries(digest).some(([algorithm, hex]) => name === `${algorithm}:${hex}`)
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}
