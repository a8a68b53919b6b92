// `assay audit LEDGER|PACK`: every signature, every link and every computed status, with its reasons, in one verdict.

import { buildCommand } from '@stricli/core'
import type { Host } from '../host/index.ts'
import { type Answer, misused, refused } from './answer.ts'
import { type AuditFlags, parseTrustDigest } from './audit/audit-flags.ts'
import { answerLedger } from './audit/ledger/ledger-answer.ts'
import { answerPack } from './audit/pack/pack-answer.ts'
import { answering, type RunContext } from './context.ts'
import { FORMAT_FLAG, OPTIONAL_TEXT, parseText, SWITCH } from './flags.ts'
import { JUDGED_HEAD_FLAGS } from './ledger/ledger-flags.ts'
import { parseInstant } from './trust/instant-flag.ts'

const DESCRIPTION = [
  'Audits the ledger in a folder: its tree and its heads, the signature of every record, and every release with all',
  'that is computed of it. In the ledger of a project, records of adoptable families count only where an accepted adoption',
  'names them; --run judges the ledger of one run, in which all count.',
  '',
  'Audits a pack from its one file: its list, the proofs of its records, their signatures, and the release up to its phase.',
  'The trust document in a pack is compared with the one that is given, and never believed: without --trust or',
  '--trust-digest every signer is unknown. Whose ledger a pack is of is not believed either: one of a run needs --run.',
  '',
  'A head that nobody signed shows nothing: without --log-key, the audit of either asks for it, unless --unsafe-unsigned says',
  'aloud that none is judged.',
  '',
  'As of another time (--at), a ledger is judged as the head of then has it, given with --head. Without one, only records',
  'whose time somebody vouches for can be judged.',
  '',
  'Example: assay audit ledger --trust trust.json --log-key ledger.vkey --head last-release.checkpoint',
  '         assay audit pre-deploy.tar --trust trust.json --log-key ledger.vkey',
]

/** `assay audit` */
export const command = buildCommand<AuditFlags, [string], RunContext>({
  docs: {
    brief: 'Judge a ledger or a pack: every record, every release, every status',
    fullDescription: DESCRIPTION.join('\n'),
  },
  parameters: {
    flags: {
      trust: {
        ...OPTIONAL_TEXT,
        placeholder: 'FILE',
        brief: 'Trust document; there is no default',
      },
      trustDigest: {
        kind: 'parsed',
        parse: parseTrustDigest,
        optional: true,
        placeholder: 'DIGEST',
        brief: 'Of a pack: sha256 of the trust document in it, from somebody whom you know',
      },
      policies: {
        ...OPTIONAL_TEXT,
        placeholder: 'DIR',
        brief: 'Folder of policies; of a ledger policies/release-assurance, of a pack its own',
      },
      ...JUDGED_HEAD_FLAGS,
      at: {
        kind: 'parsed',
        parse: parseInstant,
        optional: true,
        placeholder: 'TIME',
        brief: 'Judge as of this time',
      },
      run: { ...SWITCH, brief: 'Ledger or pack of one run: records count without an adoption' },
      release: {
        ...OPTIONAL_TEXT,
        variadic: true,
        placeholder: 'SET_ID',
        brief: 'Judge only this release; may be repeated',
      },
      unsafeExampleKeys: {
        ...SWITCH,
        brief: 'Accept the published example keys, which prove nothing',
      },
      ignorePages: {
        ...SWITCH,
        brief: 'Of a pack of another version of Assay: its page and schemas are not believed',
      },
      format: FORMAT_FLAG,
    },
    positional: {
      kind: 'tuple',
      parameters: [
        { brief: 'Folder of a ledger, or a pack', placeholder: 'path', parse: parseText },
      ],
    },
  },
  func: answering(async (host, flags: AuditFlags, path: string) => audit(host, flags, path)),
})

async function audit(host: Host, flags: AuditFlags, path: string): Promise<Answer> {
  const reading = await host.readPack(path)
  if (reading.ok) return answerPack(host, flags, { path, reading: reading.value })
  // A folder is no file: it is a ledger, or says why it is none.
  if (reading.problems[0].code !== 'host/file-not-regular') return refused(reading.problems)
  const { trust, trustDigest } = flags
  if (trust === undefined || trustDigest !== undefined) {
    return misused('Expected --trust FILE with a ledger, and --trust-digest with a pack alone')
  }
  if (flags.ignorePages === true) return misused('Expected --ignore-pages with a pack')
  return answerLedger(host, { ...flags, trust }, path)
}
