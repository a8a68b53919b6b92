// Summaries of the source track: about a commit of a repository, and about another one, on another ref, or only nearly about it.

import { type Json, signedBundle, statement, messageBundle } from '../release.ts'
import { accepted, type Case, refused } from './case.ts'
import { asking, summary, TRUST } from './summary-case.ts'

const COMMIT = '9a04d1ee393b5be2773b1ce204f61fe0fd02366a'
const OTHER = '1b2c3d4e5f60718293a4b5c6d7e8f90123456789'
const REPOSITORY = 'git+https://git.example/team/app'
const MAIN = 'refs/heads/main'

const revision = (commit = COMMIT, changes: Json = {}): Json => ({
  uri: `https://git.example/team/app/commit/${commit}`,
  digest: { gitCommit: commit },
  annotations: { sourceRefs: [MAIN, 'refs/tags/v1.2.0'] },
  ...changes,
})

const bundleOf = (subject: readonly Json[] = [revision()], changes: Json = {}) =>
  summary(
    {
      resourceUri: REPOSITORY,
      verifiedLevels: ['SLSA_SOURCE_LEVEL_3', 'ORG_SOURCE_TESTED'],
      ...changes,
    },
    { subject },
  )

const about = (commit = COMMIT, ref = MAIN) => ['--commit', commit, '--source-ref', ref]
const expected = (resource = REPOSITORY, levels = ['SLSA_SOURCE_LEVEL_2', 'ORG_SOURCE_TESTED']) =>
  asking({ resource, levels })

const PARTS = {
  attacks: ['A-66'],
  twin: 'revision',
  trust: TRUST,
  about: about(),
  options: expected(),
} as const

const unlike = (
  name: string,
  says: string,
  codes: readonly string[],
  parts: Partial<Parameters<typeof refused>[1]>,
) =>
  refused(`revision-${name}`, {
    ...PARTS,
    says,
    codes: codes.map((code) => `verify/${code}`),
    bundle: bundleOf(),
    ...parts,
  })

export const REVISIONS: readonly Case[] = [
  accepted('revision', {
    ...PARTS,
    says: 'A verification summary of the source track: about the commit, on the ref, of the repository and of the level that are asked for.',
    bundle: bundleOf(),
  }),
  accepted('revision-without-ref', {
    ...PARTS,
    says: 'The same, where nothing is asked of the ref, and the summary says none.',
    about: ['--commit', COMMIT],
    bundle: bundleOf([revision(COMMIT, { annotations: undefined })]),
  }),
  accepted('revision-of-a-statement', {
    says: 'Another statement about the commit, signed by somebody whom the trust document knows: a revision is a subject like any other.',
    about: ['--commit', COMMIT],
    bundle: signedBundle(
      statement({
        subject: [revision()],
        predicateType: 'https://predicates.example/scan/v1',
        predicate: { findings: 0 },
      }),
    ),
  }),
  unlike(
    'other',
    'It is about another commit of the repository.',
    ['subject-missing', 'source-ref'],
    {
      attacks: ['A-50'],
      bundle: bundleOf([revision(OTHER)]),
    },
  ),
  unlike(
    'on-another-ref',
    'The commit was on another branch than the one that is asked for.',
    ['source-ref'],
    { bundle: bundleOf([revision(COMMIT, { annotations: { sourceRefs: ['refs/heads/mine'] } })]) },
  ),
  unlike(
    'ref-of-another',
    'Another commit was on the ref; the one that is asked about is only named beside it.',
    ['source-ref'],
    { bundle: bundleOf([revision(OTHER), revision(COMMIT, { annotations: {} })]) },
  ),
  unlike('ref-without-list', 'The ref is a text, and no list of refs.', ['source-ref'], {
    bundle: bundleOf([revision(COMMIT, { annotations: { sourceRefs: MAIN } })]),
  }),
  unlike(
    'of-another-repository',
    'It is about another repository, that has the same commit.',
    ['resource-uri'],
    {
      bundle: bundleOf([revision()], { resourceUri: 'git+https://git.example/mallory/app' }),
    },
  ),
  unlike(
    'of-a-lower-level',
    'The source has a lower level than is asked for.',
    ['verified-level'],
    {
      bundle: bundleOf([revision()], {
        verifiedLevels: ['SLSA_SOURCE_LEVEL_1', 'ORG_SOURCE_TESTED'],
      }),
    },
  ),
  unlike(
    'of-a-build',
    'The level is of the build track, which says nothing of the source.',
    ['verified-level'],
    {
      bundle: bundleOf([revision()], {
        verifiedLevels: ['SLSA_BUILD_LEVEL_3', 'ORG_SOURCE_TESTED'],
      }),
    },
  ),
  unlike(
    'as-sha1',
    'The commit stands under sha1, which is of no kind that is compared.',
    ['subject-incomparable', 'source-ref'],
    { attacks: ['A-58'], bundle: bundleOf([revision(COMMIT, { digest: { sha1: COMMIT } })]) },
  ),
  unlike(
    'as-tag',
    'The id is of a tag, and a tag is no commit.',
    ['subject-incomparable', 'source-ref'],
    { attacks: ['A-58'], bundle: bundleOf([revision(COMMIT, { digest: { gitTag: COMMIT } })]) },
  ),
  unlike(
    'in-an-address',
    'Only the address of the subject, which is for people, names the commit.',
    ['subject-missing', 'source-ref'],
    { bundle: bundleOf([revision(COMMIT, { digest: { gitCommit: OTHER } })]) },
  ),
  unlike('unasked', 'Nothing is said of what the summary has to say.', ['summary-unasked'], {
    outcome: 'missing',
    about: ['--commit', COMMIT],
    options: [],
  }),
  unlike(
    'as-bare-bytes',
    'Somebody signed the id of the commit as the bytes of a file.',
    ['statement-expected'],
    {
      outcome: 'missing',
      twin: 'revision-of-a-statement',
      about: ['--commit', COMMIT],
      options: [],
      bundle: messageBundle(COMMIT),
    },
  ),
]
