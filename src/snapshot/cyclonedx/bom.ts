// A snapshot as CycloneDX 1.6 JSON: sorted, without times, its serial number taken from its own content. Two runs over
// the same bytes write the same bytes.

import { compareCodePoints, encodeUtf8, type JsonObject } from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import type { Snapshot } from '../snapshot.ts'
import {
  dependencyComponent,
  dependencyReference,
  inputComponent,
  property,
  referenceComponent,
} from './component.ts'

/** The document's bytes: two spaces of indent, one newline at the end. */
export function encodeCycloneDx(snapshot: Snapshot): Uint8Array {
  const body = buildBody(snapshot)
  const serialNumber = uuidOf(digestBytes('sha256', encodeUtf8(JSON.stringify(body))))
  const bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${serialNumber}`,
    version: 1,
    ...body,
  }
  return encodeUtf8(`${JSON.stringify(bom, null, 2)}\n`)
}

const ROOT = 'project'

function buildBody(snapshot: Snapshot): JsonObject {
  const { inputs, lockfiles } = snapshot
  const byPath = new Map(lockfiles.map((lockfile) => [lockfile.path, lockfile]))
  const components = [
    ...inputs.map((input) => inputComponent(input, byPath.get(input.path))),
    ...inputs.flatMap((input) =>
      input.references.map((reference, index) => referenceComponent(input, reference, index)),
    ),
    ...lockfiles.flatMap(({ dependencies }) => dependencies.map(dependencyComponent)),
  ]
  return {
    metadata: {
      tools: { components: [{ type: 'application', name: 'assay' }] },
      component: rootComponent(snapshot),
      properties: [property('baseline', `sha256:${snapshot.baselineSha256}`)],
    },
    components: components.toSorted((a, b) => compareCodePoints(referenceOf(a), referenceOf(b))),
    dependencies: graphOf(snapshot),
  }
}

function rootComponent({ source }: Snapshot): JsonObject {
  if (source.state === 'absent') {
    return {
      type: 'application',
      'bom-ref': ROOT,
      name: 'project',
      properties: [property('source', 'absent')],
    }
  }
  const { repository, commit, tree, state } = source
  return {
    type: 'application',
    'bom-ref': ROOT,
    name:
      repository
        ?.replace(/\.git$/, '')
        .split('/')
        .at(-1) || 'project',
    version: commit,
    ...(repository !== undefined && { externalReferences: [{ type: 'vcs', url: repository }] }),
    properties: [
      property('source', state),
      property('commit', commit),
      property('tree', tree),
      ...(source.branch === undefined ? [] : [property('branch', source.branch)]),
      ...source.tags.map((tag) => property('tag', tag)),
      ...source.changes.map(({ path, change }) => property('changed', `${change} ${path}`)),
    ],
  }
}

/** The project needs its inputs; a lockfile needs what the project asks for; a package needs what it asks for. */
function graphOf({ inputs, lockfiles }: Snapshot): readonly JsonObject[] {
  const edges: { ref: string; dependsOn: readonly string[] }[] = [
    { ref: ROOT, dependsOn: inputs.map(({ path }) => `input:${path}`) },
  ]
  for (const { path, references } of inputs) {
    const named = references.map((_, index) => `input:${path}#${index}`)
    if (named.length > 0) edges.push({ ref: `input:${path}`, dependsOn: named })
  }
  for (const { path, dependencies } of lockfiles) {
    const direct = dependencies.filter(({ relationship }) => relationship === 'direct')
    edges.push({
      ref: `input:${path}`,
      dependsOn: direct.map(({ id }) => dependencyReference(path, id)),
    })
    for (const { id, dependsOn } of dependencies) {
      const needed = dependsOn.map((other) => dependencyReference(path, other))
      edges.push({ ref: dependencyReference(path, id), dependsOn: needed })
    }
  }
  return edges
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.toSorted(compareCodePoints) }))
    .toSorted((a, b) => compareCodePoints(a.ref, b.ref))
}

function referenceOf({ 'bom-ref': reference }: JsonObject): string {
  return typeof reference === 'string' ? reference : ''
}

/** RFC 9562, version 8: 122 bits of the digest, with the version and variant bits set. */
function uuidOf(sha256: string): string {
  const variant = ((Number.parseInt(sha256[16] ?? '0', 16) & 0x3) | 0x8).toString(16)
  const parts = [
    sha256.slice(0, 8),
    sha256.slice(8, 12),
    `8${sha256.slice(13, 16)}`,
    `${variant}${sha256.slice(17, 20)}`,
    sha256.slice(20, 32),
  ]
  return parts.join('-')
}
