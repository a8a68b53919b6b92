// What came of an adoption, as an answer.

import { type Check, countOf, encodeBase64, escapeText } from '../../../core/index.ts'
import type { Appended, Host } from '../../../host/index.ts'
import type { AdoptionCandidate, LedgerRecord, RunHead } from '../../../record/index.ts'
import { documentOfVerdict, renderVerdict } from '../../../report/index.ts'
import type { Answer } from '../../answer.ts'
import type { SignedDraft } from '../../signing/signing.ts'
import { describeUse } from '../release-use.ts'
import { notesOfSource } from './adoption-flags.ts'

/** Something does not hold: the ledger is as it was. */
export function answerNotApplied(
  host: Host,
  { release }: AdoptionCandidate,
  verdict: Check,
): Answer {
  return {
    kind: 'finished',
    outcome: verdict.outcome,
    text: renderVerdict(verdict, { columns: host.columns }),
    document: {
      schema: 'assay/adoption/v1',
      artifactSetId: release.artifactSetId,
      phase: release.phase,
      verdict: documentOfVerdict(verdict),
    },
    notes: ['Nothing was adopted, and nothing was appended'],
  }
}

/** An adoption that was applied. */
export interface Applied {
  readonly candidate: AdoptionCandidate
  readonly signed: SignedDraft
  readonly record: LedgerRecord
  readonly appended: Appended
  readonly runHead?: RunHead
  /** Why the release may not be used any more, where somebody said so: then what was adopted does not make it one to use. */
  readonly use?: Check
}

/** All of it is in the ledger. */
export function answerApplied(
  { ledger }: { readonly ledger: string },
  { candidate, signed, record, appended, use, ...source }: Applied,
): Answer {
  const { artifactSetId, phase } = candidate.release
  const { records, head } = appended
  const lines = records.map(
    ({ entry, index, isNew }) => `${index} ${entry.sha256}${isNew ? '' : ' (there already)'}\n`,
  )
  return {
    kind: 'finished',
    outcome: use?.outcome ?? 'accepted',
    text: [
      `adoption of ${escapeText(artifactSetId)}, ${phase}\n`,
      `adopted ${countOf(candidate.records.length, 'record')}, by ${escapeText(record.signer.principal)}\n`,
      ...lines,
    ].join(''),
    document: {
      schema: 'assay/adoption/v1',
      artifactSetId,
      phase,
      ledger,
      ...signed.members,
      bundleSha256: record.sha256,
      adopter: record.signer.principal,
      ...(use !== undefined && { use: documentOfVerdict(use) }),
      size: head.size,
      root: encodeBase64(head.root),
      records: records.map(({ entry, index, isNew }) => ({ index, isNew, ...entry })),
    },
    notes: [
      ...signed.notes,
      ...notesOfSource(source),
      ...describeUse(use),
      `Appended ${records.filter(({ isNew }) => isNew).length} of ${records.length} to ${escapeText(ledger)}, which has ${head.size} now`,
    ],
  }
}
