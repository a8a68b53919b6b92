// What whoever drafts signs: verified as theirs before it is written, and to a file alone.

import {
  accept,
  type Check,
  escapeText,
  type JsonObject,
  type Result,
  refuse,
} from '../../core/index.ts'
import { parseBundle } from '../../bundle/index.ts'
import { digestBytes } from '../../digest/index.ts'
import type { Host } from '../../host/index.ts'
import { judgeDrafter } from '../../record/index.ts'
import { encodeStatement, type Statement } from '../../statement/index.ts'
import { verifyStated } from '../../verify/index.ts'
import type { Answer } from '../answer.ts'
import { type Format, FORMAT_FLAG, SWITCH, TEXT } from '../flags.ts'
import type { RecordRequest } from '../record/ledger-input.ts'
import type { CliProblem } from '../problem.ts'
import { problemsOf } from '../signing/own-verification.ts'
import { signDraft } from '../signing/signing.ts'
import { SIGNING_FLAGS, type SigningFlags } from '../signing/signing-flags.ts'

/** Options of whoever signs a draft. */
export interface DraftingFlags extends SigningFlags {
  readonly trust: string
  readonly out: string
  readonly unsafeExampleKeys?: boolean
  readonly format: Format
}

/** The options, for the framework. */
export const DRAFTING_FLAGS = {
  trust: {
    ...TEXT,
    placeholder: 'FILE',
    brief: 'Trust document that has the signer in a role of drafts; there is no default',
  },
  out: { ...TEXT, placeholder: 'FILE', brief: 'Write the bundle there: no ledger takes it' },
  unsafeExampleKeys: { ...SWITCH, brief: 'Accept the published example keys, which prove nothing' },
  ...SIGNING_FLAGS,
  format: FORMAT_FLAG,
} as const

/** What was signed. */
export interface Drafted {
  readonly sha256: string
  readonly signer: string
  readonly notes: readonly string[]
  readonly members: JsonObject
}

/** Signs the statement, if the signer drafts, and writes the bundle. */
export async function signDrafted(
  host: Host,
  flags: DraftingFlags,
  { statement, request }: { readonly statement: Statement; readonly request: RecordRequest },
): Promise<Result<Drafted>> {
  const payload = encodeStatement(statement)
  const judgePlace = () => host.judgeOutput(flags.out)
  const judgeUnpublished = (bytes: Uint8Array) => judgeSigned(bytes, request)
  const placed = { statement, payload, judgePlace, judgeUnpublished }
  const signed = await signDraft(host, flags, placed)
  if (!signed.ok) return signed
  const { bytes, signer, notes, members } = signed.value
  const sound = judgeSigned(bytes, { ...request, now: host.now() })
  if (!sound.ok) return sound
  const written = await host.writeBytes(flags.out, bytes)
  if (!written.ok) return written
  return accept({ sha256: digestBytes('sha256', bytes), signer, notes, members })
}

function judgeSigned(bytes: Uint8Array, request: RecordRequest): Result<undefined> {
  const bundle = parseBundle(bytes)
  if (!bundle.ok) return bundle
  const { verdict, verified } = verifyStated({ ...request, bundle: bundle.value })
  const checks: readonly Check[] =
    verified === undefined ? [verdict] : [judgeDrafter(verified.signer)]
  if (checks.every(({ outcome }) => outcome === 'accepted')) return accept(undefined)
  return refuse<CliProblem>({
    code: 'cli/draft',
    message: 'Expected a signer who drafts, as the trust document says, found another one',
    hint: 'Nothing was written',
    because: problemsOf(checks),
  })
}

/** It was written: as a draft. */
export function answerDrafted(
  { out }: DraftingFlags,
  { sha256, signer, notes, members }: Drafted,
  {
    schema,
    word,
    about,
  }: { readonly schema: string; readonly word: string; readonly about: JsonObject },
): Answer {
  return {
    kind: 'finished',
    outcome: 'accepted',
    text: `${word} ${sha256} in ${escapeText(out)}, signed with ${signer}\n`,
    document: { schema, ...about, ...members, bundleSha256: sha256, out },
    notes: [...notes, 'It counts nowhere: no ledger takes it, and no gate reads it'],
  }
}
