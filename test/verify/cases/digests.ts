// Digests of subjects: of something else, in a form that could be read in two ways, or against each other.

import { digestOf, RELEASE_FILES, signedBundle, statement, subjectsOf } from '../release.ts'
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

/** A bundle about each file of the set, with a further digest of the one. */
const withFurther = (further: Record<string, string>) =>
  signedBundle(
    statement({
      subject: subjectsOf(RELEASE_FILES).map(({ name, digest }) => ({
        name,
        digest: { ...(digest as object), ...(name === 'app.js' && further) },
      })),
    }),
  )
const SHA384 = digestOf(APP, 'sha384')

const FURTHER: readonly Case[] = [
  accepted('set-digest-sha512-beside', {
    says: 'A file of the set has a second digest, which is right.',
    bundle: withFurther({ sha512: SHA512 }),
  }),
  refused('set-digest-sha512-contradiction', {
    says: 'A file of the set has a second digest, which is wrong.',
    attacks: ['A-58'],
    codes: ['digest/artifact-changed'],
    twin: 'set-digest-sha512-beside',
    bundle: withFurther({ sha512: OTHER512 }),
  }),
  accepted('digest-sha384-beside', {
    says: 'The file has a second digest, by SHA-384, which is right.',
    bundle: withFurther({ sha384: SHA384 }),
    about: FILE,
  }),
  ...(
    [
      ['contradiction', '0'.repeat(96)],
      ['beside', SHA384],
    ] as const
  ).map(([name, sha384]) =>
    refused(`set-digest-sha384-${name}`, {
      says: 'A file of the set has a digest by SHA-384, which is computed for single files only: it is not passed over.',
      attacks: ['A-58'],
      codes: ['verify/subject-incomparable'],
      twin: 'digest-sha384-beside',
      bundle: withFurther({ sha384 }),
    }),
  ),
  refused('digest-sha384-contradiction', {
    says: 'The file has a second digest, by SHA-384, which is wrong.',
    attacks: ['A-58'],
    codes: ['verify/subject-contradiction'],
    twin: 'digest-sha384-beside',
    bundle: withFurther({ sha384: '0'.repeat(96) }),
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

export const DIGESTS: readonly Case[] = [...MATCHING, ...FURTHER, ...WITHOUT_DIGEST]
