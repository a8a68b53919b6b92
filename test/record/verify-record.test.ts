import { describe, expect, it } from 'vitest'
import { encodeStatement } from '../../src/statement/index.ts'
import { failedChecks } from '../../src/core/index.ts'
import { codesOf } from '../verify/question.ts'
import {
  digestOf,
  messageBundle,
  provenance,
  signedBundle,
  statement,
  subjectsOf,
  RELEASE_FILES,
} from '../verify/release.ts'
import {
  fileOf,
  judge,
  RELEASE,
  REPORTED_AT,
  SET,
  SET_DIGEST,
  statementOf,
  TRACKING_HEADER,
  TRACKING_MEMBERS,
} from './signed.ts'

const TRACKED = statementOf('tracking', TRACKING_MEMBERS)
const GOOD = fileOf(TRACKED)

/** The code of the last thing that is wrong, under which the reasons stand. */
function codes(file: Uint8Array): readonly string[] {
  return failedChecks(judge(file).verdict).flatMap(({ code, because }) =>
    because === undefined ? [code ?? ''] : because.map((problem) => problem.code),
  )
}

function fileWith(changes: object): Uint8Array {
  return fileOf({ ...TRACKED, ...changes })
}

describe('A record', () => {
  it('is what its signer said, with who said it and what it is about', () => {
    const { verdict, record } = judge(GOOD)
    expect(codesOf(verdict)).toEqual([])
    expect(record).toMatchObject({
      kind: 'record',
      sha256: digestOf(GOOD),
      family: 'tracking',
      about: SET,
      release: RELEASE,
      policy: TRACKING_HEADER.policy,
      reportedAt: REPORTED_AT,
      id: RELEASE.artifactSetId,
      origin: 'local-proof',
      members: TRACKING_MEMBERS,
      signer: { name: 'release' },
    })
  })

  it.each([
    ['a bundle', Buffer.from('no bundle'), 'bundle/json'],
    ['signed by a known key', fileOf(TRACKED, 'stranger'), 'verify/key-unknown'],
    [
      'a statement',
      Buffer.from(JSON.stringify(messageBundle('bytes'))),
      'verify/statement-malformed',
    ],
    ['of a family', fileWith({ predicateType: 'https://example.com/other/v1' }), 'record/family'],
    [
      'of a family or evidence for one',
      fileWith({ predicateType: 'https://docs.pypi.org/attestations/publish/v1', predicate: {} }),
      'record/family',
    ],
    [
      'without a judgement',
      fileWith({ predicate: { ...TRACKED.predicate, signing_status: 'signed' } }),
      'record/judgement',
    ],
    [
      'with known members',
      fileWith({ predicate: { ...TRACKED.predicate, note: 'x' } }),
      'record/member',
    ],
    [
      'with a policy',
      fileWith({ predicate: { ...TRACKED.predicate, policy: undefined } }),
      'record/member',
    ],
    [
      'with the time at which it was made',
      fileWith({ predicate: { ...TRACKED.predicate, reportedAt: undefined } }),
      'record/member',
    ],
    [
      'with a time in UTC',
      fileWith({ predicate: { ...TRACKED.predicate, reportedAt: '2026-04-10T14:00:00+02:00' } }),
      'record/member',
    ],
    [
      'of one release',
      fileWith({ predicate: { ...TRACKED.predicate, release: { ...RELEASE, run: '4712-1' } } }),
      'record/release',
    ],
    [
      'about its release',
      fileWith({ predicate: { ...TRACKED.predicate, release: undefined } }),
      'record/subject',
    ],
    [
      'about one set',
      fileWith({
        subjects: [...TRACKED.subjects, { name: 'more', digest: { sha256: SET_DIGEST } }],
      }),
      'record/subject',
    ],
    [
      'about a set by its manifest',
      fileWith({ subjects: [{ name: SET.id, digest: { sha256: SET_DIGEST } }] }),
      'record/subject',
    ],
    [
      'about no commit',
      fileWith({
        subjects: [
          { name: `git:${RELEASE.sourceRevision}`, digest: { gitCommit: RELEASE.sourceRevision } },
        ],
      }),
      'record/subject',
    ],
    [
      'about something with a name',
      fileWith({ subjects: [{ digest: { sha256: SET_DIGEST, dirHash: SET_DIGEST } }] }),
      'record/subject',
    ],
  ])('has to be %s', (_, file, code) => {
    expect(codes(file)).toEqual([code])
    expect(judge(file).record).toBeUndefined()
  })
})

it('What is no bundle at all is an error, and no refusal', () => {
  const { verdict } = judge(Buffer.from('no bundle'))
  expect([verdict.outcome, ...codesOf(verdict)]).toEqual(['error', 'record/bundle'])
})

describe('Evidence beside the records', () => {
  it('is kept with the digests of its subjects and what a provenance claims', () => {
    const file = Buffer.from(JSON.stringify(signedBundle(statement())))
    expect(judge(file).record).toMatchObject({
      kind: 'material',
      name: 'provenance',
      subjects: subjectsOf(RELEASE_FILES).map(
        (subject) => (subject['digest'] as { sha256: string }).sha256,
      ),
      provenance: {
        builderId: (provenance()['runDetails'] as { builder: { id: string } }).builder.id,
      },
    })
  })

  it('may be an SBOM, of which nothing more is known', () => {
    const predicate = { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 }
    const sbom = { ...TRACKED, predicateType: 'https://cyclonedx.org/bom', predicate }
    const { record } = judge(
      fileOf({
        ...sbom,
        subjects: [
          ...TRACKED.subjects,
          { name: 'commit', digest: { gitCommit: RELEASE.sourceRevision } },
        ],
      }),
    )
    expect(record).toMatchObject({ kind: 'material', name: 'cyclonedx', subjects: [SET_DIGEST] })
    expect(record).not.toHaveProperty('provenance')
  })
})

it('A statement is built only where it can be read again', () => {
  expect(encodeStatement(TRACKED).length).toBeGreaterThan(0)
  expect(() => statementOf('tracking', { ...TRACKING_MEMBERS, origin: 'live' })).toThrow(
    'record/judgement',
  )
  const about = {
    kind: 'set',
    id: RELEASE.artifactSetId.replace('4711', '4712'),
    digest: SET_DIGEST,
  } as const
  expect(() => statementOf('tracking', TRACKING_MEMBERS, { about })).toThrow('record/subject')
})
