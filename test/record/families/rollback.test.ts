import { describe, expect, it } from 'vitest'
import { ROLLBACK } from '../../../src/record/families/rollback.ts'
import { goldenRecord } from '../golden-record.ts'
import { readMembers, readWithout } from '../reading.ts'
import { POLICY, HEADER, MEMBERS, OWN } from '../rollbacks.ts'

const GOLDEN = goldenRecord(ROLLBACK)

describe('A rollback target', () => {
  it('is written as it is read', () => {
    expect(GOLDEN.rebuilt).toBe(GOLDEN.text)
    expect(GOLDEN.predicateType).toBe('urn:assay:predicate:rollback:v1')
    expect(GOLDEN.header.policy).toBe(POLICY)
  })

  it('holds seven of the nine fields of its policy', () => {
    expect(readMembers(ROLLBACK, MEMBERS, HEADER)).toBe('accepted')
    expect(readWithout(ROLLBACK, MEMBERS, HEADER)).toEqual({
      target: ['record/member /target'],
      reference: ['record/member /reference'],
      preparation: ['record/member /preparation'],
      operatorConfirmation: ['record/member /operatorConfirmation'],
    })
    expect(readMembers(ROLLBACK, MEMBERS)).toEqual(['record/member /policy'])
  })

  const { target } = MEMBERS
  const [document] = MEMBERS.preparation

  it.each<[string, object, readonly string[]]>([
    [
      'the verification status',
      { verificationStatus: 'verified' },
      ['record/judgement /verificationStatus'],
    ],
    [
      'the trusted status',
      { trustedArtifactStatus: 'signed' },
      ['record/judgement /trustedArtifactStatus'],
    ],
    [
      'a target that is no set',
      { target: { ...target, artifactSetId: 'v1.1.0' } },
      ['record/member /target/artifactSetId'],
    ],
    [
      'a target without a snapshot',
      { target: { ...target, snapshot: '' } },
      ['record/member /target/snapshot'],
    ],
    [
      'a revision that is no commit',
      { target: { ...target, sourceRevision: 'main' } },
      ['record/member /target/sourceRevision'],
    ],
    [
      'another version than the set id has',
      { target: { ...target, artifactVersion: 'v1.1.1' } },
      ['record/contradiction /target/artifactVersion'],
    ],
    ['no documents', { preparation: [] }, ['record/member /preparation']],
    ['a document twice', { preparation: [document, document] }, ['record/member /preparation']],
    [
      'a document without its digest',
      { preparation: [{ path: 'a.md' }] },
      ['record/member /preparation/0/sha256'],
    ],
    ['an unknown member', { runbook: 'a.md' }, ['record/member']],
  ])('refuses %s', (_, changes, codes) => {
    expect(readMembers(ROLLBACK, { ...MEMBERS, ...changes }, HEADER)).toEqual(codes)
    expect(readMembers(ROLLBACK, MEMBERS, HEADER)).toBe('accepted')
  })

  it.each([
    ['another target', 'staging__elsewhere__v1.1.0__4602-1'],
    ['another channel', 'production__render_staging_rollout__v1.1.0__4602-1'],
  ])('is not a release of %s', (_, artifactSetId) => {
    expect(
      readMembers(ROLLBACK, { ...MEMBERS, target: { ...target, artifactSetId } }, HEADER),
    ).toEqual(['record/contradiction /target/artifactSetId'])
  })

  it('may be the release itself, where there is nothing else to document', () => {
    expect(readMembers(ROLLBACK, { ...MEMBERS, target: OWN }, HEADER)).toBe('accepted')
  })

  it('has nothing to hold its target against where it names no release', () => {
    expect(ROLLBACK.read(MEMBERS, {}).ok).toBe(true)
  })
})
