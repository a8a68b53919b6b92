// Manifests, snapshots, SBOMs and key sets, in words.

import type { JsonObject, JsonValue } from '../../core/index.ts'
import { type Artifact, digestSet } from '../../digest/index.ts'
import type { Snapshot } from '../../snapshot/index.ts'
import type { Fact, Inspection } from './inspection.ts'

/** Artifacts that are listed; more are counted. */
const ARTIFACTS_SHOWN_MAX = 30

/** A manifest, with its first artifacts. */
export function describeManifest(artifacts: readonly Artifact[]): Inspection {
  const shown = artifacts.slice(0, ARTIFACTS_SHOWN_MAX).map(({ path, sha256 }): Fact => {
    return { label: 'artifact', value: `${path}, sha256:${sha256}` }
  })
  const more = artifacts.length - shown.length
  return {
    kind: 'manifest of an artifact set',
    facts: [
      { label: 'set digest', value: `sha256:${digestSet(artifacts)}` },
      {
        label: 'artifacts',
        value: String(artifacts.length),
        facts: more > 0 ? [...shown, { label: 'not shown', value: String(more) }] : shown,
      },
    ],
  }
}

/** A snapshot, by its source and counts. */
export function describeSnapshot({ source, inputs, lockfiles, entries }: Snapshot): Inspection {
  return {
    kind: 'snapshot',
    facts: [
      {
        label: 'source',
        value: source.state === 'absent' ? 'absent' : `${source.state}, ${source.commit}`,
      },
      { label: 'inputs', value: String(inputs.length) },
      {
        label: 'lockfiles',
        value: String(lockfiles.length),
        facts: lockfiles.map(({ path, dependencies }) => {
          return { label: path, value: `${dependencies.length} dependencies` }
        }),
      },
      { label: 'baseline entries', value: String(entries.length) },
    ],
  }
}

/** An SBOM, by its format and size. */
export function describeBom({ bomFormat, specVersion, components }: JsonObject): Inspection {
  return {
    kind: 'SBOM',
    facts: [
      { label: 'format', value: `${textOf(bomFormat)} ${textOf(specVersion)}` },
      { label: 'components', value: String(Array.isArray(components) ? components.length : 0) },
    ],
  }
}

/** A JWK set, by its size. */
export function describeKeySet({ keys }: JsonObject): Inspection {
  return {
    kind: 'set of public keys',
    facts: [{ label: 'keys', value: String(Array.isArray(keys) ? keys.length : 0) }],
  }
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : 'unknown'
}
