// What a statement says: the predicate of a file, or a provenance made from the snapshot and the run.

import { basename } from 'node:path'
import {
  accept,
  isJsonObject,
  type JsonObject,
  LIMITS,
  parseJson,
  type Problem,
  quote,
  type Result,
  refuse,
} from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import type { Host } from '../../host/index.ts'
import { encodeCycloneDx, parseSnapshot, type Snapshot, type Source } from '../../snapshot/index.ts'
import {
  type BuildEnvironment,
  buildProvenance,
  describeRun,
  PREDICATE_TYPES,
  type ResourceDescriptor,
} from '../../statement/index.ts'
import { readInput } from '../file-input.ts'
import { usage } from '../usage.ts'
import { VERSION } from '../version.ts'

/** What the options say about the predicate. */
export interface PredicateFlags {
  readonly predicate?: string
  readonly snapshot?: string
  readonly build: BuildEnvironment['kind'] | 'auto'
}

/** The predicate, and words about what it was made from. */
export interface PredicateInput {
  readonly predicate: JsonObject
  readonly notes: readonly string[]
}

/** Reads the predicate that `--predicate` names, or makes the provenance. */
export async function readPredicate(
  host: Host,
  predicateType: string,
  flags: PredicateFlags,
): Promise<Result<PredicateInput>> {
  const { predicate, snapshot } = flags
  if (predicate !== undefined) {
    return snapshot === undefined
      ? readPredicateFile(host, predicate)
      : usage('Expected --predicate or --snapshot, found both')
  }
  if (predicateType === PREDICATE_TYPES.provenance) return makeProvenance(host, flags)
  return usage('Expected --predicate FILE: only a provenance is made from what is here')
}

async function readPredicateFile(host: Host, path: string): Promise<Result<PredicateInput>> {
  const limit = { bytesMax: LIMITS.payloadBytesMax, pipes: true }
  const bytes = await readInput(host, path, limit)
  if (!bytes.ok) return bytes
  const json = parseJson(bytes.value)
  if (json.ok && isJsonObject(json.value)) return accept({ predicate: json.value, notes: [] })
  return refuse<Problem>({
    code: 'statement/json',
    message: `Expected a JSON object in ${quote(path)}`,
    ...(!json.ok && { because: json.problems }),
  })
}

async function makeProvenance(
  host: Host,
  { snapshot: path, build }: PredicateFlags,
): Promise<Result<PredicateInput>> {
  const run = describeRun(await host.readBuildEnvironment(build))
  if (!run.ok) return run
  const material = await readMaterial(host, path)
  if (!material.ok) return material
  const predicate = buildProvenance({
    run: run.value,
    ...material.value,
    finishedAt: host.now(),
    assayVersion: VERSION,
  })
  // Built of JSON members only; its type has no index signature.
  return accept({
    predicate: predicate as unknown as JsonObject,
    notes: describeSource(material.value.source),
  })
}

interface Material {
  readonly source: Source
  readonly snapshot?: Snapshot
  readonly documents: readonly ResourceDescriptor[]
}

/** The snapshot and the SBOM that it gives; without one, the checkout of the working folder alone. */
async function readMaterial(host: Host, path: string | undefined): Promise<Result<Material>> {
  if (path === undefined) {
    const source = await host.readSource('.')
    return source.ok ? accept({ source: source.value, documents: [] }) : source
  }
  const bytes = await host.readBytes(path, { bytesMax: LIMITS.inputBytesMax })
  if (!bytes.ok) return bytes
  const snapshot = parseSnapshot(bytes.value)
  if (!snapshot.ok) return snapshot
  const { source } = snapshot.value
  return accept({
    source,
    snapshot: snapshot.value,
    documents: [
      {
        name: basename(path),
        digest: { sha256: digestBytes('sha256', bytes.value) },
        mediaType: 'application/json',
      },
      {
        name: 'sbom.cdx.json',
        digest: { sha256: digestBytes('sha256', encodeCycloneDx(snapshot.value)) },
        mediaType: 'application/vnd.cyclonedx+json',
      },
    ],
  })
}

function describeSource(source: Source): readonly string[] {
  if (source.state === 'clean') return []
  if (source.state === 'absent') {
    return [`The source is recorded as absent: ${source.reason}. No production policy accepts that`]
  }
  const changes = source.changes.length + source.lfsPointers.length
  const found = changes === 1 ? '1 path is not' : `${changes} paths are not`
  return [
    `The work tree is recorded as dirty: ${found} as in the commit. No production policy accepts that`,
  ]
}
