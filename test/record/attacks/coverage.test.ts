// Every attack on records, ledger and releases: the tests that show that it fails, or why there is nothing that it could be tried on.

import { describe, expect, it } from 'vitest'
import { readLiveCode } from '../../live-titles.ts'
import { CASES } from '../../verify/cases/index.ts'

const ATTACKS = Array.from({ length: 19 }, (_, index) => `A-${71 + index}`)

/** By the tests whose titles name them. */
const MET: Readonly<Record<string, readonly string[]>> = {
  'A-71': ['record/attacks/old-release.test.ts'],
  'A-72': ['cli/ledger-verify.test.ts'],
  'A-73': ['cli/ledger-verify.test.ts'],
  'A-74': ['record/approval/decisions.test.ts', 'record/release/fold.test.ts'],
  'A-75': ['record/properties/release.property.test.ts'],
  'A-76': ['record/adoption/judge-adoption.test.ts', 'cli/adoption.test.ts'],
  'A-78': ['ledger/compare.test.ts', 'cli/ledger-verify.test.ts'],
  'A-79': ['ledger/compare.test.ts', 'cli/ledger-verify.test.ts'],
  'A-80': ['ledger/compare.test.ts', 'cli/ledger-verify.test.ts', 'cli/ledger-merge.test.ts'],
  'A-81': ['host/ledger/append.test.ts'],
  'A-82': ['record/families/deployment.test.ts', 'record/families/smoke.test.ts'],
  'A-83': ['record/attacks/removed-record.test.ts'],
  'A-84': ['record/release/repeats.test.ts', 'record/approval/decisions.test.ts'],
  'A-85': ['host/ledger/append.test.ts', 'cli/adoption.test.ts'],
  'A-86': ['record/families/smoke.test.ts', 'cli/adoption.test.ts'],
  'A-88': ['record/families/deployment.test.ts'],
}

/** By cases of the verification of bundles and sets; each has its accepted twin. */
const CASED = ['A-74', 'A-76', 'A-77', 'A-84', 'A-89']

/** Of no concern here. */
const NOT_HERE: Readonly<Record<string, string>> = {
  'A-87': 'No index of images is read; an archive of one is an artifact like any other',
}

/** Of the code of a test: it expects something, by itself or by a function that does. */
const EXPECTS = /\bexpect\w*\(|\bassert\(/
/** It expects a refusal by its code. */
const REFUSES = /'(?:cli|host|ledger|record)\/[a-z-]+'|\brecord\\\//
/** It expects that something is accepted, comes to its end, or has nothing against it. */
const ACCEPTS =
  /\((?:'accepted'|\[\]|\[0, \[\]\]|\{[^}]*(?:outcome: 'accepted'|exitCode: 0))|(?:\.done|expectValue)\(/

describe('attacks on records and releases', () => {
  it('are each met by a test or a case, or concern nothing that is here', () => {
    const known = new Set([...Object.keys(MET), ...CASED, ...Object.keys(NOT_HERE)])
    expect(ATTACKS.filter((attack) => !known.has(attack))).toEqual([])
    expect([...known].filter((attack) => !ATTACKS.includes(attack))).toEqual([])
  })

  it.each(Object.entries(MET))('%s is met in %s', (attack, files) => {
    for (const file of files) {
      const tried = readLiveCode(file, attack)
      expect(tried, file).not.toEqual([])
      for (const code of tried) expect(code, file).toMatch(EXPECTS)
      const all = readLiveCode(file)
      expect(
        all.filter((code) => REFUSES.test(code)),
        file,
      ).not.toEqual([])
      expect(
        all.filter((code) => ACCEPTS.test(code)),
        file,
      ).not.toEqual([])
    }
  })

  it.each(CASED)('%s is met by cases that are refused, with accepted twins', (attack) => {
    const cases = CASES.filter(({ attacks }) => attacks.includes(attack))
    const refused = cases.filter(({ outcome }) => outcome !== 'accepted')
    expect(cases.length).toBeGreaterThan(0)
    for (const { name, codes, twin } of refused) {
      expect(codes.length, name).toBeGreaterThan(0)
      expect(CASES.find((one) => one.name === twin)?.outcome, name).toBe('accepted')
    }
  })
})
