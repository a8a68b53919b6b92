// The trust document as a file that a command reads or edits.

import { accept, escapeText, LIMITS, type Result, shellWord } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import {
  encodeTrust,
  parseTrust,
  type TrustDocument,
  type TrustProblem,
} from '../../trust/index.ts'
import { type Answer, refused } from '../answer.ts'
import { atPath } from '../file-input.ts'
import { TEXT } from '../flags.ts'

/** `--trust FILE` */
export const TRUST_FLAG = {
  ...TEXT,
  default: 'trust.json',
  placeholder: 'FILE',
  brief: 'Trust document',
} as const

/** Reads a trust document; its problems say in which file they are. */
export async function readTrust(host: Host, path: string): Promise<Result<TrustDocument>> {
  const bytes = await host.readBytes(path, { bytesMax: LIMITS.trustBytesMax })
  if (!bytes.ok) return withHint(bytes, path)
  return atPath(parseTrust(bytes.value), path)
}

/**
 * Edits a trust document in its file: the whole edit or none of it, and one at a time.
 *
 * @param edit gives the new document
 * @returns the document as it is now
 */
export async function editTrustFile(
  host: Host,
  path: string,
  edit: (document: TrustDocument) => Result<TrustDocument, TrustProblem>,
): Promise<Result<TrustDocument>> {
  const change = (bytes: Uint8Array): Result<Uint8Array> => {
    const before = atPath(parseTrust(bytes), path)
    if (!before.ok) return before
    const after = edit(before.value)
    return after.ok ? accept(encodeTrust(after.value)) : after
  }
  const written = await host.editBytes(path, change, { bytesMax: LIMITS.trustBytesMax })
  return written.ok ? parseTrust(written.value) : withHint(written, path)
}

/**
 * {@link editTrustFile} as all that a command does.
 *
 * @param describe what was done, in words
 */
export async function editTrust(
  host: Host,
  path: string,
  edit: (document: TrustDocument) => Result<TrustDocument, TrustProblem>,
  describe: { readonly done: string; readonly notes?: readonly string[] },
): Promise<Answer> {
  const after = await editTrustFile(host, path, edit)
  return after.ok ? answerTrust(path, after.value, describe) : refused(after.problems)
}

/** The answer of a command that wrote a trust document: its digest is the result. */
export function answerTrust(
  path: string,
  document: TrustDocument,
  { done, notes = [] }: { readonly done: string; readonly notes?: readonly string[] },
): Answer {
  const { digest, keys, roles, roots, identities, registryKeys, verifiers, builders } = document
  return {
    kind: 'finished',
    outcome: 'accepted',
    text: `${digest}\n`,
    notes: [`${done} ${escapeText(path)}`, ...notes],
    document: {
      schema: 'assay/trust-change/v1',
      trust: path,
      digest,
      keys: keys.length,
      roles: roles.length,
      roots: roots.length,
      identities: identities.length,
      registryKeys: registryKeys.length,
      verifiers: verifiers.length,
      builders: builders.length,
    },
  }
}

type Refusal = Extract<Result<never>, { readonly ok: false }>

function withHint(refusal: Refusal, path: string): Refusal {
  const [first, ...rest] = refusal.problems
  if (first.code !== 'host/file-missing') return refusal
  const hint = hintFor(path)
  return { ok: false, problems: [{ ...first, ...(hint !== undefined && { hint }) }, ...rest] }
}

/** A line to copy, where the path can be typed. */
function hintFor(path: string): string | undefined {
  if (path === '-') return 'A trust document is a file: give its path'
  const word = shellWord(path.startsWith('-') ? `./${path}` : path)
  return word === undefined ? undefined : `assay trust init --out ${word}`
}
