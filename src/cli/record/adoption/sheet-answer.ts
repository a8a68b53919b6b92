// The sheet of a reviewer, as text and as a document; and why there is none.

import { type Check, countOf, escapeText, type JsonObject } from '../../../core/index.ts'
import type { EarlierRefusal, PolicyMove } from '../../../record/index.ts'
import type { Host } from '../../../host/index.ts'
import { documentOfVerdict, renderVerdict, wrapText } from '../../../report/index.ts'
import type { Answer } from '../../answer.ts'
import { describeUse } from '../release-use.ts'
import type { RecordStatus } from './companions.ts'
import type { Sheet, SheetAgainst, SheetCompanion } from './sheet.ts'

/** What a line is of, before its text. */
type Line = readonly [what: string, text: string]

const MARGIN = ' '.repeat(9)

/** As a person reads it, in so many columns. */
export function renderSheet(sheet: Sheet, columns: number): string {
  const lines = linesOf(sheet).flatMap(([what, text]) => {
    const margin = ' '.repeat(what.length + 2)
    const [first = '', ...others] = wrapText(text, columns - margin.length)
    return [what + first, ...others.map((line) => margin + line)]
  })
  return `${lines.join('\n')}\n`
}

function linesOf(sheet: Sheet): readonly Line[] {
  return [
    ['', `adoption of ${escapeText(sheet.artifactSetId)}, ${sheet.phase}`],
    ['candidate ', sheet.candidate],
    ['source ', sheet.sourcePack],
    ['', describeWhole(sheet)],
    ['', `produced by ${sheet.producers.map(escapeText).join(', ') || 'nobody'}, ${sheet.origin}`],
    ['', `statuses are those that the project would show; the release would be ${sheet.outcome}`],
    ...describeUse(sheet.use).map((words) => ['', words] as const),
    ...sheet.against.map(describeAgainst),
    ...sheet.records.flatMap((record) => describeRecord(record, sheet)),
    ...sheet.companions.flatMap(describeCompanion),
    ...sheet.refusals.map(describeRefusal),
    ['', describeFamilies(sheet)],
    ...(sheet.policyMoves.length === 0
      ? [['', 'policies: as they were when the source was proposed'] as const]
      : sheet.policyMoves.map(describeMove)),
  ]
}

function describeAgainst({ family, sha256, status }: SheetAgainst): Line {
  return ['', `against it in the project: ${family} ${sha256}, ${status}`]
}

function describeWhole({ runHead }: Sheet): string {
  if (runHead === undefined) {
    return 'whether the run is whole was NOT judged: no signed head of its ledger was asked for'
  }
  const { log, size, root } = runHead
  return `the run is whole: ${countOf(size, 'entry')} under the head that ${escapeText(log)} signed, root ${root}`
}

function describeRecord(
  { change, family, sha256, id, replaced, beside, signer = 'nobody' }: Sheet['records'][number],
  { statuses }: Sheet,
): readonly Line[] {
  const standing = statuses.get(sha256)
  const status = standing === undefined ? 'not-there' : describeStatus(standing)
  return [
    [change.padEnd(MARGIN.length), `${family}: ${status}, by ${escapeText(signer)}`],
    [MARGIN, sha256],
    [MARGIN, escapeText(id)],
    ...(replaced === undefined ? [] : [[MARGIN, `in the place of ${replaced}`] as const]),
    ...(beside === undefined
      ? []
      : [[MARGIN, `older than ${beside}, which counts as well`] as const]),
    ...describeReasons(standing),
  ]
}

function describeStatus({ status, outcome }: RecordStatus): string {
  return `${status}, ${outcome}`
}

function describeReasons(standing: RecordStatus | undefined): readonly Line[] {
  return (standing?.reasons ?? []).map((reason) => [MARGIN, `because ${escapeText(reason)}`])
}

function describeCompanion(companion: SheetCompanion): readonly Line[] {
  const { family, sha256, counts, standing, replacedBy } = companion
  const status = standing === undefined ? '' : `: ${describeStatus(standing)}`
  const where = counts || standing === undefined ? '' : ' in its run; it counts nowhere'
  return [
    ['beside'.padEnd(MARGIN.length), `${family}${status}${where}`],
    [MARGIN, sha256],
    ...(replacedBy === undefined ? [] : [[MARGIN, `replaced by ${replacedBy}`] as const]),
    ...describeReasons(standing),
  ]
}

function describeRefusal({ reviewer, sha256, note }: EarlierRefusal): Line {
  const why = note === undefined ? '' : `: ${escapeText(note)}`
  return [
    'refused'.padEnd(MARGIN.length),
    `by ${escapeText(reviewer)} before, in ${sha256}${why}; it stands until they accept these records`,
  ]
}

function describeFamilies({ missingFamilies }: Sheet): string {
  return missingFamilies.length === 0
    ? 'families that the policy adopts: all there'
    : `families that the policy adopts and that are not there: ${missingFamilies.join(', ')}`
}

function describeMove({ id, before = 'none', after = 'none' }: PolicyMove): Line {
  return ['', `policy moved: ${escapeText(id)}, from ${before} to ${after}`]
}

/** For `--format json`. */
export function documentOfSheet(sheet: Sheet): JsonObject {
  const { statuses, companions, records, refusals, policyMoves, use, against, ...parts } = sheet
  const { missingFamilies, producers, runHead, ...rest } = parts
  return {
    ...rest,
    ...(runHead !== undefined && { runHead: { ...runHead } }),
    ...(use !== undefined && { use: documentOfVerdict(use) }),
    ...(against.length > 0 && { against: against.map((one) => ({ ...one })) }),
    records: records.map((record) => ({ ...record, ...documentOf(statuses.get(record.sha256)) })),
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

function documentOf(standing: RecordStatus | undefined): JsonObject {
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
