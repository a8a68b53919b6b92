import { describe, expect, it } from 'vitest'
import { failedChecks } from '../../../src/core/index.ts'
import { ATTESTATION } from '../../../src/record/families/attestation.ts'
import { TRACKING } from '../../../src/record/families/tracking.ts'
import type { LedgerItem } from '../../../src/record/index.ts'
import { digestOf } from '../../verify/release.ts'
import { describeMembers } from '../family-members.ts'
import { foldedProvenance, foldedRecord } from '../folded.ts'
import { foldedSbom, POLICIES, registryWith, viewOf, wholeProvenance } from '../release-items.ts'
import { RELEASE, SET_DIGEST, TRACKING_HEADER, TRACKING_MEMBERS } from '../signed.ts'

const { innerManifest } = TRACKING_MEMBERS
const HEADER = { release: RELEASE, policy: POLICIES.attestation }
const NOTHING = { innerManifest, provenance: [], sboms: [] }

describeMembers({
  family: ATTESTATION,
  header: HEADER,
  members: { innerManifest, provenance: [digestOf('a')], sboms: [digestOf('b')] },
  wrong: [
    ['innerManifest', 'none'],
    ['provenance', 'none'],
    ['provenance', [digestOf('a'), digestOf('a')]],
    ['sboms', ['AB']],
  ],
})

const TRACKED = foldedRecord(TRACKING, TRACKING_MEMBERS, { index: 0, header: TRACKING_HEADER })
const PROVENANCE = wholeProvenance(1)
const SBOM = foldedSbom(2)
const STRICT = registryWith(
  'attestation-artifact',
  'verificationRequired: false',
  'verificationRequired: true',
)

function attested(provenance: readonly LedgerItem[], sboms: readonly LedgerItem[] = []) {
  const members = {
    innerManifest,
    provenance: provenance.map(({ sha256 }) => sha256),
    sboms: sboms.map(({ sha256 }) => sha256),
  }
  return foldedRecord(ATTESTATION, members, { index: 9, header: HEADER })
}

function view(
  record: ReturnType<typeof attested>,
  items: readonly LedgerItem[],
  changes: Parameters<typeof viewOf>[3] = {},
) {
  return viewOf(ATTESTATION, record, items, changes)
}

const FIVE = [
  'source-revision',
  'build-workflow',
  'builder-identity',
  'artifact-digest',
  'dependency-snapshot',
]

describe('The kind of an attestation', () => {
  it('is snapshot-only where the policy asks for no more and no provenance is named', () => {
    expect(view(attested([]), [TRACKED])).toMatchObject({
      status: 'snapshot-only',
      check: { outcome: 'accepted' },
      facts: {
        verification: 'local-lineage-only',
        signing: 'unsigned',
        claims: [],
        claimsAbsent: FIVE,
        claimsMissing: [],
        provenanceNamed: 0,
        sbomsNamed: 0,
        provenance: [],
      },
    })
  })

  it('is required-material-missing where the policy asks for provenance', () => {
    const found = view(attested([]), [TRACKED], { registry: STRICT })
    expect(found).toMatchObject({
      status: 'required-material-missing',
      facts: { verification: 'required-not-recorded' },
    })
    expect(failedChecks(found.check)).toMatchObject([
      { code: 'record/provenance-missing', outcome: 'missing' },
      { code: 'record/claim-missing', outcome: 'missing' },
    ])
  })

  it.each([STRICT, undefined])('is signed-and-verified with accepted provenance', (strict) => {
    const changes = strict === undefined ? {} : { registry: strict }
    expect(view(attested([PROVENANCE]), [TRACKED, PROVENANCE], changes)).toMatchObject({
      status: 'signed-and-verified',
      check: { outcome: 'accepted' },
      facts: {
        verification: 'verified',
        signing: 'signed-with-key',
        claims: FIVE,
        claimsAbsent: [],
        claimsMissing: [],
        provenanceNamed: 1,
        provenance: [PROVENANCE.sha256],
      },
    })
  })

  it('asks for the most where no policy can be looked at', () => {
    const found = view(attested([]), [TRACKED], { registry: undefined })
    expect(found.status).toBe('required-material-missing')
    expect(failedChecks(found.check).map(({ code }) => code)).toEqual([
      'record/policy-unknown',
      'record/provenance-missing',
    ])
  })
})

describe('The provenance of an attestation', () => {
  it('is only what the record names', () => {
    expect(view(attested([]), [TRACKED, PROVENANCE]).status).toBe('snapshot-only')
    const asked = view(attested([]), [TRACKED, PROVENANCE], { registry: STRICT })
    expect(failedChecks(asked.check)).toMatchObject([
      { code: 'record/provenance-unnamed', expected: `sha256:${PROVENANCE.sha256}` },
      { code: 'record/claim-missing' },
    ])
  })

  it('is never the signature of a record', () => {
    const self = foldedRecord(
      ATTESTATION,
      { ...NOTHING, provenance: [TRACKED.sha256] },
      { index: 9, header: HEADER },
    )
    const found = view(self, [TRACKED])
    expect(found.status).toBe('snapshot-only')
    expect(failedChecks(found.check)).toMatchObject([
      { name: 'provenance-references', code: 'record/reference-missing' },
      { code: 'record/provenance-missing' },
    ])
  })

  it('lacks no claim that nobody asks for', () => {
    const bare = wholeProvenance(1, { claims: { workflow: undefined } })
    const found = view(attested([bare]), [TRACKED, bare])
    expect(found).toMatchObject({
      check: { outcome: 'accepted' },
      facts: { claimsAbsent: ['build-workflow'], claimsMissing: [] },
    })
    const counted = (found.check.checks ?? []).map(({ message }) => message)
    expect(counted).toContain('1 provenance bundle named by digest, and there')
    expect(counted).toContain('0 SBOMs named by digest, and there')
  })

  it('is never an SBOM', () => {
    expect(view(attested([SBOM]), [TRACKED, SBOM]).check.outcome).toBe('missing')
  })

  it('is rejected where it is of another commit', () => {
    const other = foldedProvenance({ index: 1, commit: '0'.repeat(40) })
    const found = view(attested([other]), [TRACKED, other])
    expect(found.status).toBe('snapshot-only')
    expect(failedChecks(found.check)).toMatchObject([{ code: 'record/provenance-source' }])
  })

  it('is not there where it is about another set', () => {
    const other = { ...PROVENANCE, subjects: [digestOf('another set')] } as LedgerItem
    const found = view(attested([other]), [TRACKED, other])
    expect(failedChecks(found.check)[0]).toMatchObject({ code: 'record/reference-missing' })
    expect(SET_DIGEST).not.toBe(digestOf('another set'))
  })

  it('has to carry the claims of a policy that asks for it', () => {
    const bare = wholeProvenance(1, { claims: { workflow: undefined } })
    const found = view(attested([bare]), [TRACKED, bare], { registry: STRICT })
    expect(found).toMatchObject({
      status: 'signed-and-verified',
      facts: { claimsMissing: ['build-workflow'] },
    })
    expect(failedChecks(found.check)).toMatchObject([{ code: 'record/claim-missing' }])
  })
})

describe('An attestation', () => {
  it('finds the SBOMs that it names', () => {
    const there = view(attested([], [SBOM]), [TRACKED, SBOM])
    expect(there).toMatchObject({ check: { outcome: 'accepted' }, facts: { sbomsMissing: [] } })
    const gone = view(attested([], [SBOM]), [TRACKED])
    expect(gone.facts).toMatchObject({ sbomsMissing: [SBOM.sha256] })
    expect(failedChecks(gone.check)).toMatchObject([
      { name: 'sbom-references', code: 'record/reference-missing' },
    ])
  })

  it('is of the inner manifest of its phase', () => {
    expect(failedChecks(view(attested([]), []).check)).toMatchObject([
      { name: 'inner-manifest', outcome: 'missing', code: 'record/missing' },
    ])
    const members = { ...TRACKING_MEMBERS, innerManifest: digestOf('another') }
    const other = foldedRecord(TRACKING, members, { index: 0, header: TRACKING_HEADER })
    expect(failedChecks(view(attested([]), [other]).check)).toMatchObject([
      { name: 'inner-manifest', outcome: 'rejected', code: 'record/contradiction' },
    ])
    const later = foldedRecord(TRACKING, members, {
      index: 5,
      header: TRACKING_HEADER,
      phase: 'post-deploy-smoke-verified',
    })
    expect(view(attested([]), [TRACKED, later]).check.outcome).toBe('accepted')
  })

  it('is of a phase of its policy', () => {
    const registry = registryWith('attestation-artifact', '  - pre-deploy-candidate', '')
    const found = view(attested([]), [TRACKED], { registry })
    expect(failedChecks(found.check)).toMatchObject([{ code: 'record/phase' }])
  })
})

const KINDS = ['required-material-missing', 'snapshot-only', 'signed-and-verified']
const OUTCOMES = ['rejected', 'missing', 'stale', 'accepted']

it.each([[STRICT], [undefined]])('Taking evidence away never helps an attestation', (strict) => {
  const changes = strict === undefined ? {} : { registry: strict }
  const bare = wholeProvenance(3, { claims: { workflow: undefined } })
  const all = [TRACKED, PROVENANCE, SBOM, bare]
  const record = attested([PROVENANCE, bare], [SBOM])
  const whole = view(record, all, changes)
  for (let mask = 0; mask < 2 ** all.length; mask += 1) {
    const rest = all.filter((_, index) => (mask & (1 << index)) !== 0)
    const found = view(record, rest, changes)
    expect(KINDS.indexOf(found.status)).toBeLessThanOrEqual(KINDS.indexOf(whole.status))
    expect(OUTCOMES.indexOf(found.check.outcome)).toBeLessThanOrEqual(
      OUTCOMES.indexOf(whole.check.outcome),
    )
  }
})
