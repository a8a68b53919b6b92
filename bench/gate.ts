// A thousand requirements over ten thousand pieces of evidence that are verified already: evidence about one release, its commit and the
// other releases of its gate, of every family. Goal: under 2 s, with the index of the evidence. Beside it a bare loop, which only reads what
// each requirement and the pieces of its family ask: what would be left if nothing had to be told.

import { createHash } from 'node:crypto'
import {
  type Evidence,
  EVIDENCE_FAMILIES,
  evaluateRequirement,
  indexEvidence,
  parsePolicies,
  type PlacedRequirement,
  requirementsOf,
} from '../src/policy/index.ts'

const REQUIREMENTS = 1_000
const PIECES = 10_000
const GOAL_MS = 2_000
const NOW = Date.UTC(2026, 5, 1)
const RELEASES = 20
const COMMIT = 'c'.repeat(40)

/** Prints how long it took, and what came of it. */
export function run(): Promise<void> {
  const registry = makeRegistry()
  const requirements = [...registry.policies.values()].flatMap(requirementsOf)
  const evidence = Array.from({ length: PIECES }, (_, index) => makePiece(index))
  const start = performance.now()
  const index = indexEvidence(evidence)
  const indexed = performance.now() - start
  const context = { registry, release: releaseOf(0), commit: COMMIT, now: NOW }
  const findings = requirements.map((placed) => evaluateRequirement(placed, index, context))
  const ms = performance.now() - start
  const bare = timeBareLoop(requirements, evidence)
  const accepted = findings.filter(({ outcome }) => outcome === 'accepted').length
  const looked = findings.reduce((sum, { selected }) => sum + selected.length, 0)
  if (accepted === 0 || accepted === findings.length) throw new Error('The bench decides nothing')
  console.log(
    `gate: ${findings.length} requirements over ${PIECES} pieces in ${Math.round(ms)} ms, ${Math.round(indexed)} ms of them for the index; ` +
      `${looked} looked at, ${accepted} accepted (${((ms / GOAL_MS) * 100).toFixed(0)} % of the goal of ${GOAL_MS} ms; ${(ms / bare).toFixed(1)} times a bare loop of ${Math.round(bare)} ms)`,
  )
  if (ms >= GOAL_MS) process.exitCode = 1
  return Promise.resolve()
}

/** Every piece of the family is looked at, and its members compared: no index, no reasons. */
function timeBareLoop(
  requirements: readonly PlacedRequirement[],
  evidence: readonly Evidence[],
): number {
  const start = performance.now()
  let found = 0
  for (const { requirement } of requirements) {
    if (!('select' in requirement)) continue
    for (const piece of evidence) {
      if (piece.family !== requirement.select.family) continue
      const { name, count } = piece.predicate as { readonly name: string; readonly count: number }
      if (/^job-.*-x.*$/.test(name) && count >= 4 && piece.signer.roles.includes('release')) found++
    }
  }
  if (found === 0) throw new Error('The bare loop finds nothing')
  return performance.now() - start
}

function makeRegistry() {
  const requirements = Array.from({ length: REQUIREMENTS }, (_, index) => makeRequirement(index))
  const document = {
    ...{ schema: 'assay/policy/v1', kind: 'requirements', id: 'policy.bench', version: 1 },
    ...{ title: 'Bench', scope: { stages: ['production'] } },
    requirements,
  }
  const bytes = Buffer.from(JSON.stringify(document))
  const registry = parsePolicies([{ name: 'bench.json', bytes }])
  if (!registry.ok) throw new Error(JSON.stringify(registry.problems))
  return registry.value
}

/** Of each family and subject in turn, with what requirements ask for besides. */
function makeRequirement(index: number): object {
  const family = EVIDENCE_FAMILIES[index % EVIDENCE_FAMILIES.length]
  const about = (['set', 'commit', 'gate'] as const)[index % 3]
  return {
    id: `r-${index}`,
    title: 'Bench',
    select: { family, about, role: 'release' },
    least: 1 + (index % 200),
    ...(index % 2 === 0 && { fresh: '60d' }),
    ...(index % 5 === 0 && { status: ['good'] }),
    holds: [
      { at: '/predicate/name', matches: 'job-*-x*' },
      { at: '/predicate/count', atLeast: index % 9 },
    ],
  }
}

/** A third is about the release in question, a third about its commit, and the rest about the others of the gate. */
function makePiece(index: number): Evidence {
  const third = index % 3
  const about =
    third === 0 ? { commit: COMMIT } : { release: releaseOf(third === 1 ? 0 : index % RELEASES) }
  return {
    sha256: createHash('sha256').update(`${index}`).digest('hex'),
    index,
    family: EVIDENCE_FAMILIES[Math.floor(index / 3) % EVIDENCE_FAMILIES.length] ?? 'smoke',
    predicateType: 'https://example.org/bench',
    ...about,
    origin: 'live-workflow',
    signer: { name: 'ci', principal: 'ci', kind: 'automation', roles: ['release'] },
    signedAt: NOW - (index % 90) * 86_400_000,
    computed: {
      status: index % 7 === 0 ? 'other' : 'good',
      outcome: 'accepted',
      facts: {},
      reason: { name: 'bench', outcome: 'accepted', message: 'Bench' },
    },
    predicate: { name: `job-${index}-x${index % 11}`, count: index % 13 },
  }
}

function releaseOf(number: number) {
  const version = `v1.${number}.0`
  const id = `production__web__${version}__${number}`
  return { id, target: 'web', channel: 'production', version }
}
