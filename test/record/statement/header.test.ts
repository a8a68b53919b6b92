// What all records share: what they are about, and what stands beside the members of their family.

import { describe, expect, it } from 'vitest'
import { TEST_RESULT } from '../../../src/record/families/test-result.ts'
import { TRACKING } from '../../../src/record/families/tracking.ts'
import {
  buildRecord,
  type Family,
  type HeaderParts,
  phaseFolder,
  type RecordSubject,
} from '../../../src/record/index.ts'
import type { JsonObject } from '../../../src/core/index.ts'
import { phaseInId } from '../../../src/record/statement/phase.ts'
import { COMMIT_SUBJECT } from '../folded.ts'
import {
  RELEASE,
  REPORTED_AT,
  SET,
  SET_DIGEST,
  TRACKING_HEADER,
  TRACKING_MEMBERS,
} from '../signed.ts'

const TESTS = {
  result: 'PASSED',
  configuration: [{ digest: { sha256: SET_DIGEST } }],
  passedTests: ['edge'],
}

/** Why no record is made of it; nothing where one is. */
function refusalOf(
  family: Family,
  members: JsonObject,
  { about, header }: { readonly about: RecordSubject; readonly header: HeaderParts },
): readonly string[] {
  const timed = { ...header, reportedAt: REPORTED_AT }
  const built = buildRecord(family, { about, header: timed, members })
  return built.ok ? [] : built.problems.map(({ code, message }) => `${code}: ${message}`)
}

describe('A record', () => {
  it('about a set names its release, and one about a commit names none', () => {
    const of = (about: RecordSubject, header: HeaderParts) =>
      refusalOf(TEST_RESULT, TESTS, { about, header })
    expect(of(SET, { release: RELEASE })).toEqual([])
    expect(of(COMMIT_SUBJECT, {})).toEqual([])
    expect(of(SET, {})).toEqual([
      `record/subject: Expected the subject to be the release of the record, found "${SET.id}" and "no release"`,
    ])
    expect(of(COMMIT_SUBJECT, { release: RELEASE })).toEqual([
      `record/subject: Expected the subject to be the release of the record, found "a commit" and "${SET.id}"`,
    ])
  })

  it('is about nothing that its family is not about', () => {
    expect(refusalOf(TRACKING, TRACKING_MEMBERS, { about: SET, header: TRACKING_HEADER })).toEqual(
      [],
    )
    const { policy = '' } = TRACKING_HEADER
    expect(
      refusalOf(TRACKING, TRACKING_MEMBERS, { about: COMMIT_SUBJECT, header: { policy } }),
    ).toEqual([
      `record/subject: Expected an artifact set as the one subject of a record of the family tracking, found "git:${COMMIT_SUBJECT.commit}"`,
    ])
    const both = { about: { ...SET, id: 'no set' }, header: { release: RELEASE } }
    expect(refusalOf(TEST_RESULT, TESTS, both)).toEqual([
      'record/subject: Expected an artifact set or a git commit as the one subject of a record of the family test-result, found "no set"',
    ])
  })

  it('names a policy where its family has policies, and nowhere else', () => {
    const { policy = '' } = TRACKING_HEADER
    const of = (family: Family, members: JsonObject, header: HeaderParts) =>
      refusalOf(family, members, { about: SET, header: { release: RELEASE, ...header } })
    expect(of(TRACKING, TRACKING_MEMBERS, {})).toEqual([
      'record/member: Expected the policy of the kind tracking in a record of the family tracking, found none',
    ])
    expect(of(TEST_RESULT, TESTS, { policy })).toEqual([
      `record/member: Expected no policy in a record of the family test-result, found "${policy}"`,
    ])
    expect(of(TRACKING, TRACKING_MEMBERS, { policy })).toEqual([])
    expect(of(TEST_RESULT, TESTS, {})).toEqual([])
  })
})

it('A phase is spelt with underscores in ids, and in two words in folders', () => {
  const spelt = (['pre-deploy-candidate', 'post-deploy-smoke-verified'] as const).map((phase) => [
    phaseInId(phase),
    phaseFolder(phase),
  ])
  expect(spelt).toEqual([
    ['pre_deploy_candidate', 'pre-deploy'],
    ['post_deploy_smoke_verified', 'post-deploy'],
  ])
})
