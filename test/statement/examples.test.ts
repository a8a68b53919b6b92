import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  type KnownPredicate,
  parsePredicate,
  parseStatement,
  predicateNameOf,
} from '../../src/statement/index.ts'

const FOLDER = join(import.meta.dirname, '../../fixtures/statements')

/** The known predicate of one file (fixtures/statements/README.md). */
function exampleOf(file: string): KnownPredicate {
  const statement = parseStatement(readFileSync(join(FOLDER, file)), { versions: ['v1', 'v0.1'] })
  if (!statement.ok) throw new Error(`Cannot read ${file}`)
  const known = parsePredicate(statement.value.predicateType, statement.value.predicate)
  if (!known.ok) throw new Error(JSON.stringify(known.problems))
  return known.value
}

describe('parsePredicate()', () => {
  it.each([
    ['provenance-of-a-workflow.json', 'provenance'],
    ['provenance-v0.2-of-a-build-script.json', 'provenance-v0.2'],
    ['vsa-passed.json', 'vsa'],
    ['svr-many-properties.json', 'svr'],
    ['svr-fresh-scan.json', 'svr'],
    ['svr-under-policy.json', 'svr'],
    ['test-result-passed.json', 'test-result'],
    ['release-with-package-id.json', 'release-v0.1'],
    ['release-of-two-files.json', 'release-v0.1'],
    ['release-of-an-image.json', 'release-v0.1'],
    ['cyclonedx-1.4.json', 'cyclonedx'],
  ])('reads %s, with the members of the example on its page', (file, name) => {
    expect(exampleOf(file).name).toBe(name)
  })

  it('refuses a type that it does not know, however much it looks like one', () => {
    for (const type of [
      'https://slsa.dev/provenance/v1.2',
      'https://slsa.dev/provenance/V1',
      'x',
    ]) {
      expect(parsePredicate(type, {})).toMatchObject({
        ok: false,
        problems: [{ code: 'statement/predicate-type' }],
      })
      expect(predicateNameOf(type)).toBeUndefined()
    }
  })

  it('takes the versions that tools append to the type of CycloneDX', () => {
    expect(predicateNameOf('https://cyclonedx.org/bom/v1.6')).toBe('cyclonedx')
    expect(predicateNameOf('https://cyclonedx.org/bom/v2')).toBeUndefined()
  })
})
