// The question itself, before any evidence is looked at. Types do not hold callers without them, and what is misspelt would silently
// not be asked: such a question is an `error`, and never answered with yes.

import { type Check, encodeTimestamp, quote } from '../core/index.ts'
import { isReachable } from '../statement/index.ts'
import { failed } from './check.ts'
import type {
  Expectation,
  ExpectedArtifact,
  ExpectedArtifacts,
  FoundSet,
  PackageExpectation,
  ProvenanceExpectation,
  SummaryExpectation,
} from './expectation.ts'
import type { RunRequest } from './request.ts'

/** Of each member, whether it must be there, may be, or says yes or no. What is `undefined` is not there. */
type Shape<T = Record<string, unknown>> = {
  readonly [Name in keyof Required<T>]: 'needed' | 'optional' | 'flag'
}

const EXPECTATION: Shape<Expectation> = {
  artifacts: 'needed',
  signer: 'optional',
  predicateType: 'optional',
  target: 'optional',
  channel: 'optional',
  provenance: 'optional',
  package: 'optional',
  summary: 'optional',
  unsafeUncertifiedProvenance: 'flag',
  requireLog: 'flag',
  requireTimestamp: 'flag',
  statementVersions: 'optional',
}

const PROVENANCE: Shape<ProvenanceExpectation> = {
  sourceUri: 'optional',
  sourceDigest: 'optional',
  sourceTag: 'optional',
  sourceVersionedTag: 'optional',
  sourceBranch: 'optional',
  builderId: 'optional',
  buildType: 'optional',
  parameters: 'optional',
}

type Parameter = NonNullable<ProvenanceExpectation['parameters']>[number]
const PARAMETER: Shape<Parameter> = { name: 'needed', value: 'needed' }

const PACKAGE: Shape<PackageExpectation> = {
  purl: 'optional',
  name: 'optional',
  version: 'optional',
}

const SUMMARY: Shape<SummaryExpectation> = {
  verifierId: 'needed',
  resourceUri: 'needed',
  verifiedLevels: 'needed',
  policyUri: 'optional',
  policySha256: 'optional',
  ageMsMax: 'optional',
  sourceRef: 'optional',
}

const ARTIFACT: Shape<ExpectedArtifact> = {
  name: 'needed',
  digest: 'needed',
  bytes: 'optional',
  isFileDigest: 'flag',
}

const FOUND: Shape<FoundSet> = {
  set: 'needed',
  form: 'optional',
  links: 'optional',
  leftOut: 'optional',
}

type Kind = ExpectedArtifacts['kind']
const ARTIFACTS: { readonly [K in Kind]: Shape<Extract<ExpectedArtifacts, { kind: K }>> } = {
  set: { kind: 'needed', ...FOUND },
  artifacts: { kind: 'needed', artifacts: 'needed' },
  contents: { kind: 'needed', archive: 'needed', contents: 'needed', ...FOUND },
}

/** Seconds and microseconds of any time that could be meant are outside of these. */
const EARLIEST = Date.UTC(2000, 0, 1)
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

type Question = Pick<RunRequest, 'now' | 'at' | 'expectation' | 'unsafeExampleKeys'>

/** What is wrong with the question; nothing where it can be answered. */
export function checkQuestion(question: Question): readonly Check[] {
  const { now, at, expectation, unsafeExampleKeys } = question
  const faults = [
    ...findFaults('', { unsafeExampleKeys }, { unsafeExampleKeys: 'flag' }),
    ...faultsOfExpectation(expectation),
  ]
  return [
    ...checkInstant('now', now),
    ...(at === undefined ? [] : checkInstant('at', at)),
    ...(faults.length === 0 ? [] : [malformed(faults)]),
  ]
}

function checkInstant(name: 'now' | 'at', instant: unknown): readonly Check[] {
  const isWhole = typeof instant === 'number' && Number.isInteger(instant)
  if (isWhole && instant >= EARLIEST && instant <= LATEST) return []
  const message = `The time ${quote(name)} is none that anything could be judged as of`
  return [
    failed('time', 'error', 'verify/time-malformed', message, {
      expected: `whole milliseconds since 1970, from ${encodeTimestamp(EARLIEST)} on, to the year 9999`,
      found: typeof instant === 'number' ? String(instant) : typeof instant,
      hint: 'Set the clock of the machine, or hand in milliseconds as Date.now() gives them',
    }),
  ]
}

function malformed(faults: readonly string[]): Check {
  const message = 'The question has members that can not be asked'
  return failed('question', 'error', 'verify/question-malformed', message, {
    expected: 'known members, in their spelling',
    found: faults.join(', '),
  })
}

function faultsOfExpectation(expectation: Expectation | undefined): readonly string[] {
  const faults = findFaults('expectation', expectation, EXPECTATION)
  if (expectation?.artifacts === undefined) return faults
  const { artifacts, provenance, package: asked, summary } = expectation
  return [
    ...faults,
    ...faultsOfArtifacts('expectation.artifacts', artifacts),
    ...(provenance === undefined ? [] : faultsOfProvenance('expectation.provenance', provenance)),
    ...(asked === undefined ? [] : findFaults('expectation.package', asked, PACKAGE)),
    ...(summary === undefined ? [] : faultsOfSummary('expectation.summary', summary)),
  ]
}

function faultsOfProvenance(at: string, provenance: ProvenanceExpectation): readonly string[] {
  const faults = findFaults(at, provenance, PROVENANCE)
  if (faults.length > 0 || provenance.parameters === undefined) return faults
  return faultsOfEach(`${at}.parameters`, provenance.parameters, PARAMETER)
}

/** VSA-8: what no summary can say must not be asked, nor nothing at all. */
function faultsOfSummary(at: string, summary: SummaryExpectation): readonly string[] {
  const faults = findFaults(at, summary, SUMMARY)
  if (faults.length > 0) return faults
  const { verifiedLevels, ageMsMax = 0 } = summary
  const levels: readonly unknown[] = Array.isArray(verifiedLevels) ? verifiedLevels : []
  const wrong = levels.filter((level) => typeof level !== 'string' || !isReachable(level))
  return [
    ...(levels.length === 0 ? [`no level in ${at}.verifiedLevels`] : []),
    ...wrong.map((level) => `${quote(String(level))} in ${at}.verifiedLevels`),
    ...(Number.isSafeInteger(ageMsMax) && ageMsMax >= 0 ? [] : [`${at}.ageMsMax, which is no age`]),
  ]
}

function faultsOfArtifacts(at: string, artifacts: ExpectedArtifacts): readonly string[] {
  const kind: unknown = artifacts?.kind
  if (typeof kind !== 'string' || !Object.hasOwn(ARTIFACTS, kind)) return [`no kind in ${at}`]
  const faults = findFaults(at, artifacts, ARTIFACTS[artifacts.kind])
  if (faults.length > 0 || artifacts.kind === 'set') return faults
  return artifacts.kind === 'contents'
    ? findFaults(`${at}.archive`, artifacts.archive, ARTIFACT)
    : faultsOfEach(`${at}.artifacts`, artifacts.artifacts, ARTIFACT)
}

function faultsOfEach(at: string, list: readonly unknown[], shape: Shape): readonly string[] {
  if (!Array.isArray(list)) return [`${at}, which is no list`]
  return list.flatMap((value, index) => findFaults(`${at}[${index}]`, value, shape))
}

function findFaults(at: string, value: unknown, shape: Shape): readonly string[] {
  if (typeof value !== 'object' || value === null) return [`${at}, which is no object`]
  const members = new Map(Object.entries(value).filter(([, member]) => member !== undefined))
  const missing = Object.keys(shape).filter(
    (name) => shape[name] === 'needed' && !members.has(name),
  )
  const wrong = [...members].flatMap(([name, member]) => {
    const place = `${at}${at === '' ? '' : '.'}${name}`
    if (!Object.hasOwn(shape, name)) return [quote(place)]
    const isWrong = shape[name] === 'flag' && typeof member !== 'boolean'
    return isWrong ? [`${quote(place)}, which is neither true nor false`] : []
  })
  return [...missing.map((name) => `no ${name} in ${at}`), ...wrong]
}
