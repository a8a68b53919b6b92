// Test result v0.1 (in-toto attestation, test-result.md). The lists decide; the word that must
// stand beside them has to agree.

import * as z from 'zod/mini'
import type { JsonObject, Result } from '../../core/index.ts'
import { parsePredicateBySchema, RESOURCE, rule, URI } from '../field-types.ts'
import type { StatementProblem } from '../problem.ts'
import { dropNull } from '../unset-members.ts'

const TEST_NAMES = z.optional(z.array(z.string().check(z.minLength(1))))

interface TestLists {
  readonly passedTests?: readonly string[] | undefined
  readonly warnedTests?: readonly string[] | undefined
  readonly failedTests?: readonly string[] | undefined
}

/**
 * The result that the lists give; nothing where all of them are empty, for then the word stands
 * alone.
 */
export function testResultOf(lists: TestLists): 'PASSED' | 'WARNED' | 'FAILED' | undefined {
  if (lists.failedTests?.length) return 'FAILED'
  if (lists.warnedTests?.length) return 'WARNED'
  return lists.passedTests?.length ? 'PASSED' : undefined
}

/** One test has one outcome. */
function namesEachTestOnce({ passedTests = [], warnedTests = [], failedTests = [] }: TestLists) {
  const names = [...passedTests, ...warnedTests, ...failedTests]
  return new Set(names).size === names.length
}

/** The predicate as its page has it; what it does not have is kept. */
export const TEST_RESULT_SCHEMA = z.lazy(() =>
  z
    .looseObject({
      result: z.enum(['PASSED', 'WARNED', 'FAILED']),
      configuration: z.array(RESOURCE),
      url: z.optional(URI),
      passedTests: TEST_NAMES,
      warnedTests: TEST_NAMES,
      failedTests: TEST_NAMES,
    })
    .check(
      rule(
        (predicate) => (testResultOf(predicate) ?? predicate.result) === predicate.result,
        'statement/contradiction',
        'the result that the lists of tests give',
      ),
      rule(namesEachTestOnce, 'statement/contradiction', 'each test in one list, once'),
    ),
)

/**
 * Which tests ran, and how they ended.
 *
 * @example
 * {
 *   result: 'PASSED', passedTests: ['lint'],
 *   configuration: [{ name: 'ci.yml', digest: { gitBlob: 'ebe4ad…' } }],
 * }
 */
export type TestResult = Readonly<z.infer<typeof TEST_RESULT_SCHEMA>>

/** Reads a predicate of type `https://in-toto.io/attestation/test-result/v0.1`. */
export function parseTestResult(predicate: JsonObject): Result<TestResult, StatementProblem> {
  return parsePredicateBySchema(TEST_RESULT_SCHEMA, dropNull(predicate))
}
