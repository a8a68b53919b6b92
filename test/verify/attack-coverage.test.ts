// Every attack on statements, on parsing, and on files, network and output: the cases that show that it fails, or the test that does
// where no bundle is verified, or why there is nothing yet that it could be tried on.

import { describe, expect, it } from 'vitest'
import { readLiveTitlesOf } from '../live-titles.ts'
import { CASES } from './cases/index.ts'

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `A-${from + index}`)

/** Statement, digest and subject; parsing and platform; archives, files, network and output. */
const ATTACKS = [...numbers(50, 70), ...numbers(90, 106), ...numbers(107, 127)]

/** A case that is accepted shows these: what they try changes nothing, neither the verdict nor the terminal nor the network. */
const HARMLESS = ['A-113', 'A-115', 'A-117']

/** Met before or without a verification; the title of each names its attack. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'A-65': 'verify/npm/attestations.test.ts',
  'A-99': 'host/artifact-set/exclusion.test.ts',
  'A-100': 'yaml/written-document.test.ts',
  'A-105': 'trust/public-key-refusal.test.ts',
  'A-106': 'verify/verify-bundle.test.ts',
  'A-114': 'host/network/request.test.ts',
  'A-119': 'cli/snapshot-secrets.test.ts',
  'A-120': 'cli/attest-sigstore.test.ts',
  'A-121': 'host/key-file.test.ts',
  'A-122': 'host/git-hostile.test.ts',
  'A-123': 'host/git-source.test.ts',
  'A-125': 'cli/doctor.test.ts',
}

/** Of no concern to local keys, files and parsing. */
const NOT_HERE: Readonly<Record<string, string>> = {
  'A-67': 'The age of a scan is for a policy to judge, and there is none yet',
  'A-116': 'Nothing is rendered as HTML, Markdown or CSV',
  'A-127': 'No identity document of a cloud is read',
}

const casesOf = (attack: string) => CASES.filter(({ attacks }) => attacks.includes(attack))
const shownByCases = ATTACKS.filter((attack) => casesOf(attack).length > 0)

describe('attacks', () => {
  it('are each met by a case or by a test, or concern nothing that is here', () => {
    const known = new Set([...shownByCases, ...Object.keys(ELSEWHERE), ...Object.keys(NOT_HERE)])
    expect(ATTACKS.filter((attack) => !known.has(attack))).toEqual([])
  })

  it.each(shownByCases)('%s: its cases are refused, and have accepted twins', (attack) => {
    const refused = casesOf(attack).filter(({ outcome }) => outcome !== 'accepted')
    expect(refused.length > 0).toBe(!HARMLESS.includes(attack))
    for (const { name, codes, twin } of refused) {
      expect(codes.length, name).toBeGreaterThan(0)
      expect(CASES.find((one) => one.name === twin)?.outcome, name).toBe('accepted')
    }
  })

  it.each(Object.entries(ELSEWHERE))('%s is met in test/%s', (attack, file) => {
    expect(readLiveTitlesOf(attack, file)).not.toEqual([])
  })

  it('that concern nothing here have no case that says otherwise', () => {
    expect(Object.keys(NOT_HERE).filter((attack) => shownByCases.includes(attack))).toEqual([])
    expect(Object.keys(NOT_HERE).filter((attack) => attack in ELSEWHERE)).toEqual([])
  })
})
