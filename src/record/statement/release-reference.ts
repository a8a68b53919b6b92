// The release that a record is about: the same object in every record of an artifact set, so that records of two releases never mix.

import * as z from 'zod/mini'
import { quote } from '../../core/index.ts'
import { parseArtifactSetId } from '../../statement/index.ts'
import { COMMIT, NAME, POLICY_ID, rule } from './member-schema.ts'
import { PHASES } from '../../policy/index.ts'
import type { RecordProblem } from '../problem.ts'

/** What repeats a part of the set id has to agree with it. */
function agreesWithSetId({
  artifactSetId,
  artifactVersion,
  releaseChannel,
  run,
}: {
  readonly artifactSetId: string
  readonly artifactVersion: string
  readonly releaseChannel: string
  readonly run: string
}): boolean {
  const id = parseArtifactSetId(artifactSetId)
  return (
    id.ok &&
    id.value.release === artifactVersion &&
    id.value.channel === releaseChannel &&
    id.value.run === run
  )
}

/** The object, in the order in which it is written. */
export const RELEASE_REFERENCE = z
  .strictObject({
    approvalRecord: POLICY_ID,
    gate: POLICY_ID,
    artifactVersion: z.string(),
    artifactSetId: z.string(),
    sourceRevision: COMMIT,
    deploymentStage: NAME,
    releaseChannel: z.string(),
    phase: z.enum(PHASES),
    run: z.string(),
  })
  .check(
    rule(
      agreesWithSetId,
      'the version, channel and run that the artifact set id holds',
      'record/release',
    ),
  )

/**
 * A release, in one of its phases.
 *
 * @example
 * { approvalRecord: 'release_approval.web.manual_staging', gate: 'gate.release_target.web', artifactVersion: 'v1.2.0',
 *   artifactSetId: 'staging__web__v1.2.0__4711-1', sourceRevision: 'c27d33…', deploymentStage: 'staging',
 *   releaseChannel: 'staging', phase: 'pre-deploy-candidate', run: '4711-1' }
 */
export type ReleaseReference = Readonly<z.infer<typeof RELEASE_REFERENCE>>

/** What all records of a set agree on; the phase is each record's own. */
const SHARED_MEMBERS = [
  'approvalRecord',
  'gate',
  'artifactVersion',
  'artifactSetId',
  'sourceRevision',
  'deploymentStage',
  'releaseChannel',
  'run',
] as const satisfies readonly (keyof ReleaseReference)[]

/** The members in which the two are of different releases. */
function differingMembers(
  a: ReleaseReference,
  b: ReleaseReference,
): readonly (typeof SHARED_MEMBERS)[number][] {
  return SHARED_MEMBERS.filter((member) => a[member] !== b[member])
}

/** `record/contradiction` for each member in which a record is of another release than those before it. */
export function describeMix(
  known: ReleaseReference,
  found: ReleaseReference,
): readonly RecordProblem[] {
  return differingMembers(known, found).map((member) => ({
    code: 'record/contradiction',
    message: `Expected ${quote(known[member])} as ${member}, as in the records before it, found ${quote(found[member])}`,
    at: `/release/${member}`,
  }))
}
