// `assay ledger verify`: nothing was changed, dropped, put in or cut off, as far as the heads that were signed can tell.

import { buildCommand } from '@stricli/core'
import { accept, type Check, encodeBase64, type Instant, type Result } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import type { HeadExpectation, TreeHead } from '../../ledger/index.ts'
import { documentOfVerdict, renderVerdict } from '../../report/index.ts'
import { type Answer, misused, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT } from '../flags.ts'
import { parseInstant } from '../trust/instant-flag.ts'
import { readTrust } from '../trust/trust-file.ts'
import { judgeHeadKeys } from './head-keys.ts'
import {
  JUDGED_HEAD_FLAGS,
  type JudgedHeadFlags,
  LEDGER_FLAG,
  readHeadExpectation,
  readKeptHead,
} from './ledger-flags.ts'
import { checkContents, checkHeads, type HeadQuestion, verdictOf } from './verification.ts'

interface Flags extends JudgedHeadFlags {
  readonly ledger: string
  readonly trust?: string
  readonly copy?: string
  readonly at?: Instant
  readonly format: Format
}

/** `assay ledger verify` */
export const command = buildCommand<Flags, [], RunContext>({
  docs: {
    brief: 'Check every hash, every record file, and the signed heads',
    fullDescription: [
      'A ledger by itself can not show that nothing was dropped from it: a head can, that its keys signed and that',
      'somebody kept elsewhere. --head takes such a head, and --copy an older copy, which names the first entry that differs.',
      'Signatures of the records are not verified: assay audit does that.',
      '',
      'Example: assay ledger verify --log-key ledger.vkey --head last-release.checkpoint --max-age 30d',
    ].join('\n'),
  },
  parameters: {
    flags: {
      ledger: LEDGER_FLAG,
      ...JUDGED_HEAD_FLAGS,
      trust: {
        ...OPTIONAL_TEXT,
        placeholder: 'FILE',
        brief: 'Trust document that has the keys of whoever drafts: none of them signs a head',
      },
      copy: {
        ...OPTIONAL_TEXT,
        placeholder: 'DIR',
        brief: 'An older copy of the ledger, to name the first entry that differs',
      },
      at: {
        kind: 'parsed',
        parse: parseInstant,
        optional: true,
        placeholder: 'TIME',
        brief: 'With --max-age: as of this time and not by the clock',
      },
      format: FORMAT_FLAG,
    },
  },
  func: answering(async (host, flags: Flags) => verify(host, flags)),
})

async function verify(host: Host, flags: Flags): Promise<Answer> {
  const expectation = await readHeadExpectation(host, flags)
  if (!expectation.ok) return refused(expectation.problems)
  const isUnsigned = flags.unsafeUnsigned === true
  if (isUnsigned === (expectation.value !== undefined)) {
    return misused(
      `Expected --log-key KEY or --unsafe-unsigned, found ${isUnsigned ? 'both' : 'neither'}`,
    )
  }
  const idle = (['head', 'copy', 'maxAge', 'trust'] as const).some(
    (name) => flags[name] !== undefined,
  )
  if (isUnsigned && idle) {
    return misused('Expected --log-key with --head, --copy, --max-age and --trust')
  }
  if (flags.at !== undefined && flags.maxAge === undefined) {
    return misused('Expected --max-age with --at')
  }
  const trust = flags.trust === undefined ? undefined : await readTrust(host, flags.trust)
  if (trust?.ok === false) return refused(trust.problems)
  const sound = trust && judgeHeadKeys(expectation.value, trust.value)
  if (sound?.ok === false) return refused(sound.problems)
  const store = await host.openLedger(flags.ledger)
  const records = await store.listRecords()
  const state = await store.readFiles()
  if (!state.ok) return refused(state.problems)
  const contents = await checkContents(host, { store, state: state.value, records })
  const checks = [...contents.checks]
  if (expectation.value !== undefined) {
    const question = await readQuestion(host, flags, expectation.value)
    if (!question.ok) return refused(question.problems)
    checks.push(...(await checkHeads(state.value, question.value)))
  }
  return answerOf(host, flags, verdictOf(flags.ledger, checks), contents.head)
}

async function readQuestion(
  host: Host,
  { head, copy, maxAge, at }: Flags,
  expectation: HeadExpectation,
): Promise<Result<HeadQuestion>> {
  const older = await readKeptHead(host, head, expectation)
  if (!older.ok) return older
  const known = copy === undefined ? undefined : await (await host.openLedger(copy)).readFiles()
  if (known?.ok === false) return known
  return accept({
    expectation,
    ...(older.value !== undefined && { older: older.value }),
    ...(known !== undefined && { copy: known.value }),
    ...(maxAge !== undefined && { age: { now: at ?? host.now(), maxAgeMs: maxAge } }),
  })
}

function answerOf(
  host: Host,
  { ledger, unsafeUnsigned }: Flags,
  verdict: Check,
  head: TreeHead | undefined,
): Answer {
  return {
    kind: 'finished',
    outcome: verdict.outcome,
    text: renderVerdict(verdict, { columns: host.columns }),
    document: {
      schema: 'assay/ledger-verification/v1',
      outcome: verdict.outcome,
      ledger,
      ...(head !== undefined && { size: head.size, root: encodeBase64(head.root) }),
      verdict: documentOfVerdict(verdict),
    },
    notes:
      unsafeUnsigned === true
        ? ['UNSAFE: no signed head was judged, so that entries may have been dropped unseen']
        : [],
  }
}
