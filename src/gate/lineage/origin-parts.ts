// The first parts of a lineage: source, build, set, snapshot and SBOM, from accepted provenance and from the tracking record.

import { strict as assert } from 'node:assert'
import { isJsonObject, type JsonObject } from '../../core/index.ts'
import {
  type FoldedMaterial,
  judgeProvenance,
  predicateOf,
  type ReleaseView,
  type ViewedRecord,
} from '../../record/index.ts'
import type { ProvenanceClaims, TrustedSigner } from '../../verify/index.ts'
import type { ReleaseLineage } from './release-lineage.ts'
import { publicMembers, publicText, saidByMaterial, saidByRecord } from './said-by.ts'

type Origins = Pick<ReleaseLineage, 'set' | 'sources' | 'builds' | 'snapshot' | 'sboms'>

/** What the release was made from, and by what. */
export function originsOf(view: ReleaseView): Origins {
  const { evidence } = view.fold
  const { snapshot } = view.summary
  const { accepted } = judgeProvenance(evidence, { snapshot })
  const tracking = view.records.findLast(({ record }) => record.family === 'tracking')
  const set = setOf(view, accepted, tracking ?? view.records[0])
  const built = accepted.map(sourceOf)
  return {
    ...(set !== undefined && { set }),
    sources: built.length > 0 ? built : declaredSource(view),
    builds: accepted.map(buildOf),
    ...snapshotOf(view),
    sboms: evidence.materials
      .filter(({ name }) => name === 'cyclonedx')
      .map((material) => ({ saidBy: saidByMaterial(material) })),
  }
}

function setOf(
  { fold: { evidence } }: ReleaseView,
  accepted: readonly FoldedMaterial[],
  known: ViewedRecord | undefined,
): ReleaseLineage['set'] {
  const { digest } = evidence
  if (digest === undefined || known === undefined) return undefined
  // The set itself is one of the subjects; where it is the only one, it stands for too many artifacts to be named.
  const counts = accepted.map(({ subjects }) => subjects.filter((one) => one !== digest).length)
  const artifacts = Math.max(0, ...counts)
  return {
    sha256: digest,
    ...(artifacts > 0 && { artifacts }),
    saidBy: saidByRecord(known),
  }
}

/** Provenance is accepted from the commit of its release alone, which it has named. */
function sourceOf(material: FoldedMaterial): ReleaseLineage['sources'][number] {
  const { source, sourceTree } = claimsIn(material)
  assert(source?.commit !== undefined, 'accepted provenance names its commit')
  return {
    commit: source.commit,
    ...publicMembers({ repository: source.uri, ref: source.ref, tree: sourceTree }),
    saidBy: saidByMaterial(material),
  }
}

function claimsIn({ provenance }: FoldedMaterial): ProvenanceClaims {
  assert(provenance !== undefined, 'accepted provenance has claims')
  return provenance
}

/** The commit that the records of the release agree on: of which repository it is, none of them says. */
function declaredSource({ records }: ReleaseView): ReleaseLineage['sources'] {
  const first = records.find(({ record }) => record.release !== undefined)
  const commit = first?.record.release?.sourceRevision
  return first === undefined || commit === undefined
    ? []
    : [{ commit, saidBy: saidByRecord(first) }]
}

function buildOf(material: FoldedMaterial): ReleaseLineage['builds'][number] {
  const { builderId, buildType, workflow } = claimsIn(material)
  const { runInvocationUri, buildTrigger } = claimsOf(material.signer)
  const invocation = publicText(invocationOf(material))
  const isAddress = invocation?.startsWith('https://') === true
  return {
    ...publicMembers({
      ...{ builder: builderId, buildType, workflow },
      // The issuer of the certificate knows better than the builder.
      run: runInvocationUri ?? (isAddress ? invocation : undefined),
      invocation,
      trigger: buildTrigger,
    }),
    saidBy: saidByMaterial(material),
  }
}

function claimsOf(signer: TrustedSigner) {
  return signer.type === 'certificate' ? signer.identity.claims : {}
}

/** SLSA v1 has it under `runDetails`, v0.2 beside everything else. */
function invocationOf({ predicate = {} }: FoldedMaterial): string | undefined {
  const { runDetails, metadata } = predicate
  const inside = isJsonObject(runDetails) ? runDetails['metadata'] : metadata
  if (!isJsonObject(inside)) return undefined
  return textIn(inside, 'invocationId') ?? textIn(inside, 'buildInvocationId')
}

function textIn(members: JsonObject, name: string): string | undefined {
  const value = members[name]
  return typeof value === 'string' ? value : undefined
}

function snapshotOf({ records, summary }: ReleaseView): Pick<ReleaseLineage, 'snapshot'> {
  const { snapshot } = summary
  const named = records.findLast(
    ({ record }) =>
      record.family === 'tracking' &&
      snapshot !== undefined &&
      predicateOf(record)['snapshot'] === snapshot,
  )
  if (snapshot === undefined || named === undefined) return {}
  return { snapshot: { sha256: snapshot, saidBy: saidByRecord(named) } }
}
