import { Spec, Validation } from '@cyclonedx/cyclonedx-library'
import { describe, expect, it } from 'vitest'
import {
  buildInventory,
  encodeCycloneDx,
  encodeSnapshot,
  isCycloneDx,
  parseCycloneDx,
  parseSnapshot,
  type Snapshot,
} from '../../../src/snapshot/index.ts'
import { FILES, snapshotOf } from '../project.ts'

const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6)
const text = (snapshot: Snapshot) => Buffer.from(encodeCycloneDx(snapshot)).toString()

interface Bom {
  readonly serialNumber: string
  readonly components: readonly { readonly name: string; readonly [member: string]: unknown }[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
}

/** A lockfile whose digests are of things that are no archive. */
const GO = {
  'go.mod': 'module example.org/m\n\ngo 1.22\n\nrequire example.org/d v1.0.0\n',
  'go.sum':
    'example.org/d v1.0.0 h1:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\n' +
    'example.org/d v1.0.0/go.mod h1:AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=\n',
}

describe('encodeCycloneDx()', () => {
  it('validates against the official schema of CycloneDX 1.6, strictly', async () => {
    expect(await validator.validate(text(await snapshotOf(FILES)))).toBeNull()
    const absent = { state: 'absent', reason: 'x' } as const
    expect(await validator.validate(text(await snapshotOf(GO, absent)))).toBeNull()
    expect(await validator.validate(text(await snapshotOf({})))).toBeNull()
    // The validator does refuse.
    const wrong = text(await snapshotOf(FILES)).replace('"SHA-512"', '"SHA-1024"')
    expect(await validator.validate(wrong)).not.toBeNull()
  })

  it('writes the same bytes twice, and another serial number for another content', async () => {
    const first = text(await snapshotOf(FILES))
    expect(text(await snapshotOf(FILES))).toBe(first)
    const read = parseSnapshot(encodeSnapshot(await snapshotOf(FILES)))
    expect(read.ok && text(read.value)).toBe(first)
    const other = text(await snapshotOf({ ...FILES, 'scripts/release.sh': 'npx tool@1.0.1\n' }))
    const serial = (bom: string) => (JSON.parse(bom) as Bom).serialNumber
    expect(serial(first)).toMatch(
      /^urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    )
    expect(serial(other)).not.toBe(serial(first))
  })

  it('carries packages with hashes, scope, purl and place, and each lockfile’s digest', async () => {
    const snapshot = await snapshotOf(FILES)
    const { components, dependencies } = JSON.parse(text(snapshot)) as Bom
    const find = (name: string) => components.find((component) => component.name === name)
    expect(find('ms')).toEqual({
      type: 'library',
      'bom-ref': 'package-lock.json#node_modules/ms',
      name: 'ms',
      version: '2.1.3',
      scope: 'required',
      hashes: [{ alg: 'SHA-512', content: '01'.repeat(64) }],
      purl: 'pkg:npm/ms@2.1.3',
      properties: [
        { name: 'assay:kind', value: 'dependency' },
        { name: 'assay:ecosystem', value: 'npm' },
        { name: 'assay:relationship', value: 'direct' },
        { name: 'assay:source', value: 'registry' },
        { name: 'assay:origin', value: 'https://registry.example' },
      ],
      evidence: { occurrences: [{ location: 'package-lock.json', line: expect.any(Number) }] },
    })
    const lockfile = snapshot.inputs.find(({ path }) => path === 'package-lock.json')
    expect(find('package-lock.json')?.['hashes']).toEqual([
      { alg: 'SHA-256', content: lockfile?.sha256 },
    ])
    expect(dependencies.find(({ ref }) => ref.endsWith('@o/x'))?.dependsOn).toEqual([
      'package-lock.json#node_modules/ms',
    ])
  })

  it('presents no tree hash as the hash of an archive', async () => {
    const bom = text(await snapshotOf(GO))
    expect(bom).toContain(`"dirHash:${'01'.repeat(32)}`)
    const { components } = JSON.parse(bom) as Bom
    const module = components.find(({ name }) => name === 'example.org/d')
    expect(module).toBeDefined()
    expect(module).not.toHaveProperty('hashes')
  })
})

describe('parseCycloneDx()', () => {
  it('gives the facts of the snapshot that the document was made of', async () => {
    for (const files of [FILES, GO]) {
      const snapshot = await snapshotOf(files)
      const read = parseCycloneDx(encodeCycloneDx(snapshot))
      const sorted = (value: unknown) => JSON.stringify(value, sortArrays)
      expect(read.ok && sorted(read.value)).toBe(sorted(buildInventory(snapshot)))
    }
  })

  it.each([
    ['another tool’s document', '{"bomFormat":"CycloneDX","components":[{"name":"a"}]}'],
    ['a component without a kind', undefined],
    ['broken JSON', '{"bomFormat":'],
  ])('refuses %s', async (_, given) => {
    const own = text(await snapshotOf(FILES))
    const refused = given ?? own.replace('"assay:kind"', '"other:kind"')
    expect(parseCycloneDx(Buffer.from(refused))).toMatchObject({
      problems: [{ code: 'snapshot/document' }],
    })
    expect(parseCycloneDx(Buffer.from(own)).ok).toBe(true)
    expect(isCycloneDx(Buffer.from(own))).toBe(true)
    expect(isCycloneDx(encodeSnapshot(await snapshotOf(FILES)))).toBe(false)
  })
})

/** Members by name and lists in order of their text: the documents list the same facts in different orders. */
function sortArrays(_: string, value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.toSorted((a, b) =>
      JSON.stringify(a, sortArrays) < JSON.stringify(b, sortArrays) ? -1 : 1,
    )
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
