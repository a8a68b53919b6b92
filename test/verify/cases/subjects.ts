// Statements and their subjects: about something else, in a form that could be read in two ways, or about more or less than is there.

import { digestOf, RELEASE_FILES, SET_ID, signedBundle, statement, subjectsOf } from '../release.ts'
import { testResult } from './accepted.ts'
import { accepted, type Case, refused } from './case.ts'

const APP = RELEASE_FILES['app.js'] ?? ''
const SHA256 = digestOf(APP)
const SHA512 = digestOf(APP, 'sha512')
const OTHER256 = digestOf('other')
const OTHER512 = digestOf('other', 'sha512')
const FILE = ['--artifact', '../release/set/app.js']

/** A bundle whose one subject has these digests. */
const digests = (...sets: readonly unknown[]) =>
  signedBundle(statement({ subject: sets.map((digest) => ({ name: 'app.js', digest })) }))

const MATCHING: readonly Case[] = [
  refused('artifact-of-another-release', {
    says: 'The attestation of one artifact is shown for another.',
    attacks: ['A-50'],
    codes: ['verify/subject-missing'],
    twin: 'artifact',
    files: { 'app.js': 'console.log(3)\n' },
    about: ['--artifact', 'app.js'],
  }),
  refused('digest-of-another-release', {
    says: 'The digest that was asked for is of no subject.',
    attacks: ['A-50'],
    codes: ['verify/subject-missing'],
    twin: 'digest-sha256',
    about: ['--digest', `sha256:${OTHER256}`],
  }),
  refused('one-of-two-artifacts', {
    says: 'Two files are asked about, and one of them is a subject.',
    attacks: ['A-50'],
    codes: ['verify/subject-missing'],
    twin: 'artifact',
    files: { 'app.js': 'console.log(3)\n' },
    about: [...FILE, '--artifact', 'app.js'],
  }),
  accepted('digest-md5-beside', {
    says: 'A digest of an algorithm that is not accepted is ignored beside one that is.',
    bundle: digests({ md5: 'd41d8cd98f00b204e9800998ecf8427e', sha256: SHA256 }),
    about: FILE,
  }),
  refused('digest-md5-only', {
    says: 'The subject has only an MD5, which is right.',
    attacks: ['A-56'],
    codes: ['verify/subject-incomparable'],
    twin: 'digest-md5-beside',
    bundle: digests({ md5: digestOf(APP, 'md5') }),
    about: FILE,
  }),
  refused('digest-sha1-only', {
    says: 'The subject has only a SHA-1, which is right.',
    attacks: ['A-56'],
    codes: ['verify/subject-incomparable'],
    twin: 'digest-md5-beside',
    bundle: digests({ sha1: digestOf(APP, 'sha1') }),
    about: FILE,
  }),
  refused('digest-sha256-wrong-md5-right', {
    says: 'A right MD5 does not outweigh a wrong SHA-256.',
    attacks: ['A-56'],
    codes: ['verify/subject-missing'],
    twin: 'digest-md5-beside',
    bundle: digests({ md5: digestOf(APP, 'md5'), sha256: OTHER256 }),
    about: FILE,
  }),
  ...['SHA256', 'sha-256', 'RSA-SHA256', 'constructor', 'toString'].map((name) =>
    refused(`digest-named-${name.toLowerCase()}`, {
      says: `The digest is right, and its algorithm is spelt "${name}".`,
      attacks: ['A-57', 'A-92'],
      codes: ['verify/subject-incomparable'],
      twin: 'digest-md5-beside',
      bundle: digests({ [name]: SHA256 }),
      about: FILE,
    }),
  ),
  ...(
    [
      ['short', SHA256.slice(0, -2)],
      ['upper-case', SHA256.toUpperCase()],
      ['prefixed', `0x${SHA256}`],
      ['with-newline', `${SHA256}\n`],
      ['with-junk', `${SHA256}zz`],
      ['empty', ''],
    ] as const
  ).map(([name, sha256]) =>
    refused(`digest-${name}`, {
      says: 'The SHA-256 of the subject is not 64 lower-case hexadecimal digits.',
      attacks: ['A-56'],
      outcome: 'error',
      codes: ['statement/digest', 'verify/statement-malformed'],
      twin: 'digest-md5-beside',
      bundle: digests({ sha256 }),
      about: FILE,
    }),
  ),
  accepted('digest-both', {
    says: 'The subject has two digests of the artifact, and both are right.',
    bundle: digests({ sha256: SHA256, sha512: SHA512 }),
    about: FILE,
  }),
  refused('digest-contradiction', {
    says: 'One digest of the subject is right and one is wrong.',
    attacks: ['A-58'],
    codes: ['verify/subject-contradiction'],
    twin: 'digest-both',
    bundle: digests({ sha256: SHA256, sha512: OTHER512 }),
    about: FILE,
  }),
  refused('digest-contradiction-beside-match', {
    says: 'A contradiction is refused also where another subject matches.',
    attacks: ['A-58'],
    codes: ['verify/subject-contradiction'],
    twin: 'digest-both',
    bundle: digests({ sha256: SHA256 }, { sha256: OTHER256, sha512: SHA512 }),
    about: FILE,
  }),
  refused('digests-of-two-subjects', {
    says: 'Both digests of the artifact are there, each in the subject of another one.',
    attacks: ['A-59'],
    codes: ['verify/subject-contradiction'],
    twin: 'digest-both',
    bundle: digests({ sha256: SHA256, sha512: OTHER512 }, { sha256: OTHER256, sha512: SHA512 }),
    about: FILE,
  }),
]

const WITHOUT_DIGEST: readonly Case[] = (
  [
    ['none', { name: 'app.js' }, 'statement/digest'],
    ['empty', { name: 'app.js', digest: {} }, 'statement/digest'],
    ['null', null, 'statement/subjects'],
  ] as const
).map(([name, subject, code]) =>
  refused(`subject-digest-${name}`, {
    says: 'One of two subjects has no digest.',
    attacks: ['A-61'],
    outcome: 'error',
    codes: [code, 'verify/statement-malformed'],
    twin: 'artifact',
    bundle: signedBundle(
      statement({ subject: [{ name: 'app.js', digest: { sha256: SHA256 } }, subject] }),
    ),
    about: FILE,
  }),
)

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
  refused('type-unexpected', {
    says: 'A verification summary is asked for, and there is a provenance.',
    attacks: ['A-51'],
    outcome: 'missing',
    codes: ['verify/predicate-type'],
    twin: 'type-as-asked',
    options: ['--type', 'vsa'],
  }),
  refused('type-only-in-the-wrapper', {
    says: 'The payload type says provenance, and the payload is a test result.',
    attacks: ['A-53'],
    outcome: 'missing',
    codes: ['verify/predicate-type'],
    twin: 'media-type-with-predicate',
    bundle: signedBundle(
      statement({
        predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
        predicate: {
          result: 'PASSED',
          configuration: [{ name: 'smoke.yml', digest: { sha256: OTHER256 } }],
        },
      }),
      { payloadType: 'application/vnd.in-toto.provenance+json' },
    ),
    options: ['--type', 'provenance'],
  }),
  refused('type-in-upper-case', {
    says: 'A predicate type is compared as it is spelt.',
    attacks: ['A-51'],
    outcome: 'missing',
    codes: ['verify/predicate-type'],
    twin: 'type-as-asked',
    options: ['--type', 'https://slsa.dev/Provenance/v1'],
  }),
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

export const SUBJECTS: readonly Case[] = [...MATCHING, ...WITHOUT_DIGEST, ...SETS, ...KINDS]
