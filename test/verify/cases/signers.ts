// Signers: keys at the wrong time, keys of another name, keys that everybody has.

import { readFileSync } from 'node:fs'
import { trust, trustedKey } from '../release.ts'
import { accepted, type Case, refused } from './case.ts'

const MONTHS = { notBefore: '2026-03-01T00:00:00Z', notAfter: '2026-04-30T00:00:00Z' }
const withWindow = trust([trustedKey('release', MONTHS)])
const retired = trust([
  trustedKey('release', { revoked: { at: '2026-04-01T00:00:00Z', reason: 'retired' } }),
])
const compromised = trust([
  trustedKey('release', { revoked: { at: '2026-04-01T00:00:00Z', reason: 'compromised' } }),
])

const VALIDITY: readonly Case[] = [
  accepted('key-in-its-window', {
    says: 'The key has a window, and the time that is judged lies in it.',
    trust: withWindow,
  }),
  accepted('key-at-its-last-instant', {
    says: 'Both ends of a window belong to it.',
    attacks: ['A-27'],
    trust: withWindow,
    options: ['--at', '2026-04-30T00:00:00Z'],
  }),
  refused('key-expired', {
    says: 'One second later the window is over; that holds without any timestamp.',
    attacks: ['A-22'],
    codes: ['verify/key-expired'],
    twin: 'key-at-its-last-instant',
    trust: withWindow,
    options: ['--at', '2026-04-30T00:00:01Z'],
  }),
  refused('key-not-yet-valid', {
    says: 'The window has not begun.',
    attacks: ['A-22'],
    codes: ['verify/key-not-yet-valid'],
    twin: 'key-in-its-window',
    trust: withWindow,
    options: ['--at', '2026-02-28T23:59:59Z'],
  }),
  accepted('key-before-it-retired', {
    says: 'The key was retired later than the time that is judged.',
    trust: retired,
    options: ['--at', '2026-03-31T00:00:00Z'],
  }),
  refused('key-retired', {
    says: 'The key was retired before the time that is judged.',
    attacks: ['A-22', 'A-32'],
    codes: ['verify/key-retired'],
    twin: 'key-before-it-retired',
    trust: retired,
  }),
  refused('key-compromised', {
    says: 'The holder of a compromised key can backdate: without independent time no time that is asked for helps.',
    attacks: ['A-22', 'A-32'],
    codes: ['verify/key-compromised'],
    twin: 'key-before-it-retired',
    trust: compromised,
    options: ['--at', '2026-03-31T00:00:00Z'],
  }),
]

const CI_AND_OTHERS = trust([trustedKey('release'), trustedKey('other')])

const NAMES: readonly Case[] = [
  accepted('signer-as-asked', {
    says: 'The signer that was asked for signed.',
    trust: CI_AND_OTHERS,
    options: ['--signer', 'release'],
  }),
  refused('signer-unexpected', {
    says: 'A trusted key signed, and not the one that was asked for.',
    codes: ['verify/signer-unexpected'],
    twin: 'signer-as-asked',
    trust: CI_AND_OTHERS,
    options: ['--signer', 'other'],
  }),
  refused('signer-lookalike', {
    says: 'The name that was asked for has a Cyrillic letter in it.',
    attacks: ['A-101'],
    outcome: 'error',
    codes: ['verify/signer-unknown'],
    twin: 'signer-as-asked',
    trust: CI_AND_OTHERS,
    options: ['--signer', 'r\u0435lease'],
  }),
  refused('signer-inherited-name', {
    says: 'The name that was asked for is one that JavaScript objects inherit.',
    attacks: ['A-92'],
    outcome: 'error',
    codes: ['verify/signer-unknown'],
    twin: 'signer-as-asked',
    trust: CI_AND_OTHERS,
    options: ['--signer', 'constructor'],
  }),
]

// The example key is trusted beside the one that signed: a document with it trusts everybody.
const EXAMPLE_KEY = {
  name: 'unsafe-example-approver',
  publicKey: readFileSync(
    new URL('../../../keys.example/unsafe-example-approver.pub.pem', import.meta.url),
    'utf8',
  ).replace(/^[^-].*\n/, ''),
  roles: ['release'],
}

const EXAMPLES: readonly Case[] = [
  accepted('key-example-allowed', {
    says: 'The trust document has an example key, which is allowed and said.',
    trust: trust([trustedKey('release'), EXAMPLE_KEY]),
    options: ['--unsafe-example-keys'],
  }),
  refused('key-example', {
    says: 'The trust document has an example key, whose private half everybody has.',
    codes: ['verify/key-example'],
    twin: 'key-example-allowed',
    trust: trust([trustedKey('release'), EXAMPLE_KEY]),
  }),
]

export const SIGNERS: readonly Case[] = [...VALIDITY, ...NAMES, ...EXAMPLES]
