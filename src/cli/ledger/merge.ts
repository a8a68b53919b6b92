// `assay ledger merge`: two ledgers that grew apart become one again.

import { buildCommand } from '@stricli/core'
import {
  accept,
  type Check,
  countOf,
  encodeBase64,
  encodeUtf8,
  escapeText,
  quote,
} from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import { documentOfVerdict, renderVerdict } from '../../report/index.ts'
import { type Answer, misused, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT, parseText, SWITCH } from '../flags.ts'
import { readRequest } from './record-request.ts'
import { judgeHeadKeys } from './head-keys.ts'
import { LEDGER_FLAG, LOG_KEY_FLAG, readHeadExpectation } from './ledger-flags.ts'
import { type MergedLedger, mergeLedgers, type RefusedMerge } from './merge-plan.ts'

interface Flags {
  readonly ledger: string
  readonly logKey?: readonly string[]
  readonly origin?: string
  readonly driver?: string
  readonly trust?: string
  readonly unsafeUnverified?: boolean
  readonly format: Format
}

/** `assay ledger merge` */
export const command = buildCommand<Flags, string[], RunContext>({
  docs: {
    brief: 'Append what another ledger has and this one lacks',
    fullDescription: [
      'OTHER is the folder of another ledger. Without it, both sides of a conflict of git are merged, in a merge as in a rebase;',
      'then "git add --all" of the folder resolves it.',
      'The order of this ledger stays, unless the other alone has a signed head beyond what both have.',
      'Two artifact sets for one version are refused, as are two signed heads beyond what both have: that is a split view.',
      'Each record that comes in is verified under --trust as one that is appended, and nothing is merged where one is refused.',
      '',
      'As the merge driver of git it keeps our side of each file, takes nothing in, and says that the ledger has to be merged:',
      '  git config merge.assay-ledger.driver "assay ledger merge --driver %A %P"',
      '',
      'Example: assay ledger merge --trust trust.json && git add --all ledger',
    ].join('\n'),
  },
  parameters: {
    flags: {
      ledger: LEDGER_FLAG,
      logKey: LOG_KEY_FLAG,
      origin: {
        ...OPTIONAL_TEXT,
        placeholder: 'NAME',
        brief: 'Name of the ledger; else that of its key',
      },
      trust: {
        ...OPTIONAL_TEXT,
        placeholder: 'FILE',
        brief: 'Trust document, under which each record that comes in is verified',
      },
      unsafeUnverified: { ...SWITCH, brief: 'Take in what comes without verifying it' },
      driver: {
        ...OPTIONAL_TEXT,
        placeholder: 'FILE',
        brief:
          'As the merge driver of git: the file with our side, whose path stands in place of OTHER',
      },
      format: FORMAT_FLAG,
    },
    positional: {
      kind: 'array',
      maximum: 1,
      parameter: { brief: 'Folder of the other ledger', placeholder: 'other', parse: parseText },
    },
  },
  func: answering(async (host, flags: Flags, ...others: string[]) =>
    flags.driver === undefined
      ? merge(host, flags, others[0])
      : driveMerge(host, flags.driver, others[0] ?? ''),
  ),
})

async function merge(host: Host, flags: Flags, other: string | undefined): Promise<Answer> {
  const { ledger, logKey, origin, trust } = flags
  const isUnverified = flags.unsafeUnverified === true
  if (isUnverified === (trust !== undefined)) {
    const found = isUnverified ? 'both' : 'neither'
    return misused(`Expected --trust FILE or --unsafe-unverified, found ${found}`)
  }
  const expectation = await readHeadExpectation(host, {
    ...(logKey !== undefined && { logKey }),
    ...(origin !== undefined && { origin }),
  })
  if (!expectation.ok) return refused(expectation.problems)
  if (other === ledger) return misused(`Expected another ledger than ${quote(ledger)}`)
  const request = trust === undefined ? accept(undefined) : await readRequest(host, trust)
  if (!request.ok) return refused(request.problems)
  const sound = request.value && judgeHeadKeys(expectation.value, request.value.trust)
  if (sound?.ok === false) return refused(sound.problems)
  const merged = await mergeLedgers(host, {
    ledger,
    other,
    expectation: expectation.value,
    request: request.value,
  })
  if (!merged.ok) return refused(merged.problems)
  return merged.value.kind === 'merged'
    ? answerMerged(flags, other, merged.value)
    : answerRefused(host, flags, merged.value)
}

function answerMerged(
  { ledger, unsafeUnverified }: Flags,
  other: string | undefined,
  merged: MergedLedger,
): Answer {
  const { base, common, appended, head } = merged
  const kept = base === 'ours' ? 'the order of ours' : 'the order of theirs, which is signed'
  return {
    kind: 'finished',
    outcome: 'accepted',
    text: appended
      .map(({ sha256, release }, at) => {
        return `${head.size - appended.length + at} ${sha256} ${escapeText(release)}\n`
      })
      .join(''),
    document: {
      schema: 'assay/ledger-merge/v1',
      outcome: 'accepted',
      ledger,
      base,
      common,
      size: head.size,
      root: encodeBase64(head.root),
      appended: appended.map((entry) => ({ ...entry })),
    },
    notes: [
      ...(unsafeUnverified === true
        ? ['UNSAFE: no signature was verified of the records that came in']
        : []),
      `Both begin with ${countOf(common, 'entry')}; kept ${kept}, and appended ${countOf(appended.length, 'entry')}: ${countOf(head.size, 'entry')} now`,
      ...(other === undefined ? [`git add --all ${escapeText(ledger)} resolves the conflict`] : []),
    ],
  }
}

/** Of a split view both heads, for everybody who has the key: they can not both be true (CP-4). */
function answerRefused(host: Host, { ledger }: Flags, { check, heads }: RefusedMerge): Answer {
  return {
    kind: 'finished',
    outcome: check.outcome,
    text: `${renderVerdict(check, { columns: host.columns })}\n${heads.map(showNote).join('\n')}`,
    document: {
      schema: 'assay/ledger-merge/v1',
      outcome: check.outcome,
      ledger,
      verdict: documentOfVerdict(check),
      ...(heads.length > 0 && { heads: [...heads] }),
    },
    notes: [
      heads.length === 0
        ? 'Nothing was merged'
        : 'Nothing was merged. Keep both heads: whoever signed them showed two ledgers',
    ],
  }
}

function showNote(note: string): string {
  return note.split('\n').map(escapeText).join('\n')
}

/** Written in place of the unsigned head: nobody appends to a ledger that is in conflict. */
const IN_CONFLICT = 'Both branches appended: assay ledger merge\n'

/** Git asks about one file at a time, and a ledger is merged whole: our side stays, and the conflict with it. */
async function driveMerge(host: Host, file: string, path: string): Promise<Answer> {
  const check: Check = {
    name: 'ledger-merge',
    outcome: 'rejected',
    code: 'host/ledger-head',
    message: `${quote(path)} is of a ledger to which both branches appended`,
    hint: 'assay ledger merge, then git add --all of its folder',
  }
  const isHead = path === 'head' || path.endsWith('/head')
  if (isHead) {
    const written = await host.writeBytes(file, encodeUtf8(IN_CONFLICT))
    if (!written.ok) return refused(written.problems)
  }
  return {
    kind: 'finished',
    outcome: check.outcome,
    text: '',
    document: {
      schema: 'assay/ledger-merge/v1',
      outcome: check.outcome,
      verdict: documentOfVerdict(check),
    },
    // Of the files that are in conflict, one speaks for all.
    notes: isHead ? renderVerdict(check, { columns: host.columns }).trimEnd().split('\n') : [],
  }
}
