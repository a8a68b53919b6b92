// What a reviewer must see before anything is signed: which records would come in, what each comes to, which they would replace, and
// what has moved since.

import { escapeText, type JsonObject } from '../../../core/index.ts'
import {
  type AdoptionCandidate,
  describeReview,
  findFamily,
  type LedgerItem,
  type PolicyMove,
  type ReviewSheet,
} from '../../../record/index.ts'
import type { ProjectRelease } from './project.ts'
import type { SourceInput } from './source-input.ts'

/** The sheet, and what the records come to in the run that made them. */
export interface Sheet extends ReviewSheet {
  /** By the SHA-256 of their bundles. */
  readonly statuses: ReadonlyMap<string, string>
  /** Records of the source that come in without an adoption: those of other families, and what builds and tools made. */
  readonly companions: readonly Companion[]
}

/** A record that needs no adoption. */
export interface Companion {
  readonly family: string
  readonly sha256: string
  readonly status?: string
}

/** Compares the candidate with the ledger, and judges its records as the ledger of their run does. */
export function describeSheet(
  candidate: AdoptionCandidate,
  source: SourceInput,
  project: ProjectRelease,
): Sheet {
  const items = itemsOfSource(source)
  const { records } = project.judge(items, 'run')
  const statuses = new Map(records.map(({ record, view }) => [record.sha256, view.status]))
  return {
    ...describeReview(candidate, source, project.context),
    statuses,
    companions: companionsOf(candidate, source).map(({ record }) => {
      const status = statuses.get(record.sha256)
      const family = record.kind === 'record' ? record.family : record.name
      return { family, sha256: record.sha256, ...(status !== undefined && { status }) }
    }),
  }
}

/** All that the source holds, at the places that it has there. */
function itemsOfSource({ files }: Pick<SourceInput, 'files'>): readonly LedgerItem[] {
  return files.map(({ record }, index) => ({ ...record, index }))
}

/** What comes in beside the records of the candidate: to leave out what speaks against a release would be a choice. */
export function companionsOf({ release, records }: AdoptionCandidate, { files }: SourceInput) {
  const adopted = new Set(records.map(({ sha256 }) => sha256))
  const about = [release.artifactSetId, `git:${release.sourceRevision}`]
  return files.filter(
    ({ record, entry }) =>
      about.includes(entry.release) && !adopted.has(record.sha256) && !isGenerated(record),
  )
}

function isGenerated(record: SourceInput['files'][number]['record']): boolean {
  return record.kind === 'record' && findFamily(record.family)?.isAdoptable === true
}

/** As a person reads it. */
export function renderSheet(sheet: Sheet): string {
  const lines = [
    `adoption of ${escapeText(sheet.artifactSetId)}, ${sheet.phase}`,
    `candidate sha256:${sheet.candidate}`,
    `source sha256:${sheet.sourcePack}`,
    `produced by ${sheet.producers.map(escapeText).join(', ') || 'nobody'}, ${sheet.origin}`,
    ...sheet.records.flatMap((record) => {
      const { change, family, sha256, id, replaced, signer = 'nobody' } = record
      const status = sheet.statuses.get(sha256) ?? 'not-there'
      const head = `${change.padEnd(8)} ${family} ${sha256} by ${escapeText(signer)}: ${status}`
      const more = replaced === undefined ? [] : [`         in the place of ${replaced}`]
      return [head, `         ${escapeText(id)}`, ...more]
    }),
    ...sheet.companions.map(
      ({ family, sha256, status }) =>
        `beside   ${family} ${sha256}${status === undefined ? '' : `: ${status}`}`,
    ),
    ...(sheet.missingFamilies.length === 0
      ? ['families that the policy adopts: all there']
      : [
          `families that the policy adopts and that are not there: ${sheet.missingFamilies.join(', ')}`,
        ]),
    ...(sheet.policyMoves.length === 0
      ? ['policies: as they were when the source was proposed']
      : sheet.policyMoves.map(describeMove)),
  ]
  return `${lines.join('\n')}\n`
}

function describeMove({ id, before = 'none', after = 'none' }: PolicyMove): string {
  return `policy moved: ${escapeText(id)}, from ${before} to ${after}`
}

/** For `--format json`. */
export function documentOfSheet(sheet: Sheet): JsonObject {
  const { statuses, companions, records, policyMoves, missingFamilies, producers, ...rest } = sheet
  return {
    ...rest,
    records: records.map((record) => ({
      ...record,
      ...(statuses.has(record.sha256) && { status: statuses.get(record.sha256) ?? '' }),
    })),
    companions: companions.map((companion) => ({ ...companion })),
    missingFamilies: [...missingFamilies],
    policyMoves: policyMoves.map((move) => ({ ...move })),
    producers: [...producers],
  }
}
