// A question that is no question, as callers without types ask it: an error, and neither a yes nor an exception.

import { describe, expect, it } from 'vitest'
import { failedChecks } from '../../src/core/index.ts'
import { isVerified, verifyBundle, verifyBundles } from '../../src/verify/index.ts'
import { digestOf, readTrust, RELEASE_FILES, signedBundle, statement } from './release.ts'
import { codesOf, NOW, readBundle, setOf } from './question.ts'

const BUNDLE = readBundle(signedBundle(statement()))
const ARTIFACT = { name: 'app.js', digest: { sha256: digestOf(RELEASE_FILES['app.js'] ?? '') } }
const ARTIFACTS = { kind: 'artifacts', artifacts: [ARTIFACT] } as const
const SUMMARY = { verifierId: 'urn:v', resourceUri: 'urn:r', verifiedLevels: ['urn:l'] }
const CONTENTS = { contents: [], set: setOf(RELEASE_FILES).set }

/** The verdict of a request whose members are as wrong as they like. */
function ask(members: object) {
  const good = {
    bundle: BUNDLE,
    trust: readTrust(),
    now: NOW,
    expectation: { artifacts: ARTIFACTS },
  }
  return verifyBundle({ ...good, ...members })
}

/** Of an expectation with these members. */
const expecting = (members: object) => ask({ expectation: { artifacts: ARTIFACTS, ...members } })

function foundIn({ verdict }: ReturnType<typeof ask>): readonly unknown[] {
  return failedChecks(verdict).map(({ outcome, code, found }) => [outcome, code, found])
}

const malformed = (found: string) => [['error', 'verify/question-malformed', found]]

describe('a time', () => {
  it.each([
    ['no number', Number.NaN, 'NaN'],
    ['without an end', Number.POSITIVE_INFINITY, 'Infinity'],
    ['in parts of a millisecond', NOW + 0.5, `${NOW}.5`],
    ['in seconds', NOW / 1000, String(NOW / 1000)],
    ['in microseconds', NOW * 1000, String(NOW * 1000)],
    ['before 2000', Date.UTC(2000, 0, 1) - 1, '946684799999'],
    ['after 9999', Date.UTC(10_000, 0, 1), '253402300800000'],
    ['as text', '2026-04-10T12:00:00Z', 'string'],
    ['as a date', new Date(NOW), 'object'],
    ['null', null, 'object'],
  ])('that is %s is none to judge as of', (_, time, found) => {
    const wrong = [['error', 'verify/time-malformed', found]]
    for (const name of ['now', 'at']) {
      const answer = ask({ [name]: time })
      expect(foundIn(answer)).toEqual(wrong)
      expect(isVerified(answer.verified)).toBe(false)
    }
    expect(foundIn(ask({ now: time, at: time }))).toEqual([...wrong, ...wrong])
  })

  it('is needed of the clock, and not as of which to judge', () => {
    expect(foundIn(ask({ now: undefined }))).toEqual([
      ['error', 'verify/time-malformed', 'undefined'],
    ])
    expect(foundIn(ask({ at: undefined }))).toEqual([])
  })

  it('is taken from the first to the last', () => {
    for (const at of [Date.UTC(2000, 0, 1), Date.UTC(9999, 11, 31, 23, 59, 59, 999)]) {
      expect(foundIn(ask({ at, now: at }))).toEqual([])
    }
  })
})

describe('a member of a question', () => {
  it.each<[object, string]>([
    [{ predicatetype: 'x' }, '"expectation.predicatetype"'],
    [{ Signer: 'nobody', x: 1 }, '"expectation.Signer", "expectation.x"'],
    [{ provenance: { sourceURI: 'x' } }, '"expectation.provenance.sourceURI"'],
    [{ provenance: null }, 'expectation.provenance, which is no object'],
    [{ provenance: { parameters: {} } }, 'expectation.provenance.parameters, which is no list'],
    [
      { provenance: { parameters: [{ name: 'a', Value: 'b' }] } },
      'no value in expectation.provenance.parameters[0], "expectation.provenance.parameters[0].Value"',
    ],
    [{ package: { Purl: 'x' } }, '"expectation.package.Purl"'],
    [{ package: 'x' }, 'expectation.package, which is no object'],
    [
      { summary: {} },
      'no verifierId in expectation.summary, no resourceUri in expectation.summary, no verifiedLevels in expectation.summary',
    ],
    [
      { summary: { ...SUMMARY, verifiedLevels: [] } },
      'no level in expectation.summary.verifiedLevels',
    ],
    [
      { summary: { ...SUMMARY, verifiedLevels: ['FAILED', 1, 'SLSA_BUILD_LEVEL_UNEVALUATED'] } },
      '"FAILED" in expectation.summary.verifiedLevels, "1" in expectation.summary.verifiedLevels, "SLSA_BUILD_LEVEL_UNEVALUATED" in expectation.summary.verifiedLevels',
    ],
    [{ summary: { ...SUMMARY, ageMsMax: '7d' } }, 'expectation.summary.ageMsMax, which is no age'],
    [{ summary: { ...SUMMARY, ageMsMax: -1 } }, 'expectation.summary.ageMsMax, which is no age'],
    [{ summary: null }, 'expectation.summary, which is no object'],
    [
      { summary: { ...SUMMARY, verifiedLevels: 'urn:l' } },
      'no level in expectation.summary.verifiedLevels',
    ],
    [{ summary: { ...SUMMARY, maxAge: 1 } }, '"expectation.summary.maxAge"'],
    [{ artifacts: undefined }, 'no artifacts in expectation'],
    [{ artifacts: null }, 'no kind in expectation.artifacts'],
    [{ artifacts: { kind: 'nothing' } }, 'no kind in expectation.artifacts'],
    [{ artifacts: { kind: 'toString' } }, 'no kind in expectation.artifacts'],
    [{ artifacts: { kind: 'set' } }, 'no set in expectation.artifacts'],
    [{ artifacts: { ...setOf(RELEASE_FILES), link: 'list' } }, '"expectation.artifacts.link"'],
    [
      { artifacts: { kind: 'artifacts', artifacts: 'a' } },
      'expectation.artifacts.artifacts, which is no list',
    ],
    [
      { artifacts: { kind: 'artifacts', artifacts: [{ name: 'a' }] } },
      'no digest in expectation.artifacts.artifacts[0]',
    ],
    [
      { artifacts: { kind: 'contents', archive: { ...ARTIFACT, Bytes: 1 }, ...CONTENTS } },
      '"expectation.artifacts.archive.Bytes"',
    ],
    [
      { unsafeUncertifiedProvenance: 'false' },
      '"expectation.unsafeUncertifiedProvenance", which is neither true nor false',
    ],
    [{ requireLog: 0 }, '"expectation.requireLog", which is neither true nor false'],
    [{ requireTimestamp: null }, '"expectation.requireTimestamp", which is neither true nor false'],
  ])('that is wrong is not passed over: %j', (members, found) => {
    expect(foundIn(expecting(members))).toEqual(malformed(found))
  })

  it('that is wrong beside the expectation is not, either', () => {
    expect(foundIn(ask({ expectation: null }))).toEqual(
      malformed('expectation, which is no object'),
    )
    expect(foundIn(ask({ unsafeExampleKeys: 'false' }))).toEqual(
      malformed('"unsafeExampleKeys", which is neither true nor false'),
    )
  })

  it('may be left out, or undefined', () => {
    const none = { signer: undefined, provenance: undefined, package: undefined }
    expect(foundIn(expecting({ ...none, requireLog: undefined }))).toEqual([])
    expect(foundIn(expecting({ requireLog: false, predicateType: undefined }))).toEqual([])
    expect(foundIn(ask({ unsafeExampleKeys: false }))).toEqual([])
  })
})

describe('a question about several bundles', () => {
  const bundles = [{ name: 'b', bundle: { ok: true, value: BUNDLE } }] as const

  it('is an error for each where it can not be asked', () => {
    const expectation = { artifacts: ARTIFACTS }
    const asked = { bundles, trust: readTrust(), now: NOW / 1000, expectation }
    const { verdict, bundles: each, notAsked } = verifyBundles(asked)
    expect([verdict.outcome, codesOf(verdict)]).toEqual(['error', ['verify/time-malformed']])
    expect(each.map(({ name, verified }) => [name, verified])).toEqual([['b', undefined]])
    expect(each.map((one) => codesOf(one.verdict))).toEqual([['verify/time-malformed']])
    expect(notAsked).toEqual([])
    expect(verifyBundles({ ...asked, now: NOW }).verdict.outcome).toBe('accepted')
  })
})
