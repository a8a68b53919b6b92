// What every family has to have, whoever wrote it: an example, a page and a schema.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../.ci/checkout.ts'
import { listSchemas } from '../../.ci/build/schemas.ts'
import { isJsonObject, type JsonObject } from '../../src/core/index.ts'
import { ADOPTABLE_FAMILIES, RECORD_FAMILIES } from '../../src/policy/index.ts'
import { FAMILIES, familyOf, findFamily, HEADER_NAMES } from '../../src/record/index.ts'
import { goldenRecord } from './golden-record.ts'

/** As in-toto's pages of predicates have them. */
const HEADINGS = [
  'Purpose',
  'Use cases',
  'Prerequisites',
  'Model',
  'Schema',
  'Parsing rules',
  'Fields',
  'Example',
  'Changelog',
]

const SCHEMAS = new Map(listSchemas())
const CASES = FAMILIES.map((family) => [family.name, family] as const)

function pageOf(name: string): string {
  return readFileSync(join(ROOT, `docs/predicates/${name}.md`), 'utf8')
}

function predicateOf(text: string): JsonObject {
  const { predicate } = JSON.parse(text) as { readonly predicate: JsonObject }
  return predicate
}

it('The families are those that policies know, each once', () => {
  const names = FAMILIES.map(({ name }) => name)
  expect(names.toSorted()).toEqual(RECORD_FAMILIES.toSorted())
  const adoptable = FAMILIES.filter(({ isAdoptable }) => isAdoptable).map(({ name }) => name)
  expect(adoptable.toSorted()).toEqual(ADOPTABLE_FAMILIES.toSorted())
  for (const family of FAMILIES) expect(findFamily(family.name)).toBe(family)
})

describe.each(CASES)('The family %s', (name, family) => {
  it('has an example that it reads, and builds again byte for byte', () => {
    const { text, rebuilt, predicateType } = goldenRecord(family)
    expect(rebuilt).toBe(text)
    expect(predicateType).toBe(family.predicateType)
    expect(familyOf(predicateType, predicateOf(text))).toBe(family)
  })

  it('has a page under the headings of in-toto', () => {
    const page = pageOf(name)
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading)
    expect(headings).toEqual(HEADINGS)
    expect(page).toContain(family.predicateType)
  })

  it('has a page with that example', () => {
    const [, example = ''] = pageOf(name).split('\n## Example\n')
    expect(example).toContain(`\n\`\`\`json\n${goldenRecord(family).text}\`\`\`\n`)
  })

  it('has a page that explains each member of its schema', () => {
    const { properties } = schemaOf(name)
    const own = Object.keys(properties).filter((member) => !HEADER.has(member))
    const page = pageOf(name)
    expect(own.length).toBeGreaterThan(0)
    for (const member of own) expect(page).toContain(member)
  })

  it('has a schema that knows the members of the example, and asks for no other', () => {
    const { properties, required, additionalProperties } = schemaOf(name)
    const members = Object.keys(predicateOf(goldenRecord(family).text))
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(members))
    expect(members).toEqual(expect.arrayContaining([...required]))
    expect(additionalProperties).toBe(false)
  })
})

const HEADER = new Set(HEADER_NAMES.flatMap((member) => [member, `assay_${member}`]))

function schemaOf(name: string) {
  const schema = SCHEMAS.get(`record-${name}.json`) as JsonObject | undefined
  const { properties, required, additionalProperties } = schema ?? {}
  if (!isJsonObject(properties)) throw new Error(`Expected a schema of ${name}`)
  return {
    properties,
    required: required as readonly string[],
    additionalProperties,
  }
}
