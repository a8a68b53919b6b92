// What a record came to, as an answer: the record, where it went, and what is computed of it there.

import {
  encodeBase64,
  encodeDocument,
  escapeText,
  type JsonObject,
  type JsonValue,
  type Outcome,
  parseJson,
} from '../../core/index.ts'
import { findFamily, type HeaderParts, type RecordSubject } from '../../record/index.ts'
import { documentOfVerdict, renderRecord, renderVerdict, wrapText } from '../../report/index.ts'
import type { Host } from '../../host/index.ts'
import { type Answer, refused } from '../answer.ts'
import type { Draft } from '../signing/signing.ts'
import type { Recording, RecordPlace, SignedRecord } from './recording.ts'
import type { JudgedRecord } from './judged-record.ts'
import { describeUse } from './release-use.ts'

/** What all answers say of a record. */
export interface RecordDescription {
  readonly family: string
  readonly about: RecordSubject
  readonly header: HeaderParts
  readonly notes: readonly string[]
}

function describe({ family, about, header }: RecordDescription): JsonObject {
  const { release, policy, evidence } = header
  return {
    schema: 'assay/record/v1',
    family,
    subject: about.kind === 'set' ? { ...about } : { ...about },
    ...(release !== undefined && { release: { ...release } }),
    ...(policy !== undefined && { policy }),
    ...(evidence !== undefined && { evidence }),
  }
}

/** With `--dry-run`: the statement, byte for byte what would be signed but for blanks. */
export function answerDraft(
  description: RecordDescription,
  { payload }: Draft,
  outcome: Outcome = 'accepted',
): Answer {
  const statement = parseJson(payload)
  if (!statement.ok) return refused(statement.problems)
  return {
    kind: 'finished',
    outcome,
    notes: [...description.notes.map(escapeText), 'Nothing was signed'],
    text: encodeDocument(statement.value),
    document: { ...describe(description), statement: statement.value },
  }
}

/** The trust document does not accept what was signed: nothing was recorded, and so it ends as any input that is of no use. */
export function answerRefused(
  host: Host,
  description: RecordDescription,
  { verdict, signed }: SignedRecord,
): Answer {
  return {
    kind: 'finished',
    outcome: 'error',
    notes: [
      ...description.notes.map(escapeText),
      ...describePublished(signed),
      'Nothing was recorded',
    ],
    text: renderVerdict(verdict, { columns: host.columns }),
    document: { ...describe(description), verdict: documentOfVerdict(verdict) },
  }
}

/** What can not be undone. */
function describePublished({ members }: SignedRecord['signed']): readonly string[] {
  const indexes = members['logIndexes']
  if (!Array.isArray(indexes) || indexes.length === 0) return []
  return [
    `It stays in the transparency log as entry ${indexes.join(', ')}: a log gives nothing back`,
  ]
}

/**
 * The record is where it should be.
 *
 * @param outcome of what was observed, where the command observed something
 */
export function answerRecorded(
  host: Host,
  description: RecordDescription,
  {
    recording,
    place,
    standing,
    outcome = 'accepted',
  }: {
    readonly recording: Recording
    readonly place: RecordPlace
    readonly standing?: JudgedRecord
    readonly outcome?: Outcome | undefined
  },
): Answer {
  const { signed, sha256, record } = recording
  const id = record?.kind === 'record' ? record.id : undefined
  return {
    kind: 'finished',
    // One rule for all families (docs/records.md): what was observed, then what is computed of the record.
    outcome: outcome === 'accepted' ? (standing?.outcome ?? outcome) : outcome,
    notes: [...description.notes.map(escapeText), ...signed.notes, ...describeUse(standing?.use)],
    text: [
      `${describeRecord(description)}\n`,
      `record ${sha256}${describePlace(place, recording)}, signed with ${signed.signer}\n`,
      ...describeJudged(host, recording, standing),
    ].join(''),
    document: {
      ...describe(description),
      ...(id !== undefined && { id }),
      ...signed.members,
      bundleSha256: sha256,
      ...documentOfPlace(place, recording),
      ...documentOfJudged(standing),
    },
  }
}

function describeRecord({ family, about, header }: RecordDescription): string {
  const { release } = header
  const what = about.kind === 'set' ? about.id : `commit ${about.commit}`
  return `${family} of ${what}${release === undefined ? '' : `, ${release.phase}`}`
}

function describePlace(place: RecordPlace, { appended }: Recording): string {
  if (place.kind === 'file') return ` in ${escapeText(place.path)}`
  const [entry] = appended?.records ?? []
  const again = entry?.isNew === false ? ' (there already)' : ''
  return ` as entry ${entry?.index} of ${escapeText(place.store.path)}${again}`
}

function documentOfPlace(place: RecordPlace, { appended }: Recording): JsonObject {
  if (place.kind === 'file') return { out: place.path }
  const [entry] = appended?.records ?? []
  if (appended === undefined || entry === undefined) return {}
  const { head } = appended
  return {
    ledger: place.store.path,
    index: entry.index,
    size: head.size,
    root: encodeBase64(head.root),
  }
}

const GENERATED =
  'generated: judged among all records of its release; in the ledger of a project it counts nowhere until an accepted adoption names it'

function describeJudged(
  { columns }: Host,
  { record, appended }: Recording,
  standing: JudgedRecord | undefined,
): readonly string[] {
  if (standing === undefined) return []
  const { view } = standing
  const adoption =
    standing.standing === 'generated' ? [`${wrapText(GENERATED, columns - 2).join('\n  ')}\n`] : []
  if (view === undefined || record?.kind !== 'record') return adoption
  const { family, evidence, reportedAt, signer, origin } = record
  const told = {
    ...{
      family,
      evidence,
      reportedAt,
      facts: view.facts,
      status: view.status,
      outcome: view.check.outcome,
    },
    signer: signer.principal,
    index: appended?.records[0]?.index,
    origin: findFamily(family)?.isAdoptable === true ? origin : undefined,
  }
  const lines = renderRecord(told, { columns }).map((line) => `${line}\n`)
  return [...adoption, ...lines, renderVerdict(view.check, { columns })]
}

function documentOfJudged(standing: JudgedRecord | undefined): JsonObject {
  if (standing === undefined) return {}
  const { view, scope, use } = standing
  return {
    standing: standing.standing,
    scope,
    ...(use !== undefined && { use: documentOfVerdict(use) }),
    ...(view !== undefined && {
      view: {
        status: view.status,
        facts: view.facts as unknown as JsonValue,
        check: documentOfVerdict(view.check),
      },
    }),
  }
}
