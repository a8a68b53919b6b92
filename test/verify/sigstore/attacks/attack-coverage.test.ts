// Every attack on bundles and logs, on time, keys and roots, and on identities, and everything that the second verifier lets pass:
// the tables that try it, or the test that does, or why there is nothing yet that it could be tried on.

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readLiveTitlesOf } from '../../../live-titles.ts'
import { CASES } from '../../cases/index.ts'
import { FAMILIES } from './tables/families.ts'

const ROOT = resolve(import.meta.dirname, '../../../..')
const DOCUMENT = readFileSync(resolve(ROOT, 'docs/attacks.md'), 'utf8')

/** are of these three kinds; those after them are of statements, records and parsing. */
const LAST = 49
const IDS = [...DOCUMENT.matchAll(/^\| ((?:A|SJ)-(\d+)) \|/gm)]
  .filter(([, id = '', number]) => id.startsWith('SJ') || Number(number) <= LAST)
  .map(([, id = '']) => id)

const TRIED = new Set(FAMILIES.flatMap(({ attacks }) => attacks.flatMap(({ ids }) => ids)))

/** Met before a bundle is verified, or by several bundles together: by a test, whose title names the attack. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'A-25': 'host/root-update/update-attacks.test.ts',
  'A-26': 'host/root-update/update-attacks.test.ts',
  'A-29': 'cli/inspect.test.ts',
  'A-30': 'verify/signature.test.ts',
  'A-31': 'cli/trust-update.test.ts',
  'A-45': 'verify/sigstore/attacks/folder-files.test.ts',
  'A-47': 'verify/sigstore/attacks/evidence.property.test.ts',
  'A-48': 'snapshot/advisories/judgement.test.ts',
  'SJ-12': 'verify/sigstore/attacks/roots.test.ts',
}

/** Of what is not there. */
const NOT_HERE: Readonly<Record<string, string>> = {
  'A-44': 'No ledger remembers which policy was there before',
}

describe('attacks on keyless bundles', () => {
  it('each stand once in docs/attacks.md', () => {
    expect(IDS.filter((id, at) => IDS.indexOf(id) !== at)).toEqual([])
    const numbers = Array.from({ length: LAST }, (_, index) => index + 1)
    const expected = numbers.map((number) => `A-${String(number).padStart(2, '0')}`)
    expect(IDS.filter((id) => id.startsWith('A'))).toEqual(expected)
  })

  it('are each tried, or concern nothing that is here', () => {
    const known = new Set([...TRIED, ...Object.keys(ELSEWHERE), ...Object.keys(NOT_HERE)])
    expect(IDS.filter((id) => !known.has(id))).toEqual([])
    expect(Object.keys(NOT_HERE).filter((id) => TRIED.has(id) || id in ELSEWHERE)).toEqual([])
  })

  it('that the tables try stand in docs/attacks.md', () => {
    expect([...TRIED].filter((id) => !DOCUMENT.includes(`\n| ${id} |`))).toEqual([])
  })

  it.each(Object.entries(ELSEWHERE))('%s is met in test/%s', (id, file) => {
    expect(readLiveTitlesOf(id, file)).not.toEqual([])
  })

  it('that cases of local keys try as well are refused there', () => {
    const cases = CASES.filter(({ attacks }) => attacks.some((id) => IDS.includes(id)))
    expect(cases.length).toBeGreaterThan(10)
    for (const { name, outcome, twin } of cases) {
      expect(outcome === 'accepted' || twin !== undefined, name).toBe(true)
    }
  })
})
