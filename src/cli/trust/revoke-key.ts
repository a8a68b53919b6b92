// `assay trust revoke-key`: from when on a key's signatures do not count.

import { buildCommand } from '@stricli/core'
import type { Instant } from '../../core/index.ts'
import { type RevocationReason, revokeKey } from '../../trust/index.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format, parseText } from '../flags.ts'
import { parseInstant } from './instant-flag.ts'
import { editTrust, TRUST_FLAG } from './trust-file.ts'

interface Flags {
  readonly trust: string
  readonly name: string
  readonly at: Instant
  readonly reason: RevocationReason
  readonly format: Format
}

/** What the revocation means, for the person who makes it. */
const CONSEQUENCES: Readonly<Record<RevocationReason, string>> = {
  compromised: 'No signature of this key counts without independent time before then',
  retired: 'Signatures of this key from then on do not count',
}

/** `assay trust revoke-key` */
export const command = buildCommand<Flags, [], RunContext>({
  docs: { brief: 'Write down the end of a key: retired, or compromised' },
  parameters: {
    flags: {
      trust: TRUST_FLAG,
      name: { kind: 'parsed', parse: parseText, placeholder: 'NAME', brief: 'Name of the key' },
      at: { kind: 'parsed', parse: parseInstant, placeholder: 'TIME', brief: 'Since when' },
      reason: {
        kind: 'enum',
        values: ['compromised', 'retired'],
        brief: 'compromised: somebody else may hold it',
      },
      format: FORMAT_FLAG,
    },
  },
  func: answering(async (host, { trust, name, at, reason }: Flags) =>
    editTrust(host, trust, (document) => revokeKey(document, name, { at, reason }), {
      done: 'Revoked the key in',
      notes: [CONSEQUENCES[reason]],
    }),
  ),
})
