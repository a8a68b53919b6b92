// The verification summary of a gate (SLSA v1.2, verification_summary.md): what was verified of its release, by which policy, and what came
// of it. Its result and its levels are computed, and never given.

import {
  encodeBase64,
  encodeTimestamp,
  type Instant,
  type JsonObject,
  type Outcome,
  quote,
  refuse,
  type Result,
} from '../../core/index.ts'
import {
  type Evidence,
  EVIDENCE_FAMILIES,
  type EvidenceIndex,
  type Registry,
  type RequirementFinding,
} from '../../policy/index.ts'
import { FAILED, PREDICATE_TYPES, type Statement } from '../../statement/index.ts'
import { type Judgement, listsOf, outcomeOfJudgement } from '../judgement.ts'
import type { GateProblem } from '../problem.ts'

/** The version of SLSA whose words are used. */
const SLSA_VERSION = '1.2'

/** What a summary is made of: a ledger of the project, for a summary has no word of a run that anybody asks for. */
export interface SummaryQuestion {
  readonly finding: Judgement
  /** Everything that the gate was judged over. */
  readonly evidence: EvidenceIndex
  /** Of the ledger that was judged. */
  readonly ledger: { readonly outcome: Outcome; readonly head?: { size: number; root: Uint8Array } }
  readonly registry: Registry
  /** As of which was judged. */
  readonly at: Instant
  readonly verifier: { readonly id: string; readonly version: Readonly<Record<string, string>> }
  readonly resourceUri: string
}

/** Makes the statement; not without a release whose artifacts are known, nor where the gate could not be judged. */
export function buildSummary(question: SummaryQuestion): Result<Statement, GateProblem> {
  const { finding, ledger, verifier, resourceUri, at } = question
  const { gate, subject } = finding
  const { id, digest } = subject.release ?? {}
  if (id === undefined || digest === undefined) return withoutSubject(gate.id)
  const outcome = ledger.outcome === 'accepted' ? outcomeOfJudgement(finding) : ledger.outcome
  if (outcome === 'error') return unjudged(gate.id)
  const hasPassed = outcome === 'accepted'
  return {
    ok: true,
    value: {
      version: 'v1',
      subjects: [{ name: id, digest: { sha256: digest, dirHash: digest } }],
      predicateType: PREDICATE_TYPES.vsa,
      predicate: {
        verifier: { id: verifier.id, version: { ...verifier.version } },
        timeVerified: encodeTimestamp(at),
        resourceUri,
        policy: policyOf(question),
        inputAttestations: inputsOf(question).map((sha256) => ({
          name: `records/${sha256.slice(0, 2)}/${sha256}.sigstore.json`,
          digest: { sha256 },
        })),
        verificationResult: hasPassed ? 'PASSED' : 'FAILED',
        // VSA-7: where it failed, no level was reached.
        verifiedLevels: hasPassed
          ? [buildLevelOf(question), `urn:assay:gate:${finding.decision}`]
          : [FAILED],
        slsaVersion: SLSA_VERSION,
        // VSA-9: names of our own are URIs.
        ...(ledger.head !== undefined && {
          'urn:assay:ledger-head': {
            size: ledger.head.size,
            root: encodeBase64(ledger.head.root),
          },
        }),
      },
    },
  }
}

/** The policy by its own digest, and all of those that it was judged with by theirs. */
function policyOf({ finding, registry }: SummaryQuestion): JsonObject {
  const { id, digest } = finding.gate
  return {
    uri: `urn:assay:policy:${id}`,
    digest: { sha256: digest },
    annotations: { policies: { sha256: registry.digest } },
  }
}

/** VSA-4: all, by the digests of their bundles: what there is about the set and its commit, and what was looked at beyond. */
function inputsOf({ finding, evidence }: SummaryQuestion): readonly string[] {
  const about = selectAll(evidence, finding).map(({ sha256 }) => sha256)
  const asked = listsOf(finding).flatMap(({ findings }) => findings.flatMap(selectedBy))
  return [...new Set([...about, ...asked])].toSorted()
}

function selectAll(evidence: EvidenceIndex, { subject }: Judgement): readonly Evidence[] {
  const { release, commit } = subject
  return EVIDENCE_FAMILIES.flatMap((family) =>
    (['set', 'commit'] as const).flatMap((about) =>
      evidence.select({ family, about }, { release, commit, now: 0 }),
    ),
  )
}

function selectedBy({ selected, parts }: RequirementFinding): readonly string[] {
  return [...selected, ...parts.flatMap(selectedBy)]
}

/** The highest level that accepted provenance shows, by what the trust document says of its signer and builder. VSA-8: else none. */
function buildLevelOf({ evidence, finding }: SummaryQuestion): string {
  const { release, commit } = finding.subject
  const provenance = evidence.select({ family: 'provenance' }, { release, commit, now: 0 })
  const levels = provenance
    .filter(({ computed }) => computed.outcome === 'accepted')
    .map(({ computed }) => Number(computed.facts['buildLevel'] ?? 0))
  const level = Math.max(0, ...levels)
  return `SLSA_BUILD_LEVEL_${level === 0 ? 'UNEVALUATED' : level}`
}

function withoutSubject(gate: string): Result<never, GateProblem> {
  return refuse({
    code: 'gate/summary-subject',
    message: `Expected a release whose artifacts are known, to summarise ${quote(gate)} about, found none`,
    hint: 'Without --vsa the gate says what is missing',
  })
}

function unjudged(gate: string): Result<never, GateProblem> {
  return refuse({
    code: 'gate/summary-unjudged',
    message: `Expected ${quote(gate)} to be judged, found that it could not be`,
    hint: 'Without --vsa the gate says why',
  })
}
