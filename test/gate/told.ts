// What gates and counters come to, in words that properties compare: each good word is good news, and stands beside what it is about.

import { type Judgement, listsOf, type ProjectFinding } from '../../src/gate/index.ts'

/** Everything that was asked. */
function judgementsOf({ gates, policies }: ProjectFinding): readonly Judgement[] {
  return [...gates, ...policies]
}

/** The outcome of each requirement. */
export function outcomesOf(judged: ProjectFinding): ReadonlyMap<string, string> {
  const findings = judgementsOf(judged).flatMap((one) =>
    listsOf(one).flatMap((list) => list.findings),
  )
  return new Map(findings.map(({ id, outcome }) => [id, outcome]))
}

/** The release that each gate is about; before there is one, the commit, if any is known. */
export function subjectsOf(judged: ProjectFinding): ReadonlyMap<string, string> {
  return new Map(
    judgementsOf(judged).map(({ gate, subject: { release, commit } }) => [
      gate.id,
      release?.id ?? commit ?? '',
    ]),
  )
}

/** What is good of a gate: the more of it the better. */
function goodOfGate(finding: Judgement): readonly string[] {
  const { decision } = finding
  const accepted = listsOf(finding).flatMap((list) =>
    list.findings.flatMap(({ id, outcome }) => (outcome === 'accepted' ? [id] : [])),
  )
  return [
    ...(decision === 'no-go' ? [] : ['not no-go']),
    ...(decision === 'go' ? ['go'] : []),
    ...('requirements' in finding || !finding.isDeployable ? [] : ['deployable']),
    ...('requirements' in finding || !finding.isProductionReady ? [] : ['ready']),
    ...accepted,
  ]
}

/** The release of each gate that is counted: the newest that stands, also where the gate is about a newer one that stands no more. */
function countedOf({ statuses }: ProjectFinding): string {
  return JSON.stringify(statuses.approvals.map(({ gate, release }) => [gate, release]))
}

/** These look at the current releases; the others at all that there ever was. */
const OF_CURRENT = ['signed-provenance', 'attestation-policies', 'production-approvals']

/** Each number as so many words: a counter that falls says fewer of them. */
function goodOfCounters({ counters }: ProjectFinding, isSameSubject: boolean): readonly string[] {
  const upTo = (name: string, count = 0) =>
    Array.from({ length: count }, (_, at) => `${name} > ${at}`)
  return counters
    .filter(({ name }) => isSameSubject || !OF_CURRENT.includes(name))
    .flatMap(({ name, count, origins, beside = [] }) => [
      ...upTo(name, count),
      ...upTo(`live ${name}`, origins?.live),
      ...beside.flatMap((one) => upTo(`${one.word} ${name}`, one.count)),
    ])
}

/**
 * Good words of one that the other does not say. Gates whose releases are others in the one than in the other are not compared: a newer
 * release may be worse than the one before it.
 */
export function betterIn(judged: ProjectFinding, than: ProjectFinding): readonly string[] {
  const [subjects, others] = [subjectsOf(judged), subjectsOf(than)]
  const isSame = (id: string) => subjects.get(id) === others.get(id)
  const isCountedSame = countedOf(judged) === countedOf(than) && [...subjects.keys()].every(isSame)
  const goodOf = (project: ProjectFinding) => [
    ...judgementsOf(project).flatMap((finding) =>
      isSame(finding.gate.id)
        ? goodOfGate(finding).map((word) => `${finding.gate.id}: ${word}`)
        : [],
    ),
    ...goodOfCounters(project, isCountedSame),
  ]
  const known = new Set(goodOf(than))
  return goodOf(judged).filter((word) => !known.has(word))
}

/** All that is told but where things stand in the ledger. */
export function toldOf(judged: ProjectFinding): unknown {
  return {
    gates: judgementsOf(judged).map((finding) => ({
      id: finding.gate.id,
      good: goodOfGate(finding),
      against: finding.subject.against,
      exceptions: finding.exceptions,
      waivers: finding.waivers,
    })),
    outcomes: outcomesOf(judged),
    subjects: subjectsOf(judged),
    counters: judged.counters.map(({ counted, beside, ...counter }) => ({
      ...counter,
      counted: counted.toSorted(),
      beside: beside?.map((one) => ({ ...one, counted: one.counted.toSorted() })),
    })),
  }
}
