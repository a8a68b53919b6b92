// The sheet of a reviewer, as text and as a document; and why there is none.

import { type Check, countOf, escapeText, type JsonObject } from '../../../core/index.ts'
import type { EarlierRefusal, PolicyMove } from '../../../record/index.ts'
import type { Host } from '../../../host/index.ts'
import { documentOfVerdict, renderVerdict } from '../../../report/index.ts'
import type { Answer } from '../../answer.ts'
import type { Standing } from './companions.ts'
import type { Sheet, SheetCompanion } from './sheet.ts'

/** As a person reads it. */
export function renderSheet(sheet: Sheet): string {
  const lines = [
    `adoption of ${escapeText(sheet.artifactSetId)}, ${sheet.phase}`,
    `candidate sha256:${sheet.candidate}`,
    `source sha256:${sheet.sourcePack}`,
    describeWhole(sheet),
    `produced by ${sheet.producers.map(escapeText).join(', ') || 'nobody'}, ${sheet.origin}`,
    `statuses are those that the project would show; the release would be ${sheet.outcome}`,
    ...sheet.records.flatMap((record) => {
      const { change, family, sha256, id, replaced, signer = 'nobody' } = record
      const standing = sheet.standings.get(sha256)
      const head = `${change.padEnd(8)} ${family} ${sha256} by ${escapeText(signer)}`
      const more = replaced === undefined ? [] : [`         in the place of ${replaced}`]
      return [
        `${head}: ${standing === undefined ? 'not-there' : describeStatus(standing)}`,
        `         ${escapeText(id)}`,
        ...more,
        ...describeReasons(standing),
      ]
    }),
    ...sheet.companions.flatMap(describeCompanion),
    ...sheet.refusals.map(describeRefusal),
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

function describeWhole({ runHead }: Sheet): string {
  if (runHead === undefined) {
    return 'whether the run is whole was NOT judged: no signed head of its ledger was asked for'
  }
  const { log, size, root } = runHead
  return `the run is whole: ${countOf(size, 'entry')} under the head that ${escapeText(log)} signed, root ${root}`
}

function describeStatus({ status, outcome }: Standing): string {
  return `${status}, ${outcome}`
}

function describeReasons(standing: Standing | undefined): readonly string[] {
  return (standing?.reasons ?? []).map((reason) => `         because ${escapeText(reason)}`)
}

function describeCompanion(companion: SheetCompanion): readonly string[] {
  const { family, sha256, counts, standing, replacedBy } = companion
  const head = `beside   ${family} ${sha256}`
  const place = replacedBy === undefined ? [] : [`         in its place: ${replacedBy}`]
  if (standing === undefined) return [head, ...place]
  const where = counts ? '' : ' in its run; it counts nowhere'
  return [`${head}: ${describeStatus(standing)}${where}`, ...place, ...describeReasons(standing)]
}

function describeRefusal({ reviewer, sha256, note }: EarlierRefusal): string {
  const why = note === undefined ? '' : `: ${escapeText(note)}`
  return `refused  by ${escapeText(reviewer)} before, in ${sha256}${why}; it stands until they accept these records`
}

function describeMove({ id, before = 'none', after = 'none' }: PolicyMove): string {
  return `policy moved: ${escapeText(id)}, from ${before} to ${after}`
}

/** For `--format json`. */
export function documentOfSheet(sheet: Sheet): JsonObject {
  const { standings, companions, records, refusals, policyMoves, ...parts } = sheet
  const { missingFamilies, producers, runHead, ...rest } = parts
  return {
    ...rest,
    ...(runHead !== undefined && { runHead: { ...runHead } }),
    records: records.map((record) => ({ ...record, ...documentOf(standings.get(record.sha256)) })),
    companions: companions.map(({ standing, ...companion }) => ({
      ...companion,
      ...documentOf(standing),
    })),
    refusals: refusals.map((refusal) => ({ ...refusal })),
    missingFamilies: [...missingFamilies],
    policyMoves: policyMoves.map((move) => ({ ...move })),
    producers: [...producers],
  }
}

function documentOf(standing: Standing | undefined): JsonObject {
  return standing === undefined ? {} : { ...standing, reasons: [...standing.reasons] }
}

/** Of a source that is not accepted nothing is proposed, and nothing is signed about it. */
export function answerSourceRefused(
  host: Host,
  name: 'adoption-proposal' | 'adoption-review',
  verdict: Check,
  note: string,
): Answer {
  return {
    kind: 'finished',
    outcome: verdict.outcome,
    text: renderVerdict(verdict, { columns: host.columns }),
    document: { schema: `assay/${name}/v1`, verdict: documentOfVerdict(verdict) },
    notes: [note],
  }
}
