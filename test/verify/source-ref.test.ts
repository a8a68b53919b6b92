// Which ref a revision was on, as a summary of its source says it: asked of the library, also about what is no revision.

import { describe, expect, it } from 'vitest'
import type { Expectation } from '../../src/verify/index.ts'
import { ask, codesOf, setOf } from './question.ts'
import { RELEASE_FILES, readTrust, signedBundle, statement } from './release.ts'
import { TRUST } from './cases/summary-case.ts'

const COMMITS = ['1a'.repeat(20), '2b'.repeat(20)] as const
const [FIRST, SECOND] = COMMITS
const VERIFIER = 'https://verifier.example/v1'
const REPOSITORY = 'git+https://git.example/team/app'

const summaryOf = (refs: Readonly<Record<string, readonly unknown[]>>) =>
  signedBundle(
    statement({
      subject: Object.entries(refs).map(([gitCommit, sourceRefs]) => ({
        digest: { gitCommit },
        annotations: { sourceRefs },
      })),
      predicateType: 'https://slsa.dev/verification_summary/v1',
      predicate: {
        verifier: { id: VERIFIER },
        resourceUri: REPOSITORY,
        policy: { uri: 'https://policy.example/source' },
        verificationResult: 'PASSED',
        verifiedLevels: ['SLSA_SOURCE_LEVEL_3'],
      },
    }),
  )

function codesFor(
  refs: Parameters<typeof summaryOf>[0],
  artifacts: Expectation['artifacts'] = revisions(...COMMITS),
) {
  const summary = {
    ...{ verifierId: VERIFIER, resourceUri: REPOSITORY, sourceRef: 'refs/heads/main' },
    verifiedLevels: ['SLSA_SOURCE_LEVEL_3'],
  }
  const trust = readTrust(TRUST)
  return codesOf(ask([summaryOf(refs)], { trust, expectation: { artifacts, summary } }).verdict)
}

const revisions = (...commits: readonly string[]): Expectation['artifacts'] => ({
  kind: 'artifacts',
  artifacts: commits.map((gitCommit) => ({ name: gitCommit, digest: { gitCommit } })),
})

describe('the ref of a revision', () => {
  it('is said of each revision that is asked about', () => {
    const main = ['refs/heads/main']
    expect(codesFor({ [FIRST]: main, [SECOND]: ['refs/heads/next', ...main] })).toEqual([])
    expect(codesFor({ [FIRST]: main, [SECOND]: ['refs/heads/next'] })).toEqual([
      'verify/source-ref',
    ])
  })

  it.each([['heads/main'], ['refs/heads/main/'], ['refs/heads/Main'], [['refs/heads/main']], [1]])(
    'is not %j',
    (ref) => {
      expect(codesFor({ [FIRST]: [ref] }, revisions(FIRST))).toEqual(['verify/source-ref'])
    },
  )

  it('is of no file, and of no set', () => {
    const refs = { [FIRST]: ['refs/heads/main'] }
    const files = {
      kind: 'artifacts',
      artifacts: [{ name: 'a', digest: { sha256: '3c'.repeat(32) } }],
    }
    expect(codesFor(refs, files as Expectation['artifacts'])).toContain('verify/source-ref')
    expect(codesFor(refs, setOf(RELEASE_FILES))).toContain('verify/source-ref')
  })
})
