// `assay ledger prove`: a proof out of the ledger, and its check without the ledger.

import { buildCommand } from '@stricli/core'
import { encodeDocument, escapeText } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import { documentOfVerdict, renderVerdict } from '../../report/index.ts'
import { type Answer, misused, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { atPath, readInput } from '../file-input.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT, parseText } from '../flags.ts'
import { HEAD_FLAGS, type HeadFlags, LEDGER_FLAG, readHeadExpectation } from './ledger-flags.ts'
import { buildProof } from './proof.ts'
import { checkProof } from './proof/proof-check.ts'
import { documentOfProof, parseProof, PROOF_BYTES_MAX } from './proof/proof-document.ts'

interface Flags extends HeadFlags {
  readonly ledger: string
  readonly from?: string
  readonly out?: string
  readonly check?: string
  readonly record?: string
  readonly format: Format
}

const FILE = { ...OPTIONAL_TEXT, placeholder: 'FILE' } as const

/** `assay ledger prove` */
export const command = buildCommand<Flags, string[], RunContext>({
  docs: {
    brief: 'Prove that the signed head covers an entry, or continues an older head',
    fullDescription: [
      'A proof is a document that whoever has the key of the ledger checks without the ledger: --check FILE --log-key KEY.',
      'With --record, the entry that is proven must be of this record.',
      'Only what lies under the signed head can be proven: assay ledger checkpoint signs it.',
      '',
      'Example: assay ledger prove 7 --from last-release.checkpoint --out proof.json',
      '         assay ledger prove --check proof.json --record approval.sigstore.json --log-key ledger.vkey',
    ].join('\n'),
  },
  parameters: {
    flags: {
      ledger: LEDGER_FLAG,
      from: { ...FILE, brief: 'An older checkpoint, which the signed head continues' },
      out: { ...FILE, brief: 'Write the proof to this file' },
      check: { ...FILE, brief: 'Check this proof; no ledger is read' },
      record: { ...FILE, brief: 'With --check: the record that the proof is about' },
      ...HEAD_FLAGS,
      format: FORMAT_FLAG,
    },
    positional: {
      kind: 'array',
      maximum: 1,
      parameter: {
        brief: 'The entry: its place from 0, or the digest of its record, or 8 digits of it',
        placeholder: 'entry',
        parse: parseText,
      },
    },
  },
  func: answering(async (host, flags: Flags, ...names: string[]) =>
    flags.check === undefined
      ? prove(host, flags, names[0])
      : check(host, flags, flags.check, names),
  ),
})

const OF_CHECK = ['record', 'logKey', 'origin', 'witness', 'witnesses'] as const

async function prove(host: Host, flags: Flags, name: string | undefined): Promise<Answer> {
  if (OF_CHECK.some((flag) => flags[flag] !== undefined)) {
    return misused('Expected --check with --record, --log-key, --origin and --witness')
  }
  if (name === undefined && flags.from === undefined) {
    return misused('Expected an entry, or --from CHECKPOINT, found neither')
  }
  const store = await host.openLedger(flags.ledger)
  const state = await store.read()
  if (!state.ok) return refused(state.problems)
  const proof = await buildProof(host, state.value, { name, from: flags.from })
  if (!proof.ok) return refused(proof.problems)
  const document = documentOfProof(proof.value)
  const text = encodeDocument(document)
  if (flags.out !== undefined) {
    const written = await host.writeBytes(flags.out, Buffer.from(text))
    if (!written.ok) return refused(written.problems)
  }
  return {
    kind: 'finished',
    outcome: 'accepted',
    text: flags.out === undefined ? text : '',
    document,
    notes: flags.out === undefined ? [] : [`Wrote ${escapeText(flags.out)}`],
  }
}

async function check(
  host: Host,
  flags: Flags,
  path: string,
  names: readonly string[],
): Promise<Answer> {
  if (names.length > 0 || (flags.from ?? flags.out) !== undefined) {
    return misused('Expected no entry, no --from and no --out with --check')
  }
  const expectation = await readHeadExpectation(host, flags)
  if (!expectation.ok) return refused(expectation.problems)
  if (expectation.value === undefined) return misused('Expected --log-key KEY with --check')
  const bytes = await readInput(host, path, { bytesMax: PROOF_BYTES_MAX })
  if (!bytes.ok) return refused(bytes.problems)
  const proof = atPath(parseProof(bytes.value), path)
  if (!proof.ok) return refused(proof.problems)
  const verdict = await checkProof(host, proof.value, {
    expectation: expectation.value,
    ...(flags.record !== undefined && { record: flags.record }),
  })
  if (!verdict.ok) return refused(verdict.problems)
  return {
    kind: 'finished',
    outcome: verdict.value.outcome,
    text: renderVerdict(verdict.value, { columns: host.columns }),
    document: {
      schema: 'assay/ledger-proof-check/v1',
      outcome: verdict.value.outcome,
      verdict: documentOfVerdict(verdict.value),
    },
  }
}
