// Statements: about more or less than is there, or of another kind than was asked for.

import { digestOf, RELEASE_FILES, SET_ID, signedBundle, statement, subjectsOf } from '../release.ts'
import { testResult } from './accepted.ts'
import { type Case, refused } from './case.ts'

const APP = RELEASE_FILES['app.js'] ?? ''
const SHA256 = digestOf(APP)
const OTHER256 = digestOf('other')

const change = (files: Record<string, string | undefined>) =>
  Object.fromEntries(
    Object.entries({ ...RELEASE_FILES, ...files })
      .filter(([, content]) => content !== undefined)
      .map(([path, content]) => [`set/${path}`, content as string]),
  )
const HERE = ['--set', 'set']

const SETS: readonly Case[] = [
  refused('set-changed', {
    says: 'A file of the set has other content.',
    codes: ['digest/artifact-changed', 'verify/set-digest'],
    twin: 'release',
    files: change({ 'app.js': 'console.log(3)\n' }),
    about: HERE,
  }),
  refused('set-extra', {
    says: 'A file lies in the folder that the release does not have.',
    attacks: ['A-77'],
    codes: ['digest/artifact-extra', 'verify/set-digest'],
    twin: 'release',
    files: change({ '.hidden.js': 'console.log(3)\n' }),
    about: HERE,
  }),
  refused('set-missing', {
    says: 'A file of the release is not there.',
    codes: ['digest/artifact-missing', 'verify/set-digest'],
    twin: 'release',
    files: change({ 'README.txt': undefined }),
    about: HERE,
  }),
  refused('set-renamed', {
    says: 'A file lies under another name.',
    attacks: ['A-63'],
    codes: ['digest/artifact-renamed', 'verify/set-digest'],
    twin: 'release',
    files: change({ 'README.txt': undefined, 'readme.txt': RELEASE_FILES['README.txt'] as string }),
    about: HERE,
  }),
  refused('set-excluded', {
    says: 'A changed file is left out on request: the release still has it.',
    codes: ['digest/artifact-missing', 'verify/set-digest'],
    twin: 'release',
    files: change({ 'app.js': 'console.log(3)\n' }),
    about: [...HERE, '--exclude', 'app.js'],
  }),
  refused('set-digest-wrong', {
    says: 'Every artifact is right, and the digest of the whole set is not.',
    attacks: ['A-63'],
    codes: ['verify/set-digest'],
    twin: 'release',
    bundle: signedBundle(
      statement({
        subject: [
          { name: SET_ID, digest: { dirHash: OTHER256 } },
          ...subjectsOf(RELEASE_FILES).slice(1),
        ],
      }),
    ),
  }),
  refused('set-digest-contradiction', {
    says: 'The two digests of the set subject are of two different sets.',
    attacks: ['A-58'],
    codes: ['verify/set-digest'],
    twin: 'set-subject-only',
    bundle: signedBundle(
      statement({
        subject: subjectsOf(RELEASE_FILES)
          .slice(0, 1)
          .map(({ name, digest }) => ({
            name,
            digest: { ...(digest as object), sha256: OTHER256 },
          })),
      }),
    ),
  }),
  refused('set-half-listed', {
    says: 'The set is right as a whole, and only one of its artifacts is listed.',
    attacks: ['A-76'],
    codes: ['digest/artifact-extra'],
    twin: 'set-subject-only',
    bundle: signedBundle(statement({ subject: subjectsOf(RELEASE_FILES).slice(0, 2) })),
  }),
  refused('set-without-names', {
    says: 'A set is compared by names, and the subjects have none.',
    codes: ['verify/subject-name'],
    twin: 'artifacts-without-set-subject',
    bundle: signedBundle(
      statement({
        subject: subjectsOf(RELEASE_FILES)
          .slice(1)
          .map(({ digest }) => ({ digest })),
      }),
    ),
  }),
  refused('set-subject-twice', {
    says: 'Two subjects have one name, the second with the digest of the file.',
    attacks: ['A-60'],
    codes: ['verify/subject-name'],
    twin: 'artifacts-without-set-subject',
    bundle: signedBundle(
      statement({
        subject: [
          ...subjectsOf(RELEASE_FILES).slice(1),
          { name: 'app.js', digest: { sha256: SHA256 } },
        ],
      }),
    ),
  }),
  refused('set-subject-incomparable', {
    says: 'One subject has only a SHA-1.',
    attacks: ['A-56'],
    codes: ['verify/subject-incomparable'],
    twin: 'artifacts-without-set-subject',
    bundle: signedBundle(
      statement({
        subject: subjectsOf(RELEASE_FILES)
          .slice(1)
          .map((subject) =>
            subject['name'] === 'app.js'
              ? { name: 'app.js', digest: { sha1: digestOf(APP, 'sha1') } }
              : subject,
          ),
      }),
    ),
  }),
]

const KINDS: readonly Case[] = [
  refused('statement-v0.1', {
    says: 'A statement of the older version where nobody asked for one.',
    attacks: ['A-70'],
    codes: ['verify/statement-version'],
    twin: 'statement-v0.1-as-asked',
    bundle: signedBundle(statement({ _type: 'https://in-toto.io/Statement/v0.1' })),
  }),
  refused('test-result-against-itself', {
    says: 'The result is "PASSED", and a test failed.',
    attacks: ['A-68'],
    codes: ['statement/contradiction', 'verify/predicate-malformed'],
    twin: 'test-result',
    bundle: testResult({ failedTests: ['answers'] }),
  }),
]

export const SUBJECTS: readonly Case[] = [...SETS, ...KINDS]
