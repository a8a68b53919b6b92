// `assay ledger append`: records go in, each verified first.

import { buildCommand } from '@stricli/core'
import {
  accept,
  type Check,
  encodeBase64,
  escapeText,
  groupChecks,
  LIMITS,
  quote,
  type Result,
} from '../../core/index.ts'
import type { Appended, Host, NewRecord } from '../../host/index.ts'
import { verifyRecord } from '../../record/index.ts'
import { documentOfVerdict, renderVerdict } from '../../report/index.ts'
import { type Answer, misused, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { atPath, readInput } from '../file-input.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT, parseText, SWITCH, TEXT } from '../flags.ts'
import { LEDGER_FLAG } from './ledger-flags.ts'
import { entryOfRecord } from './record-entry.ts'
import { readRequest } from './record-request.ts'

interface Flags {
  readonly ledger: string
  readonly trust: string
  readonly release?: string
  readonly unsafeExampleKeys?: boolean
  readonly format: Format
}

/** `assay ledger append` */
export const command = buildCommand<Flags, string[], RunContext>({
  docs: {
    brief: 'Verify records, and append those that are not there yet',
    fullDescription: [
      'Each bundle is verified against the trust document first; where one is not accepted, nothing is appended.',
      'It is safe to run many at once, and to stop one at any time. The signed head stays as it is:',
      'assay ledger checkpoint signs it.',
      '',
      'Example: assay ledger append approval.sigstore.json --trust trust.json',
    ].join('\n'),
  },
  parameters: {
    flags: {
      ledger: LEDGER_FLAG,
      trust: { ...TEXT, placeholder: 'FILE', brief: 'Trust document; there is no default' },
      release: {
        ...OPTIONAL_TEXT,
        placeholder: 'SET_ID',
        brief: 'Release of evidence that names only files; others must name this one',
      },
      unsafeExampleKeys: {
        ...SWITCH,
        brief: 'Accept the published example keys, which prove nothing',
      },
      format: FORMAT_FLAG,
    },
    positional: {
      kind: 'array',
      minimum: 1,
      parameter: { brief: 'One Sigstore bundle', placeholder: 'bundle', parse: parseText },
    },
  },
  func: answering(async (host, flags: Flags, ...paths: string[]) => append(host, flags, paths)),
})

interface Candidate extends NewRecord {
  readonly verdict: Check
}

async function append(host: Host, flags: Flags, paths: readonly string[]): Promise<Answer> {
  const again = paths.find((path, at) => paths.indexOf(path) !== at)
  if (again !== undefined) return misused(`Expected each bundle once, found ${quote(again)} twice`)
  const candidates = await readCandidates(host, flags, paths)
  if (!candidates.ok) return refused(candidates.problems)
  const verdict = groupChecks(
    'ledger-append',
    'The records are judged before they are appended',
    candidates.value.map(({ verdict }) => verdict),
  )
  if (verdict.outcome !== 'accepted') return answerRefused(host, flags, verdict)
  const store = await host.openLedger(flags.ledger)
  const appended = await store.append(candidates.value)
  if (!appended.ok) return refused(appended.problems)
  return answerAppended(flags, appended.value)
}

async function readCandidates(
  host: Host,
  { trust, release, unsafeExampleKeys }: Flags,
  paths: readonly string[],
): Promise<Result<readonly Candidate[]>> {
  const request = await readRequest(host, trust, unsafeExampleKeys)
  if (!request.ok) return request
  const candidates: Candidate[] = []
  for (const path of paths) {
    const bytes = await readInput(host, path, { bytesMax: LIMITS.envelopeBytesMax })
    if (!bytes.ok) return bytes
    const { verdict } = verifyRecord(bytes.value, request.value)
    const named = { ...verdict, message: `${quote(path)}: ${verdict.message}` }
    const entry = entryOfRecord(bytes.value, release)
    // Of what is refused nobody asks which entry it would have had.
    if (!entry.ok && verdict.outcome === 'accepted') return atPath(entry, path)
    candidates.push({
      verdict: named,
      bytes: bytes.value,
      entry: entry.ok ? entry.value : NO_ENTRY,
    })
  }
  return accept(candidates)
}

/** Never appended: its record was refused. */
const NO_ENTRY = { sha256: '', predicateType: '', release: '' }

function answerRefused(host: Host, { ledger }: Flags, verdict: Check): Answer {
  return {
    kind: 'finished',
    outcome: verdict.outcome,
    text: renderVerdict(verdict, { columns: host.columns }),
    document: {
      schema: 'assay/ledger-append/v1',
      ledger,
      records: [],
      verdict: documentOfVerdict(verdict),
    },
    notes: ['Nothing was appended'],
  }
}

function answerAppended({ ledger }: Flags, { records, head }: Appended): Answer {
  const added = records.filter(({ isNew }) => isNew).length
  const lines = records.map(
    ({ entry, index, isNew }) =>
      `${index} ${entry.sha256} ${escapeText(entry.release)}${isNew ? '' : ' (there already)'}\n`,
  )
  return {
    kind: 'finished',
    outcome: 'accepted',
    text: lines.join(''),
    document: {
      schema: 'assay/ledger-append/v1',
      ledger,
      size: head.size,
      root: encodeBase64(head.root),
      records: records.map(({ entry, index, isNew }) => ({ index, isNew, ...entry })),
    },
    notes: [
      `Appended ${added} of ${records.length} to ${escapeText(ledger)}, which has ${head.size} now`,
    ],
  }
}
