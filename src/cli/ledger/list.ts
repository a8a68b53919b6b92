// `assay ledger list`: the entries, in their order.

import { buildCommand } from '@stricli/core'
import { countOf, escapeText } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import { type LedgerEntry, readEntries } from '../../ledger/index.ts'
import { type Answer, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT } from '../flags.ts'
import { parseRecordType } from './record-type.ts'
import { LEDGER_FLAG } from './ledger-flags.ts'

interface Flags {
  readonly ledger: string
  readonly release?: string
  readonly type?: string
  readonly format: Format
}

/** `assay ledger list` */
export const command = buildCommand<Flags, [], RunContext>({
  docs: {
    brief: 'List the entries: place, digest, release and predicate type',
    fullDescription: [
      'Nothing is verified: assay ledger verify does that.',
      '',
      'Example: assay ledger list --release staging__web__v1.2.0__4711-1',
    ].join('\n'),
  },
  parameters: {
    flags: {
      ledger: LEDGER_FLAG,
      release: {
        ...OPTIONAL_TEXT,
        placeholder: 'ID',
        brief: 'Only entries of this release: a set id, or git:<commit>',
      },
      type: {
        kind: 'parsed',
        parse: parseRecordType,
        optional: true,
        placeholder: 'TYPE',
        brief: 'Only entries of this predicate type: a URI, a short name, or a family of records',
      },
      format: FORMAT_FLAG,
    },
  },
  func: answering(async (host, flags: Flags) => list(host, flags)),
})

async function list(host: Host, { ledger, release, type }: Flags): Promise<Answer> {
  const state = await (await host.openLedger(ledger)).read()
  if (!state.ok) return refused(state.problems)
  const found: (LedgerEntry & { readonly index: number })[] = []
  const read = await readEntries(state.value, 0, (entry, index) => {
    const isOfRelease = release === undefined || entry.release === release
    if (isOfRelease && (type === undefined || entry.predicateType === type)) {
      found.push({ index, ...entry })
    }
  })
  if (!read.ok) return refused(read.problems)
  const lines = found.map(
    ({ index, sha256, release, predicateType }) =>
      `${index} ${sha256} ${escapeText(release)} ${escapeText(predicateType)}\n`,
  )
  return {
    kind: 'finished',
    outcome: 'accepted',
    text: lines.join(''),
    document: {
      schema: 'assay/ledger-list/v1',
      verified: false,
      size: state.value.size,
      entries: found.map((entry) => ({ ...entry })),
    },
    notes: [`${found.length} of ${countOf(state.value.size, 'entry')}; nothing was verified`],
  }
}
