import { describe, expect, it } from 'vitest'
import { entryOfRecord } from '../../src/cli/ledger/record-entry.ts'
import { COMMIT, digestOf, signedBundle, statement } from '../verify/release.ts'

const OURS = 'production__web__v1.2.0__1'
const THEIRS = 'staging__web__v1.2.0__1'

const set = (name: string) => ({ name, digest: { sha256: DIGEST, dirHash: DIGEST } })
const DIGEST = digestOf('a set')
const named = (name: string) => ({ name, digest: { sha256: DIGEST } })
const commit = { name: `git:${COMMIT}`, digest: { gitCommit: COMMIT } }

function releaseOf(...subject: readonly object[]): string | undefined {
  const entry = entryOfRecord(Buffer.from(JSON.stringify(signedBundle(statement({ subject })))))
  return entry.ok ? entry.value.release : undefined
}

describe('The release of an entry', () => {
  it.each<[string, readonly object[], string | undefined]>([
    ['the set', [named('a'), set(OURS)], OURS],
    ['the commit', [named('a'), commit], commit.name],
    ['what comes first of both', [commit, set(OURS)], commit.name],
    ['what has the name of a set, where nothing else is named', [named(OURS)], OURS],
    ['none where only files are named', [named('a'), named(`git:${COMMIT}`)], undefined],
  ])('is %s', (_, subjects, release) => {
    expect(releaseOf(...subjects)).toBe(release)
  })

  it('is the set by whose target the role of the signer is judged (A-74)', () => {
    expect(releaseOf(named(OURS), set(THEIRS))).toBe(THEIRS)
    expect(releaseOf(set(OURS), set(THEIRS))).toBe(OURS)
  })
})
