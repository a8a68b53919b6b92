// What the accepted provenance of a release comes to: whether there is any, who vouches for it, and which identity claims it carries.

import { type Check, groupChecks, quote } from '../../core/index.ts'
import type { IdentityClaim } from '../../policy/index.ts'
import { BUILD_TYPES } from '../../statement/index.ts'
import type { ProvenanceClaims } from '../../verify/index.ts'
import type { FoldedMaterial, ReleaseEvidence } from './evidence.ts'
import { onceFor } from '../once.ts'
import { revisionOf } from './records-of.ts'
import { isNamed } from './repeats.ts'
import { failed, passed } from '../view.ts'

/** By whom the release is signed: nobody, a key, or the holder of a certificate. */
export type SigningStatus = 'unsigned' | 'signed-with-key' | 'externally-attested'

/** The provenance of a release. */
export interface ProvenanceFinding {
  readonly signing: SigningStatus
  /** About this set, from the commit that its records name; in ledger order. */
  readonly accepted: readonly FoldedMaterial[]
  /** What the accepted ones carry, in the order of the vocabulary. */
  readonly claims: readonly IdentityClaim[]
  /** Accepted where there is accepted provenance and none contradicts the release. */
  readonly check: Check
}

/** What a provenance is held against. */
export interface ProvenanceQuestion {
  /** SHA-256 of the snapshot that the tracking record names. */
  readonly snapshot?: string | undefined
  /** SHA-256 of the bundles that are asked about; every provenance over the set where it is left out. */
  readonly named?: readonly string[]
}

type FoldedProvenance = FoldedMaterial & { readonly provenance: ProvenanceClaims }

/** Judges every provenance that is about the set. A record's own signature is never provenance. */
export function judgeProvenance(
  evidence: ReleaseEvidence,
  { snapshot, named }: ProvenanceQuestion = {},
): ProvenanceFinding {
  const there = judgedIn(evidence)
  const names = named && new Set(named)
  const asked =
    names === undefined ? there : there.filter(({ material }) => isNamed(material, names))
  const checks = asked.map(({ check }) => check)
  // One that waits for other signers takes nothing away from those that do not.
  const decided = checks.filter(({ outcome }) => outcome !== 'missing')
  const accepted = acceptedOf(asked)
  return {
    signing: signingOf(accepted),
    accepted,
    claims: claimsOf(accepted, snapshot),
    check:
      checks.length === 0
        ? nothingAsked(acceptedOf(there))
        : group(decided.length === 0 ? checks : decided),
  }
}

interface JudgedProvenance {
  readonly material: FoldedProvenance
  readonly check: Check
}

/** Every provenance over the set, judged once for all that ask. */
const judgedIn = onceFor((evidence: ReleaseEvidence): readonly JudgedProvenance[] => {
  const { materials } = evidence
  const revision = revisionOf(evidence) ?? commitOf(evidence)
  return materials
    .filter(isProvenance)
    .map((material) => ({ material, check: checkProvenance(material, materials, revision) }))
})

/** The commit in question, where no record says yet which release it became. */
function commitOf({ commitRecords }: ReleaseEvidence): string | undefined {
  const [about] = commitRecords.map((record) => record.about)
  return about?.kind === 'commit' ? about.commit : undefined
}

function acceptedOf(judged: readonly JudgedProvenance[]): readonly FoldedProvenance[] {
  return judged.flatMap(({ material, check }) => (check.outcome === 'accepted' ? [material] : []))
}

/** True for evidence that was built from a clean checkout of the commit, as enough of those say who have to. */
export function isBuiltFrom(
  material: FoldedMaterial,
  materials: readonly FoldedMaterial[],
  commit: string,
): boolean {
  return (
    isProvenance(material) &&
    isClean(material.provenance) &&
    checkProvenance(material, materials, commit).outcome === 'accepted'
  )
}

function isProvenance(material: FoldedMaterial): material is FoldedProvenance {
  return material.provenance !== undefined
}

/** What these say of a source is the commit of a run of the platform: a work tree that could differ from it is nowhere in them. */
const BUILT_FROM_COMMITS: ReadonlySet<string> = new Set([
  BUILD_TYPES.githubWorkflow,
  BUILD_TYPES.gitlabJob,
])

/** A work tree with changes is no commit; of one that the builder says nothing of, nobody knows. */
function isClean({ sourceState, buildType }: ProvenanceClaims): boolean {
  return sourceState === undefined ? BUILT_FROM_COMMITS.has(buildType) : sourceState === 'clean'
}

function checkProvenance(
  material: FoldedProvenance,
  materials: readonly FoldedMaterial[],
  revision: string | undefined,
): Check {
  const source = checkSource(material, revision)
  return source.outcome === 'accepted' && !hasSigners(material, materials)
    ? tooFew(material)
    : source
}

/** as many different principals say the same as a role of the signer asks for; one role that is met is enough. */
function hasSigners(material: FoldedProvenance, materials: readonly FoldedMaterial[]): boolean {
  return material.signer.roles.some(
    ({ name, threshold }) => threshold === 1 || quorumsIn(materials).has(wordsIn(name, material)),
  )
}

/** The words that enough principals signed, each in its role: found once, for whichever of them is asked about. */
const quorumsIn = onceFor((materials: readonly FoldedMaterial[]): ReadonlySet<string> => {
  const signed = materials.flatMap((material) =>
    material.signer.roles.map(({ name, threshold }) => ({
      words: wordsIn(name, material),
      principal: material.signer.principal,
      threshold,
    })),
  )
  const met = [...Map.groupBy(signed, ({ words }) => words)].filter(([, alike]) => {
    const principals = new Set(alike.map(({ principal }) => principal))
    return alike.every(({ threshold }) => principals.size >= threshold)
  })
  return new Set(met.map(([words]) => words))
})

/** What was said, in that role, and not what the trust document makes of it by its signer. */
function wordsIn(role: string, { predicateType, sets, provenance }: FoldedMaterial): string {
  const said = { ...provenance, buildLevel: undefined }
  return JSON.stringify([role, predicateType, sets, said])
}

function tooFew({ sha256, signer }: FoldedProvenance): Check {
  const message = `Too few different principals signed what provenance ${sha256} says`
  return failed('provenance', 'missing', 'record/quorum', message, {
    expected: signer.roles
      .map(({ name, threshold }) => `${threshold} in the role ${quote(name)}`)
      .join(' or '),
  })
}

/** a provenance of another commit, or of a work tree that is no commit, is of another build, whoever signed it. */
function checkSource(
  { sha256, provenance }: FoldedProvenance,
  revision: string | undefined,
): Check {
  const { sourceState } = provenance
  const commit = provenance.source?.commit
  const facts = {
    expected: revision === undefined ? 'the commit of the release' : quote(revision),
    found: commit === undefined ? 'no commit' : quote(commit),
  }
  if (sourceState !== undefined && sourceState !== 'clean') {
    const message = `Provenance ${sha256} is of no commit: its work tree was not clean`
    const found = quote(sourceState)
    return failed('provenance', 'rejected', 'record/provenance-source', message, { found })
  }
  if (revision !== undefined && commit === revision) {
    return passed('provenance', `Provenance ${sha256} is of the commit of the release`, facts)
  }
  const message = `Provenance ${sha256} is of another commit than the release`
  return failed('provenance', 'rejected', 'record/provenance-source', message, facts)
}

function signingOf(accepted: readonly FoldedMaterial[]): SigningStatus {
  if (accepted.length === 0) return 'unsigned'
  const isExternal = accepted.some(({ signer }) => signer.type === 'certificate')
  return isExternal ? 'externally-attested' : 'signed-with-key'
}

/** What one provenance carries by itself: claims of several do not add up. */
function claimsOf(
  accepted: readonly FoldedProvenance[],
  snapshot: string | undefined,
): readonly IdentityClaim[] {
  return accepted
    .map(({ provenance }) => claimsOfOne(provenance, snapshot))
    .reduce((most, claims) => (claims.length > most.length ? claims : most), [])
}

function claimsOfOne(
  provenance: ProvenanceClaims,
  snapshot: string | undefined,
): readonly IdentityClaim[] {
  const { workflow, builderId, dependencies } = provenance
  const carries: Readonly<Record<IdentityClaim, boolean>> = {
    // Accepted is only what names the commit of the release and has the set as a subject.
    'source-revision': isClean(provenance),
    'build-workflow': workflow !== undefined,
    'builder-identity': builderId !== '',
    'artifact-digest': true,
    'dependency-snapshot':
      snapshot !== undefined && dependencies.some(({ digest }) => digest?.['sha256'] === snapshot),
  }
  return (Object.keys(carries) as IdentityClaim[]).filter((claim) => carries[claim])
}

function group(checks: readonly Check[]): Check {
  return groupChecks('provenance', 'The provenance of the release', checks)
}

/** @param others accepted, and not asked about: the record does not name them */
function nothingAsked(others: readonly FoldedProvenance[]): Check {
  const [first] = others
  if (first === undefined) return noProvenance()
  const message = 'The record does not name the accepted provenance over the artifact set'
  const file = `records/${first.sha256.slice(0, 2)}/${first.sha256}.sigstore.json`
  return failed('provenance', 'missing', 'record/provenance-unnamed', message, {
    expected: others.map(({ sha256 }) => `sha256:${sha256}`).join(' or '),
    found: 'none named',
    hint: `Record the attestation again, with --digest-of provenance=${file} in the folder of the ledger`,
  })
}

function noProvenance(): Check {
  const message = 'No provenance over the artifact set is accepted'
  return failed('provenance', 'missing', 'record/provenance-missing', message, {
    expected: 'provenance whose subject is the artifact set',
    found: 'none',
    hint: 'Attest the set with assay attest provenance --set, and append the bundle with assay ledger append',
  })
}
