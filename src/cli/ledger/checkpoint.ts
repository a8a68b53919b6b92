// `assay ledger checkpoint`: the keys of the ledger sign its head, on top of the last one and of nothing else.

import { buildCommand } from '@stricli/core'
import {
  accept,
  type Check,
  countOf,
  encodeBase64,
  encodeTimestamp,
  encodeUtf8,
  escapeText,
  type Instant,
  quote,
  refuse,
  type Result,
} from '../../core/index.ts'
import type { Host, LedgerState, LedgerStore } from '../../host/index.ts'
import {
  type HeadExpectation,
  type HeadSigner,
  signCheckpoint,
  verifyCheckpoint,
} from '../../ledger/index.ts'
import { createLocalSigner } from '../../sign/index.ts'
import {
  buildNoteKey,
  encodeNoteKey,
  type NamedNoteKey,
  parseCheckpoint,
} from '../../trust/index.ts'
import { type Answer, misused, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT, TEXT } from '../flags.ts'
import { openPrivateKey } from '../key/key-input.ts'
import { PASSPHRASE_FILE_FLAG } from '../key/passphrase-input.ts'
import { documentOfVerdict, renderVerdict } from '../../report/index.ts'
import { judgePublishable } from '../signing/publishable.ts'
import { LEDGER_FLAG, LOG_KEY_FLAG, readHead, readNoteKeys } from './ledger-flags.ts'
import { checkContents, continues, verdictOf } from './verification.ts'

interface Flags {
  readonly ledger: string
  readonly key: readonly string[]
  readonly passphraseFile?: string
  readonly name?: string
  readonly logKey?: readonly string[]
  readonly head?: string
  readonly format: Format
}

/** `assay ledger checkpoint` */
export const command = buildCommand<Flags, [], RunContext>({
  docs: {
    brief: 'Sign the head of the ledger with its keys',
    fullDescription: [
      'Each key is an Ed25519 key and signs twice: the head, and the head with the time (cosignature/v1).',
      'The whole ledger is checked first. It must continue the head that is signed already: that one must be signed by one of',
      'the keys, or by one of --log-key; and the one of --head, which was kept elsewhere.',
      'Sign on one branch only: two heads that do not continue each other prove that two ledgers were shown.',
      'The keys that verify the head are printed: keep them where the ledger can not change them.',
      '',
      'Example: assay ledger checkpoint --key ledger.key.pem --name ledger.example/web',
    ].join('\n'),
  },
  parameters: {
    flags: {
      ledger: LEDGER_FLAG,
      key: {
        ...TEXT,
        variadic: true,
        placeholder: 'FILE',
        brief: 'Private Ed25519 key of the ledger',
      },
      passphraseFile: PASSPHRASE_FILE_FLAG,
      name: {
        ...OPTIONAL_TEXT,
        placeholder: 'NAME',
        brief: 'Name of the ledger, for its first head; then it stays',
      },
      logKey: LOG_KEY_FLAG,
      head: {
        ...OPTIONAL_TEXT,
        placeholder: 'FILE',
        brief: 'A checkpoint that was kept: the ledger must continue it',
      },
      format: FORMAT_FLAG,
    },
  },
  func: answering(async (host, flags: Flags) => sign(host, flags)),
})

interface Signed {
  readonly keys: readonly NamedNoteKey[]
  readonly origin: string
  readonly at: Instant
}

async function sign(host: Host, flags: Flags): Promise<Answer> {
  const signers = await openSigners(host, flags)
  if (!signers.ok) return refused(signers.problems)
  const store = await host.openLedger(flags.ledger)
  let verdict: Check | undefined
  let made: Signed | undefined
  const written = await store.writeCheckpoint(async (state) => {
    const origin = originOf(state, flags.name)
    if (!origin.ok) return origin
    const publishable = judgePublishable(origin.value)
    if (!publishable.ok) return publishable
    const named = signers.value.map((signer) => ({ ...signer, name: origin.value }))
    const keys = keysOf(named)
    if (!keys.ok) return keys
    const judged = await judge(host, {
      store,
      state,
      flags,
      keys: keys.value,
      origin: origin.value,
    })
    if (!judged.ok) return judged
    verdict = judged.value
    if (verdict.outcome !== 'accepted') return refuse(notSigned())
    made = { keys: keys.value, origin: origin.value, at: host.now() }
    return signCheckpoint({ origin: made.origin, ...state.head }, named, made.at)
  })
  if (written.ok && made !== undefined) return answerSigned(flags, written.value, made)
  if (verdict !== undefined && verdict.outcome !== 'accepted') {
    return answerRefused(host, flags, verdict)
  }
  return written.ok
    ? misused('Expected a head to be signed, found none')
    : refused(written.problems)
}

type Unnamed = Omit<HeadSigner, 'name'>

async function openSigners(
  host: Host,
  { key, passphraseFile }: Flags,
): Promise<Result<readonly Unnamed[]>> {
  const signers: Unnamed[] = []
  for (const path of key) {
    const opened = await openPrivateKey(host, path, passphraseFile)
    if (!opened.ok) return opened
    const { publicKey, sign } = createLocalSigner(opened.value.privateKey)
    signers.push({ publicKey, sign })
  }
  return accept(signers)
}

/** The name that the ledger has, or is given now. */
function originOf({ checkpoint }: LedgerState, name: string | undefined): Result<string> {
  if (checkpoint === undefined) {
    if (name !== undefined) return accept(name)
    return refuse({
      code: 'cli/usage',
      message: 'Expected --name NAME for the first head of a ledger, found none',
      hint: 'A name that no other ledger has: a host name of yours, and a path',
    })
  }
  const parsed = parseCheckpoint(Buffer.from(checkpoint).toString())
  if (!parsed.ok) {
    const message = 'Cannot read the head that is signed already'
    return refuse({ code: 'ledger/checkpoint-malformed', message, because: parsed.problems })
  }
  const { origin } = parsed.value
  if (name === undefined || name === origin) return accept(origin)
  return refuse({
    code: 'ledger/checkpoint-origin',
    message: `Expected the name ${quote(origin)}, which the ledger has, found ${quote(name)}`,
  })
}

function keysOf(signers: readonly HeadSigner[]): Result<readonly NamedNoteKey[]> {
  const keys: NamedNoteKey[] = []
  for (const { name, publicKey } of signers) {
    const key = buildNoteKey(name, 'signature', publicKey)
    if (!key.ok) return key
    keys.push(key.value)
  }
  return accept(keys)
}

interface Question {
  readonly store: LedgerStore
  readonly state: LedgerState
  readonly flags: Flags
  readonly keys: readonly NamedNoteKey[]
  readonly origin: string
}

/** All that has to hold before a head is signed. */
async function judge(host: Host, question: Question): Promise<Result<Check>> {
  const { store, state, flags, keys, origin } = question
  const earlier = await readNoteKeys(host, flags.logKey ?? [])
  if (!earlier.ok) return earlier
  const expectation: HeadExpectation = {
    origin,
    keys: [...keys, ...earlier.value],
    witnesses: [],
    quorum: 0,
  }
  const { checks } = await checkContents(host, {
    store,
    state,
    records: await store.listRecords(),
  })
  const heads = []
  if (state.checkpoint !== undefined) heads.push(verifyCheckpoint(state.checkpoint, expectation))
  if (flags.head !== undefined) {
    const given = await readHead(host, flags.head, expectation)
    if (!given.ok) return given
    heads.push(given.value)
  }
  const all = [...checks]
  for (const { check, head } of heads) {
    all.push(check)
    if (head !== undefined) all.push(await continues(state, head, {}))
  }
  return accept(verdictOf(flags.ledger, all))
}

function notSigned() {
  return { code: 'ledger/head-differs', message: 'The head was not signed' }
}

function answerRefused(host: Host, { ledger }: Flags, verdict: Check): Answer {
  return {
    kind: 'finished',
    outcome: verdict.outcome,
    text: renderVerdict(verdict, { columns: host.columns }),
    document: {
      schema: 'assay/ledger-checkpoint/v1',
      ledger,
      outcome: verdict.outcome,
      verdict: documentOfVerdict(verdict),
    },
    notes: ['The head was not signed'],
  }
}

function answerSigned(
  { ledger }: Flags,
  { size, head, checkpoint = new Uint8Array(0) }: LedgerState,
  { keys, origin, at }: Signed,
): Answer {
  const texts = keys.map(encodeNoteKey)
  return {
    kind: 'finished',
    outcome: 'accepted',
    text: encodeUtf8(`${texts.join('\n')}\n`),
    document: {
      schema: 'assay/ledger-checkpoint/v1',
      ledger,
      outcome: 'accepted',
      origin,
      size,
      root: encodeBase64(head.root),
      at: encodeTimestamp(Math.floor(at / 1000) * 1000),
      keys: texts,
      checkpoint: Buffer.from(checkpoint).toString(),
    },
    notes: [`Signed the head of ${escapeText(origin)} over ${countOf(size, 'entry')}`],
  }
}
