// The facts of a snapshot from the CycloneDX document that was made of it. Another tool's document is refused: it does not
// say what is compared.

import * as z from 'zod/mini'
import { isJsonObject, LIMITS, parseJson, type Result, accept, refuse } from '../../core/index.ts'
import type { Inventory } from '../difference/inventory.ts'
import { PIN_STATES } from '../pin-state.ts'
import type { SnapshotProblem } from '../problem.ts'
import { ALGORITHM_OF_HASH } from './component.ts'

const TEXT = z.string()
const PROPERTIES = z.array(z.looseObject({ name: TEXT, value: TEXT }))

const COMPONENT = z.looseObject({
  name: TEXT,
  version: z.exactOptional(TEXT),
  hashes: z.exactOptional(z.array(z.looseObject({ alg: TEXT, content: TEXT }))),
  properties: PROPERTIES,
  evidence: z.exactOptional(
    z.looseObject({ occurrences: z.array(z.looseObject({ location: TEXT })) }),
  ),
})

const BOM = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.looseObject({ component: z.looseObject({ properties: PROPERTIES }) }),
  components: z.array(COMPONENT),
})

type Component = z.infer<typeof COMPONENT>

/** Reads the document; `snapshot/document` for one that was not made from a snapshot. */
export function parseCycloneDx(bytes: Uint8Array): Result<Inventory, SnapshotProblem> {
  const json = parseJson(bytes, { bytesMax: LIMITS.inputBytesMax })
  if (!json.ok) return refuse({ ...json.problems[0], code: 'snapshot/document' })
  const parsed = BOM.safeParse(json.value)
  if (!parsed.success) return refused((parsed.error.issues[0]?.path ?? []).map(String).join('/'))
  const { components, metadata } = parsed.data
  const found: Facts = { dependencies: [], references: [], inputs: [], floating: [] }
  for (const [index, component] of components.entries()) {
    if (!readComponent(component, found)) return refused(`components/${index}`)
  }
  const commit = valueOf(metadata.component, 'commit')
  return accept({ ...(commit !== undefined && { commit }), ...found })
}

/** True for a CycloneDX document, whoever made it. */
export function isCycloneDx(bytes: Uint8Array): boolean {
  const json = parseJson(bytes, { bytesMax: LIMITS.inputBytesMax })
  return json.ok && isJsonObject(json.value) && json.value['bomFormat'] === 'CycloneDX'
}

type Facts = {
  readonly [Name in Exclude<keyof Inventory, 'commit'>]: Inventory[Name][number][]
}

function readComponent(component: Component, found: Facts): boolean {
  const { name, version = '', evidence } = component
  const place = evidence?.occurrences[0]?.location
  const kind = valueOf(component, 'kind')
  if (kind === undefined) return false
  if (kind === 'dependency') {
    const ecosystem = valueOf(component, 'ecosystem')
    if (place === undefined || ecosystem === undefined) return false
    const origin = valueOf(component, 'origin')
    found.dependencies.push({
      place,
      ecosystem,
      name,
      version,
      digests: [...hashesOf(component), ...valuesOf(component, 'digest')],
      ...(origin !== undefined && { origin }),
    })
    return true
  }
  const pin = PIN_STATES.find((state) => state === valueOf(component, 'pin'))
  if (pin === undefined) return false
  if (place !== undefined) {
    const digest = valuesOf(component, 'digest')
    const versions = [version, ...digest].filter((part) => part !== '').join(' ')
    const named = valueOf(component, 'computed') === 'true' ? '' : name
    found.references.push({ place, kind, name: named, version: versions, pin })
    return true
  }
  const sha256 = component.hashes?.find(({ alg }) => alg === 'SHA-256')?.content
  if (sha256 === undefined) return false
  found.inputs.push({ path: name, sha256, pin })
  for (const requirement of valuesOf(component, 'floating')) {
    found.floating.push({ place: name, requirement })
  }
  return true
}

function hashesOf({ hashes = [] }: Component): string[] {
  return hashes.map(({ alg, content }) => `${ALGORITHM_OF_HASH.get(alg) ?? alg}:${content}`)
}

function valuesOf({ properties }: Pick<Component, 'properties'>, name: string): string[] {
  return properties.filter((p) => p.name === `assay:${name}`).map(({ value }) => value)
}

function valueOf(component: Pick<Component, 'properties'>, name: string): string | undefined {
  return valuesOf(component, name)[0]
}

function refused(path: string): Result<never, SnapshotProblem> {
  return refuse({
    code: 'snapshot/document',
    message: 'Expected the CycloneDX document of a snapshot, found another one',
    at: `/${path}`,
  })
}
