// What a case of `fixtures/verify/` is made from.

import type { Outcome } from '../../../src/core/index.ts'
import type { Files, Json } from '../release.ts'

/** One verification: its inputs, and what must come of it. */
export interface Case {
  readonly name: string
  /** One sentence or two, for README.md. */
  readonly says: string
  /** Ids of the attack list. */
  readonly attacks: readonly string[]
  readonly outcome: Outcome
  /** The codes of all checks that are not accepted, and of their reasons; sorted, each once. */
  readonly codes: readonly string[]
  /** The accepted case that differs in nothing else. */
  readonly twin?: string
  /** Its input is refused as such: there is no verdict, but problems. */
  readonly unread: boolean
  /** After `assay`; paths count from the case's folder. */
  readonly args: readonly string[]
  readonly files: Files
}

interface Parts {
  readonly says: string
  readonly attacks?: readonly string[]
  /** What to put in place of `--set ../release/set`. */
  readonly about?: readonly string[]
  /** Further options. */
  readonly options?: readonly string[]
  readonly bundle?: Json | string | Uint8Array
  readonly trust?: Json
  readonly files?: Files
  readonly args?: readonly string[]
}

/** A case that is accepted. */
export function accepted(name: string, parts: Parts): Case {
  return { ...build(name, parts), outcome: 'accepted', codes: [], unread: false }
}

/** A case that is not; its twin is. */
export function refused(
  name: string,
  parts: Parts & {
    readonly outcome?: Exclude<Outcome, 'accepted'>
    readonly codes: readonly string[]
    readonly twin: string
    readonly unread?: boolean
  },
): Case {
  const { unread = false, codes, twin } = parts
  const { outcome = unread ? 'error' : 'rejected' } = parts
  return { ...build(name, parts), outcome, codes: codes.toSorted(), twin, unread }
}

function build(name: string, parts: Parts): Omit<Case, 'outcome' | 'codes' | 'unread'> {
  const { says, attacks = [], about, options = [], bundle, trust, files = {} } = parts
  return {
    name,
    says,
    attacks,
    args: parts.args ?? [
      'verify',
      bundle === undefined ? '../release/bundle.sigstore.json' : 'bundle.sigstore.json',
      ...(about ?? ['--set', '../release/set']),
      '--trust',
      trust === undefined ? '../release/trust.json' : 'trust.json',
      ...options,
    ],
    files: {
      ...(bundle !== undefined && { 'bundle.sigstore.json': encode(bundle) }),
      ...(trust !== undefined && { 'trust.json': `${JSON.stringify(trust, null, 2)}\n` }),
      ...files,
    },
  }
}

/** JSON as one line, and anything else as it is. */
function encode(value: Json | string | Uint8Array): string | Uint8Array {
  if (typeof value === 'string' || value instanceof Uint8Array) return value
  return `${JSON.stringify(value)}\n`
}
