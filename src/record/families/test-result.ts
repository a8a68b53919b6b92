// Test result: which tests ran over a set or a commit, and how each ended. The type is in-toto's, test-result v0.1.

import * as z from 'zod/mini'
import {
  type Check,
  compareCodePoints,
  groupChecks,
  type JsonObject,
  LIMITS,
} from '../../core/index.ts'
import { testResultOf } from '../../statement/index.ts'
import { checkAbout } from '../checks/about.ts'
import { evidenceOf } from '../policies/evidence-definition.ts'
import { statusInPlace } from '../checks/place.ts'
import { checkResults, isOnlyWarned, type NamedResult, resultsByName } from '../checks/results.ts'
import { laterFailureCheck, type SameCheck, type Word } from '../checks/same-check.ts'
import { asReported } from '../signer/testimony.ts'
import { defineFamily } from '../family.ts'
import { type DocumentReference, listOf, SHA256, TEXT } from '../statement/member-schema.ts'
import { onceFor } from '../once.ts'
import type { TestReport } from '../observation/test-report/test-case.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { failed, type FamilyView, type ViewContext } from '../view.ts'

/** Names of tests, as their runner has them; the standard's own rules see to it that each stands in one list, once. */
export const TEST_NAMES = z.array(TEXT).check(z.maxLength(LIMITS.testCasesMax))

/** What the tests were told to do, by digest: two results of different configurations are not of the same check. */
export const TEST_CONFIGURATION = listOf(
  z.strictObject({ name: z.optional(TEXT), digest: z.strictObject({ sha256: SHA256 }) }),
  ({ digest }) => digest.sha256,
).check(z.minLength(1))

const MEMBERS = z.strictObject({
  /** Agrees with the lists; the standard asks for it. */
  result: z.enum(['PASSED', 'WARNED', 'FAILED']),
  configuration: TEST_CONFIGURATION,
  /** Of the run. */
  url: z.optional(TEXT),
  passedTests: z.optional(TEST_NAMES),
  warnedTests: z.optional(TEST_NAMES),
  failedTests: z.optional(TEST_NAMES),
})

/** What a test result holds. */
export type TestResultMembers = Readonly<z.infer<typeof MEMBERS>>

/** About the same, for the same evidence, of the same configuration. */
const SAME_CHECK: SameCheck<TestResultMembers> = {
  isSame: (one, other) =>
    one.about.kind === other.about.kind &&
    one.evidence === other.evidence &&
    configurationOf(one) === configurationOf(other),
  resultsOf: ({ members }) => new Map([...resultsOf(members), ...wholeOf(members)]),
}

const checkLater = laterFailureCheck<TestResultMembers>({
  family: () => TEST_RESULT,
  sameCheck: SAME_CHECK,
  wordOf: (record, context) =>
    WORDS[statusOf(record.members, evidenceOf(record, context).definition?.checks ?? [])],
})

/** The family; its view tells whether all required tests are there and passed, and nothing later failed. */
export const TEST_RESULT = defineFamily({
  name: 'test-result',
  members: MEMBERS,
  about: ['set', 'commit'],
  isAdoptable: false,
  sameCheck: SAME_CHECK,
  view: viewTestResult,
})

/** What a report is recorded with. */
export interface TestRun {
  /** What the tests were told to do: names are labels. */
  readonly configuration: readonly DocumentReference[]
  readonly url?: string
}

/** The members of a record of a report; what was skipped or is to do stands in no list. */
export function buildTestResultMembers(
  { passed, warned, failed }: Pick<TestReport, 'passed' | 'warned' | 'failed'>,
  { configuration, url }: TestRun,
): JsonObject {
  const lists = {
    ...(passed.length > 0 && { passedTests: passed }),
    ...(warned.length > 0 && { warnedTests: warned }),
    ...(failed.length > 0 && { failedTests: failed }),
  }
  return {
    // The standard asks for a word even where no test is named; other tools do not take this one for a success.
    result: testResultOf(lists) ?? 'WARNED',
    configuration: configuration.map(({ name, sha256 }) => ({
      ...(name !== undefined && { name }),
      digest: { sha256 },
    })),
    ...(url !== undefined && { url }),
    ...lists,
  }
}

function viewTestResult(record: FoldedRecord<TestResultMembers>, context: ViewContext): FamilyView {
  const { definition, checks } = evidenceOf(record, context)
  const required = definition?.checks ?? []
  const { members } = record
  const later = checkLater(record, context)
  const check = groupChecks('test-result', asReported('The tests of the release', record), [
    checkAbout(record, context.evidence),
    ...checks,
    ...checkResults(resultsOf(members), required),
    ...checkWord(members),
    later,
  ])
  const status = later.outcome === 'accepted' ? statusOf(members, required) : 'failed-later'
  return {
    status: statusInPlace(status, check, ['passed', 'warned']),
    check,
    facts: {
      reportedBy: record.signer.principal,
      passed: members.passedTests?.length ?? 0,
      warned: members.warnedTests?.length ?? 0,
      failed: members.failedTests?.length ?? 0,
      required,
      configuration: members.configuration.map(({ digest }) => digest.sha256),
    },
  }
}

function resultsOf(members: TestResultMembers): ReadonlyMap<string, NamedResult> {
  const { passedTests = [], warnedTests = [], failedTests = [] } = members
  return resultsByName([
    ...passedTests.map((name) => ({ name, result: 'passed' as const })),
    ...warnedTests.map((name) => ({ name, result: 'warned' as const })),
    ...failedTests.map((name) => ({ name, result: 'failed' as const })),
  ])
}

/** The whole of it, under no name: a failure of tests that are not named is made good by a success of all, and by no warning. */
function wholeOf(members: TestResultMembers): readonly (readonly [string, NamedResult])[] {
  if (members.result === 'PASSED') return [['', 'passed']]
  return isUnnamedFailure(members) ? [['', 'failed']] : []
}

function isUnnamedFailure(members: TestResultMembers): boolean {
  return members.result === 'FAILED' && resultsOf(members).size === 0
}

/** Where no list has a name, the word stands alone: it can speak against the release, and never for it. */
function checkWord(members: TestResultMembers): readonly Check[] {
  if (!isUnnamedFailure(members)) return []
  const message = 'The result is a failure, of tests that it does not name'
  return [failed('failures', 'rejected', 'record/check-failed', message)]
}

type Status = 'passed' | 'warned' | 'failed' | 'incomplete' | 'no-tests' | 'nothing-passed'

const WORDS: Readonly<Record<Status, Word>> = {
  passed: 'passed',
  warned: 'passed',
  failed: 'failed',
  incomplete: 'nothing',
  'no-tests': 'nothing',
  'nothing-passed': 'nothing',
}

function statusOf(members: TestResultMembers, required: readonly string[]): Status {
  if (members.result === 'FAILED') return 'failed'
  const results = resultsOf(members)
  if (results.size === 0) return 'no-tests'
  if (isOnlyWarned(results)) return 'nothing-passed'
  if (required.some((name) => results.get(name) !== 'passed')) return 'incomplete'
  return members.result === 'WARNED' ? 'warned' : 'passed'
}

const configurationOf = onceFor(({ members }: FoldedRecord<TestResultMembers>) =>
  members.configuration
    .map(({ digest }) => digest.sha256)
    .toSorted(compareCodePoints)
    .join(),
)
