// Manifests, snapshots, SBOMs and key sets, in words.

import {
  countOf,
  encodeUtf8,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  membersOf,
} from '../../core/index.ts'
import { type Artifact, digestSet } from '../../digest/index.ts'
import type { Snapshot } from '../../snapshot/index.ts'
import { parsePublicKey } from '../../trust/index.ts'
import { describeProblems } from './evidence-facts.ts'
import type { Fact, Inspection } from './inspection.ts'
import { describePublicKey } from './key-facts.ts'

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
          return { label: path, value: countOf(dependencies.length, 'dependency') }
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

/** A JWK set, by its keys. */
export function describeKeySet(keys: readonly JsonValue[]): Inspection {
  const facts = keys.map((key): Fact => {
    const read = parsePublicKey(encodeUtf8(JSON.stringify(key)))
    if (!read.ok)
      return { label: 'key', value: 'malformed', facts: describeProblems(read.problems) }
    const [type, ...others] = describePublicKey(read.value).facts
    return { label: 'key', value: type?.value ?? '', facts: others }
  })
  return {
    kind: 'set of public keys',
    facts: [{ label: 'keys', value: String(keys.length), ...(facts.length > 0 && { facts }) }],
  }
}

/** The services of a signing config (sigstore_trustroot.proto), in its own words. */
const SERVICES = [
  ['caUrls', 'certificate authority'],
  ['oidcUrls', 'identity provider'],
  ['rekorTlogUrls', 'log'],
  ['tsaUrls', 'timestamp authority'],
] as const

/** A signing config: which services sign and witness, and how they are chosen. */
export function describeSigningConfig(config: JsonObject): Inspection {
  return {
    kind: 'Sigstore signing config',
    facts: [
      { label: 'format', value: textOf(config['mediaType']) },
      ...SERVICES.flatMap(([member, label]) => describeServices(config[member], label)),
      ...describeSelector(config['rekorTlogConfig'], 'logs used'),
      ...describeSelector(config['tsaConfig'], 'timestamp authorities used'),
    ],
  }
}

function describeServices(services: JsonValue | undefined, label: string): readonly Fact[] {
  if (!Array.isArray(services)) return []
  return services.filter(isJsonObject).map((service) => {
    const validFor = membersOf(service['validFor'])
    const { start, end } = validFor
    return {
      label,
      value: textOf(service['url']),
      facts: [
        { label: 'version of its interface', value: textOf(service['majorApiVersion']) },
        { label: 'operator', value: textOf(service['operator']) },
        { label: 'valid from', value: textOf(start) },
        ...(end === undefined ? [] : [{ label: 'valid until', value: textOf(end) }]),
      ],
    }
  })
}

function describeSelector(selection: JsonValue | undefined, label: string): readonly Fact[] {
  if (!isJsonObject(selection)) return []
  const { selector, count } = selection
  const value = textOf(selector).toLowerCase()
  return [{ label, value: count === undefined ? value : `${value} ${textOf(count)}` }]
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : 'unknown'
}
