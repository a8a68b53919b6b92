// `assay ledger show`: one entry, and what its record says, without believing it.

import { buildCommand } from '@stricli/core'
import { escapeText } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import {
  documentOfInspection,
  inspectBytes,
  renderInspection,
} from '../../report/inspection/index.ts'
import { loadCertificateReader } from '../../verify/index.ts'
import { type Answer, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format, parseText } from '../flags.ts'
import { findEntry } from './entry-search.ts'
import { LEDGER_FLAG } from './ledger-flags.ts'

interface Flags {
  readonly ledger: string
  readonly format: Format
}

/** `assay ledger show` */
export const command = buildCommand<Flags, [entry: string], RunContext>({
  docs: {
    brief: 'Show an entry and the statement of its record',
    fullDescription: [
      'The file of the record has the digest that the entry names; its signature is not verified.',
      '',
      'Example: assay ledger show 7',
    ].join('\n'),
  },
  parameters: {
    flags: { ledger: LEDGER_FLAG, format: FORMAT_FLAG },
    positional: {
      kind: 'tuple',
      parameters: [
        {
          brief: 'Its place from 0, or the digest of its record, or 8 digits of it',
          placeholder: 'entry',
          parse: parseText,
        },
      ],
    },
  },
  func: answering(async (host, flags: Flags, name: string) => show(host, flags, name)),
})

async function show(host: Host, { ledger }: Flags, name: string): Promise<Answer> {
  const store = await host.openLedger(ledger)
  const state = await store.read()
  if (!state.ok) return refused(state.problems)
  const found = await findEntry(state.value, name)
  if (!found.ok) return refused(found.problems)
  const { index, ...entry } = found.value
  const bytes = await store.readRecord(entry)
  if (!bytes.ok) return refused(bytes.problems)
  const inspection = inspectBytes(bytes.value, await loadCertificateReader())
  if (!inspection.ok) return refused(inspection.problems)
  const lines = [
    `entry ${index} of ${state.value.size}`,
    `sha256 ${entry.sha256}`,
    `release ${escapeText(entry.release)}`,
    `predicateType ${escapeText(entry.predicateType)}`,
  ]
  return {
    kind: 'finished',
    outcome: 'accepted',
    text: `${lines.join('\n')}\n\n${renderInspection(inspection.value, host.columns)}`,
    document: {
      schema: 'assay/ledger-entry/v1',
      verified: false,
      index,
      ...entry,
      record: documentOfInspection(inspection.value),
    },
  }
}
