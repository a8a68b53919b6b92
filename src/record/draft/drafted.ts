// What is drafted never becomes a record: told by the type of a statement, and by the channel of the release that it names.

import { accept, quote, type Result, refuse } from '../../core/index.ts'
import { parseArtifactSetId, type Statement } from '../../statement/index.ts'
import { isDraftType } from '../../trust/index.ts'
import type { RecordProblem } from '../problem.ts'

/** The channel of releases that somebody tries things with: nothing about them is a record, whoever signs it. */
const DRAFT_CHANNEL = 'draft'

/** Whether a release is of the channel for drafts. */
export function isDraftRelease(artifactSetId: string): boolean {
  const id = parseArtifactSetId(artifactSetId)
  return id.ok && id.value.channel === DRAFT_CHANNEL
}

/** Refuses drafts, and everything about a release of their channel. */
export function judgeDrafted({
  predicateType,
  subjects,
}: Pick<Statement, 'predicateType' | 'subjects'>): Result<undefined, RecordProblem> {
  if (isDraftType(predicateType)) {
    return refuse({
      code: 'record/draft',
      message: `Expected a record or evidence, found a draft of the type ${quote(predicateType)}`,
      hint: 'Somebody with a role of production signs the record itself: assay record',
    })
  }
  const draft = subjects.map(({ name = '' }) => name).find(isDraftRelease)
  return draft === undefined ? accept(undefined) : refuseDraftRelease(draft)
}

/** The refusal of a release of the channel. */
export function refuseDraftRelease(artifactSetId: string): Result<never, RecordProblem> {
  return refuse({
    code: 'record/draft-channel',
    message: `Expected a release that is no draft, found ${quote(artifactSetId)} of the channel ${quote(DRAFT_CHANNEL)}`,
    hint: 'What is tried out there is recorded nowhere: make the release again in a channel of its own',
  })
}
