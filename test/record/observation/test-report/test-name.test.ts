import { expect, it } from 'vitest'
import { LIMITS } from '../../../../src/core/index.ts'
import { buildTestName } from '../../../../src/record/observation/test-report/test-name.ts'
import { codes } from '../../../trust/keys.ts'

it('A name is no longer than names are once what does not print in it is spelt', () => {
  const most = Math.floor(LIMITS.testNameMax / '\\u{202e}'.length)
  expect(codes(buildTestName(['\u202e'.repeat(most)]))).toBe('accepted')
  expect(codes(buildTestName(['\u202e'.repeat(most + 1)]))).toEqual(['record/test-report-name'])
})
