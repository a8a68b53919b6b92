// `assay key jwks`: public keys as a JWK Set, for any JOSE library, and as a file that any static server publishes.

import { buildCommand } from '@stricli/core'
import { countOf, encodeDocument, encodeUtf8, escapeText } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import { buildJwks, type PublishedKey } from '../../trust/index.ts'
import { type Answer, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT, parseText } from '../flags.ts'
import { TRUST_FLAG } from '../trust/trust-file.ts'
import { PASSPHRASE_FILE_FLAG } from './passphrase-input.ts'
import { readPublishedKeys } from './published-key.ts'

interface Flags {
  readonly past?: readonly string[]
  readonly trust: string
  readonly out?: string
  readonly passphraseFile?: string
  readonly format: Format
}

const DESCRIPTION = [
  'Prints, or writes, what a static server publishes as /.well-known/jwks.json: with it anyone checks signed results and JWS.',
  'Each key has its thumbprint (RFC 7638) as kid, its one algorithm as alg, and use sig; the keys are sorted by kid.',
  '',
  'Each key has the window that the trust document says: assay_notBefore, assay_notAfter, assay_revokedAt. Past keys stay there,',
  'so that what they signed in their time can be checked; a compromised key is refused, for most libraries know of no windows and',
  'would accept whatever is signed with it today, and so is a key for drafts. Of a private key the public half alone is read.',
  '',
  'Example: assay key jwks release.pub.pem --past old.pub.pem --trust trust.json --out .well-known/jwks.json',
]

/** `assay key jwks` */
export const command = buildCommand<Flags, string[], RunContext>({
  docs: {
    brief: 'Print or write the public keys of files as a JWK Set (RFC 7517)',
    fullDescription: DESCRIPTION.join('\n'),
  },
  parameters: {
    flags: {
      past: {
        kind: 'parsed',
        parse: parseText,
        optional: true,
        variadic: true,
        placeholder: 'FILE',
        brief: 'Key that does not sign any more; the trust document says when it ended',
      },
      trust: { ...TRUST_FLAG, brief: 'Trust document, which says when each key signs' },
      out: { ...OPTIONAL_TEXT, placeholder: 'FILE', brief: 'Write the set to a file' },
      passphraseFile: PASSPHRASE_FILE_FLAG,
      format: FORMAT_FLAG,
    },
    positional: {
      kind: 'array',
      parameter: { brief: 'Keys of any format', placeholder: 'file', parse: parseText },
      minimum: 1,
    },
  },
  func: answering(async (host, flags: Flags, ...files: string[]) => showSet(host, flags, files)),
})

async function showSet(host: Host, flags: Flags, files: readonly string[]): Promise<Answer> {
  const { past = [], trust, out, passphraseFile } = flags
  const published = await readPublishedKeys(host, { files, past, trust, passphraseFile })
  if (!published.ok) return refused(published.problems)
  const set = await buildJwks(published.value)
  if (!set.ok) return refused(set.problems)
  const { keys } = set.value
  const text = encodeDocument({ keys })
  const answer = {
    kind: 'finished',
    outcome: 'accepted',
    document: { schema: 'assay/jwks/v1', keys },
  } as const
  if (out === undefined) return { ...answer, text }
  const written = await host.writeBytes(out, encodeUtf8(text))
  if (!written.ok) return refused(written.problems)
  const notes = [`Wrote ${countOf(keys.length, 'key')} to ${escapeText(out)}`]
  return { ...answer, text: idsOf(published.value), notes }
}

function idsOf(keys: readonly PublishedKey[]): string {
  const ids = new Set(keys.map(({ publicKey }) => publicKey.keyId))
  return [...ids].map((id) => `${id}\n`).join('')
}
