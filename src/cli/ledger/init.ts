// `assay ledger init`: a ledger in which nothing is yet.

import { buildCommand } from '@stricli/core'
import { encodeBase64, escapeText } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import { type Answer, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format } from '../flags.ts'
import { LEDGER_FLAG } from './ledger-flags.ts'

interface Flags {
  readonly ledger: string
  readonly format: Format
}

/** `assay ledger init` */
export const command = buildCommand<Flags, [], RunContext>({
  docs: {
    brief: 'Make a ledger in a new or empty folder',
    fullDescription: 'Example: assay ledger init --ledger ledger && git add ledger',
  },
  parameters: { flags: { ledger: LEDGER_FLAG, format: FORMAT_FLAG } },
  func: answering(async (host, flags: Flags) => makeLedger(host, flags)),
})

async function makeLedger(host: Host, { ledger }: Flags): Promise<Answer> {
  const store = await host.openLedger(ledger)
  const head = await store.init()
  if (!head.ok) return refused(head.problems)
  const { size, root } = head.value
  return {
    kind: 'finished',
    outcome: 'accepted',
    text: `${size} ${encodeBase64(root)}\n`,
    document: { schema: 'assay/ledger-init/v1', ledger, size, root: encodeBase64(root) },
    notes: [`Made a ledger in ${escapeText(ledger)}`],
  }
}
