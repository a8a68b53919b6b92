// Builds the predicate of SLSA Provenance v1 (SLSA v1.2, build-provenance.md) from the run, the
// snapshot and the clock.

import { encodeTimestamp, type Instant, type JsonObject } from '../../core/index.ts'
import type { Snapshot, Source } from '../../snapshot/index.ts'
import type { ResourceDescriptor } from '../field-types.ts'
import type { Provenance } from '../predicates/provenance.ts'
import type { BuildRun } from './build-environment.ts'
import { BUILD_TYPES } from './build-types.ts'
import { describeCommit, describeInputs, describeSource, refOf } from './dependencies.ts'

/** Everything that a provenance is made from. */
export interface ProvenanceParts {
  readonly run: BuildRun
  /** Of the checkout that was built. */
  readonly source: Source
  readonly snapshot?: Pick<Snapshot, 'inputs'>
  /** Documents that were made from the snapshot, by digest: the SBOM, the snapshot itself. */
  readonly documents: readonly ResourceDescriptor[]
  readonly finishedAt: Instant
  /** Version of this program. */
  readonly assayVersion: string
}

/**
 * The predicate, its members in the order of the specification.
 *
 * The state of the work tree stands in `internalParameters.assay_source` (PROV-14: names with `_`
 * are extensions): `clean`, `dirty`, or `absent` where there was no checkout.
 */
export function buildProvenance(parts: ProvenanceParts): Provenance {
  const { run, source, snapshot, documents, finishedAt, assayVersion } = parts
  return {
    buildDefinition: {
      buildType: run.buildType,
      externalParameters: { ...run.externalParameters, ...describeLocal(run, source) },
      internalParameters: { ...run.internalParameters, assay_source: describeState(source) },
      resolvedDependencies: [
        ...describeSources(run, source),
        ...documents,
        ...describeInputs(snapshot?.inputs ?? []),
      ],
    },
    runDetails: {
      builder: { id: run.builderId, version: { assay: assayVersion } },
      metadata: {
        invocationId: run.invocationId,
        ...(run.startedOn !== undefined && { startedOn: run.startedOn }),
        finishedOn: encodeTimestamp(finishedAt),
      },
    },
  }
}

/** A local build has no service that says what it was asked to build: the checkout says it. */
function describeLocal(run: BuildRun, source: Source): JsonObject {
  if (run.buildType !== BUILD_TYPES.local || source.state === 'absent') return {}
  const { repository, folder } = source
  const ref = refOf(source)
  return {
    ...(repository !== undefined && { source: repository }),
    ...(ref !== undefined && { ref }),
    ...(folder !== '' && { folder }),
  }
}

function describeState(source: Source): JsonObject {
  if (source.state === 'absent') return { state: source.state, reason: source.reason }
  const { state, tree, changes, shallow } = source
  return { state, tree, changes: changes.length, shallow }
}

/** The commit that CI says it built, and the one that was found where it is another. */
function describeSources(run: BuildRun, source: Source): readonly ResourceDescriptor[] {
  const said =
    run.source && describeCommit(run.source.commit, run.source.repository, run.source.ref)
  const found =
    source.state === 'absent' || source.commit === run.source?.commit
      ? undefined
      : describeSource(source)
  return [said, found].filter((resource) => resource !== undefined)
}
