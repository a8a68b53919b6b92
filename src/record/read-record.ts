// From a verified statement to a record of its family, or to the evidence that records refer to.

import { accept, quote, type Result, refuse } from '../core/index.ts'
import { parseArtifactSetId, predicateNameOf, type Statement } from '../statement/index.ts'
import type { ProvenanceClaims, Verified } from '../verify/index.ts'
import { judgeDrafted } from './draft/drafted.ts'
import { familyOf } from './families.ts'
import type { Family } from './family.ts'
import type { LedgerMaterial, LedgerRecord, NamedSet } from './ledger-record.ts'
import { readRecordPredicate } from './statement/predicate.ts'
import type { RecordProblem } from './problem.ts'
import { recordIdOf } from './statement/record-id.ts'
import { readSubject } from './statement/subject.ts'

/** What is evidence for a release, and no record of it. */
const MATERIALS: ReadonlySet<string> = new Set<LedgerMaterial['name']>([
  'provenance',
  'provenance-v0.2',
  'cyclonedx',
  'vsa',
  'svr',
])

/** What was verified, and what it claims where it is a provenance. */
interface Evidence {
  readonly verified: Verified<Statement>
  readonly provenance: ProvenanceClaims | undefined
}

/** What a ledger knows the bundle by. */
type Identity = Pick<LedgerRecord, 'sha256' | 'signingAct'>

/** Reads verified evidence as what the ledger keeps. */
export function readRecord(
  evidence: Evidence,
  identity: Identity,
): Result<LedgerRecord | LedgerMaterial, RecordProblem> {
  const { predicateType, predicate } = evidence.verified.value
  const drafted = judgeDrafted(evidence.verified.value)
  if (!drafted.ok) return drafted
  const family = familyOf(predicateType, predicate)
  if (family !== undefined) return readFamilyRecord(family, evidence.verified, identity)
  const name = predicateNameOf(predicateType)
  if (name !== undefined && MATERIALS.has(name)) {
    return accept(readMaterial(name as LedgerMaterial['name'], evidence, identity))
  }
  return refuse({
    code: 'record/family',
    message: `Expected a record, a provenance, an SBOM or a verification summary, found ${quote(predicateType)}`,
  })
}

function readFamilyRecord(
  family: Family,
  evidence: Verified<Statement>,
  identity: Identity,
): Result<LedgerRecord, RecordProblem> {
  const { value, signer, origin, judged } = evidence
  const { predicateType, predicate, subjects } = value
  const read = readRecordPredicate(family, predicate)
  if (!read.ok) return read
  const { header, members } = read.value
  const about = readSubject(family, subjects, header)
  if (!about.ok) return about
  const id = recordIdOf(family, header)
  return accept({
    kind: 'record',
    ...identity,
    predicateType,
    signer,
    origin,
    judged,
    family: family.name,
    about: about.value,
    ...header,
    ...(id !== undefined && { id }),
    members,
  })
}

function readMaterial(
  name: LedgerMaterial['name'],
  { verified, provenance }: Evidence,
  identity: Identity,
): LedgerMaterial {
  const { value, signer, origin, judged } = verified
  const sets = namedSets(value)
  return {
    kind: 'material',
    ...identity,
    predicateType: value.predicateType,
    signer,
    origin,
    judged,
    name,
    subjects: value.subjects.flatMap(({ digest }) => digest['sha256'] ?? []),
    ...(sets.length > 0 && { sets }),
    ...(provenance !== undefined && { provenance }),
    ...(name !== 'cyclonedx' && { predicate: value.predicate }),
  }
}

/** Those by whose target the role of the signer was judged: of a set that is named, the manifest is known (`dirHash`). */
function namedSets({ subjects }: Statement): readonly NamedSet[] {
  return subjects.flatMap(({ name: id = '', digest: { dirHash: digest } }) =>
    digest !== undefined && parseArtifactSetId(id).ok ? [{ id, digest }] : [],
  )
}
