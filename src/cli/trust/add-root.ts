// `assay trust add-root`: certificates, logs and timestamps of one more Sigstore instance count.

import { buildCommand } from '@stricli/core'
import { accept, type JsonObject, LIMITS, quote, type Result } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import {
  addRoot,
  loadPublicGoodRoot,
  parseRootLines,
  type RootMark,
  type TrustDocument,
  type TrustProblem,
  type UnusableLog,
} from '../../trust/index.ts'
import { type Answer, misused, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { atPath, readInput } from '../file-input.ts'
import { FORMAT_FLAG, type Format, parseText, SWITCH, TEXT } from '../flags.ts'
import { PUBLIC_GOOD } from '../public-good.ts'
import { answerTrust, editTrustFile, TRUST_FLAG } from './trust-file.ts'

interface Flags {
  readonly trust: string
  readonly name: string
  readonly live?: boolean
  readonly rehearsal?: boolean
  readonly format: Format
}

/** `assay trust add-root` */
export const command = buildCommand<Flags, [file: string], RunContext>({
  docs: {
    brief: 'Trust the authorities and logs of a Sigstore instance',
    fullDescription:
      'Reads a trusted_root.json, or the JSON Lines that "gh attestation trusted-root" prints: of several roots, the names are NAME-1, NAME-2 and so on. A root says which certificates, log entries and timestamps count; whose certificates count, say the identities of the trust document.',
  },
  parameters: {
    flags: {
      trust: TRUST_FLAG,
      name: { ...TEXT, placeholder: 'NAME', brief: 'What to call the root' },
      live: { ...SWITCH, brief: 'Its CI issuers vouch for real workflows' },
      rehearsal: { ...SWITCH, brief: 'Everything under it is practice' },
      format: FORMAT_FLAG,
    },
    positional: {
      kind: 'tuple',
      parameters: [
        {
          brief: 'Trusted root, or "public-good" for the one that is built in',
          placeholder: 'file',
          parse: parseText,
        },
      ],
    },
  },
  func: answering(async (host, flags: Flags, file: string) => trustRoot(host, flags, file)),
})

async function trustRoot(host: Host, flags: Flags, file: string): Promise<Answer> {
  const { name, live = false, rehearsal = false, trust } = flags
  if (live === rehearsal) {
    return misused(`Expected --live or --rehearsal, found ${live ? 'both' : 'none'}`)
  }
  const documents = await readRoots(host, file)
  if (!documents.ok) return refused(documents.problems)
  const mark: RootMark = live ? 'live' : 'rehearsal'
  const roots = documents.value.map((document, index, { length }) => {
    return { name: length === 1 ? name : `${name}-${index + 1}`, mark, document }
  })
  const after = await editTrustFile(host, trust, (document) => addRoots(document, roots))
  if (!after.ok) return refused(after.problems)
  const added = after.value.roots.filter((root) => roots.some((one) => one.name === root.name))
  return answerTrust(trust, after.value, {
    done: `Added ${roots.length === 1 ? 'the root' : `${roots.length} roots`} to`,
    notes: [
      ...added.flatMap(({ root }) => root.unusableLogs.map(describeUnusable)),
      'Whose certificates count: assay trust add-identity --name NAME --issuer URL --san SAN',
    ],
  })
}

/** TR-7. */
function describeUnusable({ kind, origin, keyDetails }: UnusableLog): string {
  return `The ${kind} ${quote(origin)} can not be used, and nothing counts by its word: its key is of the kind ${quote(keyDetails)}`
}

async function readRoots(host: Host, file: string): Promise<Result<readonly JsonObject[]>> {
  if (file === PUBLIC_GOOD) return accept([await loadPublicGoodRoot()])
  const bytes = await readInput(host, file, { bytesMax: LIMITS.trustBytesMax })
  return bytes.ok ? atPath(parseRootLines(bytes.value), file) : bytes
}

function addRoots(
  document: TrustDocument,
  roots: readonly Parameters<typeof addRoot>[1][],
): Result<TrustDocument, TrustProblem> {
  let edited: Result<TrustDocument, TrustProblem> = accept(document)
  for (const root of roots) if (edited.ok) edited = addRoot(edited.value, root)
  return edited
}
