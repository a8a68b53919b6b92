// Roles: for which types and targets, by how many, and by others than whom.

import { testKey } from '../keys.ts'
import {
  messageBundle,
  RELEASE_FILES,
  signedBundle,
  statement,
  trust,
  trustedKey,
} from '../release.ts'
import { testResult } from './accepted.ts'
import { accepted, type Case, refused } from './case.ts'

const TESTER = {
  name: 'tester',
  predicateTypes: ['https://in-toto.io/attestation/test-result/v0.1'],
  threshold: 1,
}
const ROLLOUT = { name: 'rollout', targets: ['render_staging_rollout'], threshold: 1 }
const AT_STAGING = ['--target', 'render_staging_rollout']
const TWO = { name: 'approver', threshold: 2 }
const BUILDER = { name: 'builder', threshold: 1 }
const NO_BUILDER = { name: 'approver', threshold: 1, distinctFrom: ['builder'] }
const DISTINCT = { name: 'approver', threshold: 1, distinctFrom: ['release'] }

const approvedBy = (...names: readonly string[]) =>
  `${names.map((name) => JSON.stringify(signedBundle(statement(), { key: testKey(name) }))).join('\n')}\n`
const testedBy = (name: string, result: string) =>
  JSON.stringify(
    signedBundle(
      statement({
        predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
        predicate: { result, configuration: [] },
      }),
      { key: testKey(name) },
    ),
  )
const fileSignedBy = (...names: readonly string[]) =>
  `${names.map((name) => JSON.stringify(messageBundle(APP, testKey(name)))).join('\n')}\n`
const APP = RELEASE_FILES['app.js'] ?? ''
const fileLines = [
  'verify',
  'evidence.jsonl',
  '--artifact',
  '../release/set/app.js',
  '--trust',
  'trust.json',
]
const lines = ['verify', 'evidence.jsonl', '--set', '../release/set', '--trust', 'trust.json']

export const ROLES: readonly Case[] = [
  accepted('role-for-this-type', {
    says: 'The role of the signer may sign this predicate type.',
    trust: trust([trustedKey('release', { roles: ['tester'] })], [TESTER]),
    bundle: testResult(),
  }),
  refused('role-for-another-type', {
    says: 'A tester signs a provenance.',
    attacks: ['A-53'],
    codes: ['verify/role-missing'],
    twin: 'role-for-this-type',
    trust: trust([trustedKey('release', { roles: ['tester'] })], [TESTER]),
  }),
  accepted('role-for-this-target', {
    says: 'The role of the signer may sign for the target that the set id names, and the verifier expects that one.',
    options: AT_STAGING,
    trust: trust([trustedKey('release', { roles: ['rollout'] })], [ROLLOUT]),
  }),
  refused('role-for-another-target', {
    says: 'The role of the signer is for another target.',
    attacks: ['A-74'],
    codes: ['verify/role-missing'],
    twin: 'role-for-this-target',
    options: AT_STAGING,
    trust: trust(
      [trustedKey('release', { roles: ['rollout'] })],
      [{ ...ROLLOUT, targets: ['render_production_rollout'] }],
    ),
  }),
  refused('role-for-a-target-elsewhere', {
    says: 'A signer for staging only signs what lies in production, and writes the name of its own target into it.',
    attacks: ['A-53', 'A-74'],
    codes: ['verify/channel', 'verify/target'],
    twin: 'role-for-this-target',
    options: ['--target', 'render_production_rollout', '--channel', 'production'],
    trust: trust([trustedKey('release', { roles: ['rollout'] })], [ROLLOUT]),
  }),
  refused('role-for-a-target-unsaid', {
    says: 'A signer for staging only, and the verifier does not say for which target: the signer alone would choose it.',
    attacks: ['A-74'],
    outcome: 'missing',
    codes: ['verify/target'],
    twin: 'role-for-this-target',
    trust: trust([trustedKey('release', { roles: ['rollout'] })], [ROLLOUT]),
  }),
  accepted('role-for-every-target-too', {
    says: 'The signer has a second role, which is for every target: nothing has to be said.',
    trust: trust([trustedKey('release', { roles: ['release', 'rollout'] })], [ROLLOUT]),
  }),
  refused('role-without-target', {
    says: 'The statement names no target, and the role is for one only.',
    codes: ['verify/role-missing', 'verify/target'],
    twin: 'role-for-this-target',
    about: ['--artifact', '../release/set/app.js'],
    options: AT_STAGING,
    trust: trust([trustedKey('release', { roles: ['rollout'] })], [ROLLOUT]),
    bundle: signedBundle(statement({ subject: (statement()['subject'] as unknown[]).slice(1) })),
  }),
  accepted('target-and-channel', {
    says: 'The release is for the target and the channel that the verifier expects.',
    options: [...AT_STAGING, '--channel', 'staging'],
  }),
  refused('target-other', {
    says: 'The release is for another target.',
    attacks: ['A-74'],
    codes: ['verify/target'],
    twin: 'target-and-channel',
    options: ['--target', 'render_production_rollout', '--channel', 'staging'],
  }),
  refused('channel-other', {
    says: 'The release is for another channel.',
    attacks: ['A-74'],
    codes: ['verify/channel'],
    twin: 'target-and-channel',
    options: [...AT_STAGING, '--channel', 'production'],
  }),
  refused('target-of-bare-bytes', {
    says: 'The signature of bare bytes does not say for which target they are.',
    outcome: 'missing',
    codes: ['verify/target'],
    twin: 'target-and-channel',
    about: ['--artifact', '../release/set/app.js'],
    options: AT_STAGING,
    bundle: messageBundle(RELEASE_FILES['app.js'] ?? ''),
  }),
  accepted('role-met-by-two', {
    says: 'The role asks for two principals, and two have signed.',
    trust: trust(
      [trustedKey('ann', { roles: ['approver'] }), trustedKey('bob', { roles: ['approver'] })],
      [TWO],
    ),
    files: { 'evidence.jsonl': approvedBy('ann', 'bob') },
    args: lines,
  }),
  refused('role-of-two-who-disagree', {
    says: 'The role asks for two; one says that the tests passed, the other that they failed.',
    attacks: ['A-26'],
    outcome: 'missing',
    codes: ['verify/role-threshold'],
    twin: 'role-met-by-two',
    trust: trust(
      [trustedKey('ann', { roles: ['approver'] }), trustedKey('bob', { roles: ['approver'] })],
      [TWO],
    ),
    files: { 'evidence.jsonl': `${testedBy('ann', 'PASSED')}\n${testedBy('bob', 'FAILED')}\n` },
    args: lines,
  }),
  accepted('role-met-by-two-over-one-file', {
    says: 'Two principals signed the same bare file.',
    trust: trust(
      [trustedKey('ann', { roles: ['approver'] }), trustedKey('bob', { roles: ['approver'] })],
      [TWO],
    ),
    files: { 'evidence.jsonl': fileSignedBy('ann', 'bob') },
    args: fileLines,
  }),
  refused('role-not-met-over-one-file', {
    says: 'The role asks for two; one signed the bare file, twice.',
    attacks: ['A-26'],
    outcome: 'missing',
    codes: ['verify/role-threshold'],
    twin: 'role-met-by-two-over-one-file',
    trust: trust(
      [trustedKey('ann', { roles: ['approver'] }), trustedKey('bob', { roles: ['approver'] })],
      [TWO],
    ),
    files: { 'evidence.jsonl': fileSignedBy('ann', 'ann') },
    args: fileLines,
  }),
  refused('role-signed-twice-by-one', {
    says: 'The same bundle twice is one signer.',
    attacks: ['A-26', 'A-84'],
    outcome: 'missing',
    codes: ['verify/role-threshold'],
    twin: 'role-met-by-two',
    trust: trust(
      [trustedKey('ann', { roles: ['approver'] }), trustedKey('bob', { roles: ['approver'] })],
      [TWO],
    ),
    files: { 'evidence.jsonl': approvedBy('ann', 'ann') },
    args: lines,
  }),
  refused('role-two-keys-of-one', {
    says: 'Two keys of one principal are one signer.',
    attacks: ['A-26'],
    outcome: 'missing',
    codes: ['verify/role-threshold'],
    twin: 'role-met-by-two',
    trust: trust(
      [
        trustedKey('ann', { roles: ['approver'], principal: 'ann@example.org' }),
        trustedKey('ann-at-home', { roles: ['approver'], principal: 'ann@example.org' }),
      ],
      [TWO],
    ),
    files: { 'evidence.jsonl': approvedBy('ann', 'ann-at-home') },
    args: lines,
  }),
  accepted('role-distinct', {
    says: 'Who approved is another than who released.',
    trust: trust([trustedKey('release'), trustedKey('ann', { roles: ['approver'] })], [DISTINCT]),
    files: { 'evidence.jsonl': approvedBy('release', 'ann') },
    args: lines,
  }),
  refused('role-not-distinct', {
    says: 'Who released approved too, with another key.',
    attacks: ['A-49'],
    outcome: 'missing',
    codes: ['verify/role-threshold'],
    twin: 'role-distinct',
    trust: trust(
      [
        trustedKey('release', { principal: 'ann@example.org' }),
        trustedKey('ann', { roles: ['approver'], principal: 'ann@example.org' }),
      ],
      [DISTINCT],
    ),
    files: { 'evidence.jsonl': approvedBy('release', 'ann') },
    args: lines,
  }),
  accepted('role-distinct-alone', {
    says: 'Who approved holds no key that releases, as the trust document shows; nothing else has to.',
    trust: trust([trustedKey('release'), trustedKey('ann', { roles: ['approver'] })], [DISTINCT]),
    files: { 'evidence.jsonl': approvedBy('ann') },
    args: lines,
  }),
  refused('role-distinct-by-trust', {
    says: 'Who approved could have released with another key; that nothing here shows it does not help.',
    attacks: ['A-47', 'A-49'],
    outcome: 'missing',
    codes: ['verify/role-threshold'],
    twin: 'role-distinct-alone',
    trust: trust(
      [
        trustedKey('release', { principal: 'ann@example.org' }),
        trustedKey('ann', { roles: ['approver'], principal: 'ann@example.org' }),
      ],
      [DISTINCT],
    ),
    files: { 'evidence.jsonl': approvedBy('ann') },
    args: lines,
  }),
  refused('role-second-of-one-kept-apart', {
    says: 'Who approved could have built it; that they may release as well does not bring them back.',
    attacks: ['A-47', 'A-49'],
    outcome: 'missing',
    codes: ['verify/role-threshold'],
    twin: 'role-second',
    trust: trust(
      [
        trustedKey('ann', { roles: ['approver', 'release'], principal: 'ann@example.org' }),
        trustedKey('bob', { roles: ['builder'], principal: 'ann@example.org' }),
      ],
      [NO_BUILDER, BUILDER],
    ),
    files: { 'evidence.jsonl': approvedBy('ann') },
    args: lines,
  }),
  accepted('role-second', {
    says: 'Who approved may release as well, and has built nothing.',
    trust: trust(
      [
        trustedKey('ann', { roles: ['approver', 'release'], principal: 'ann@example.org' }),
        trustedKey('bob', { roles: ['builder'], principal: 'bob@example.org' }),
      ],
      [NO_BUILDER, BUILDER],
    ),
    files: { 'evidence.jsonl': approvedBy('ann') },
    args: lines,
  }),
]
