// `assay verify-result`: whether the signed result of a gate holds, by published keys alone.

import { buildCommand } from '@stricli/core'
import { accept, LIMITS, type Result } from '../core/index.ts'
import { judgeResult, parseSignedResult, STANDINGS, type Standing } from '../gate/index.ts'
import type { Host } from '../host/index.ts'
import { documentOfVerdict, renderVerdict } from '../report/index.ts'
import { parseJwks, type PublishedKey } from '../trust/index.ts'
import { type Answer, refused } from './answer.ts'
import { answering, type RunContext } from './context.ts'
import { atPath, readInput } from './file-input.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT, parseText } from './flags.ts'
import { usage } from './usage.ts'

interface Flags {
  readonly jwks?: string
  readonly jwksUrl?: string
  readonly gate?: string
  readonly verdict: Standing
  readonly format: Format
}

const DESCRIPTION = [
  'Checks the signed result of a gate, as JSON or as compact JWS: the signature over the exact bytes, the window of the key, every',
  'member against what was signed, and the commitment. Offline, with the set of keys in a file; with --jwks-url, and only then, the',
  'set is fetched from a server. A result in a bundle is checked by assay verify.',
  '',
  'Exit code 0 where it holds and its verdict is the expected one: continue, where --verdict says no other.',
  '',
  'Example: assay verify-result result.json --jwks jwks.json',
  '         assay verify-result result.json --jwks-url https://release.example/.well-known/jwks.json',
]

/** `assay verify-result` */
export const command = buildCommand<Flags, [file: string], RunContext>({
  docs: {
    brief: 'Check the signed result of a gate with published keys',
    fullDescription: DESCRIPTION.join('\n'),
  },
  parameters: {
    flags: {
      jwks: { ...OPTIONAL_TEXT, placeholder: 'FILE', brief: 'Set of published keys (RFC 7517)' },
      jwksUrl: {
        ...OPTIONAL_TEXT,
        placeholder: 'URL',
        brief: 'Where to fetch the set; uses the network',
      },
      gate: { ...OPTIONAL_TEXT, placeholder: 'ID', brief: 'The gate that it has to be of' },
      verdict: {
        kind: 'enum',
        values: STANDINGS,
        default: 'continue',
        brief: 'The verdict that it has to have',
      },
      format: FORMAT_FLAG,
    },
    positional: {
      kind: 'tuple',
      parameters: [{ brief: 'Signed result, or -', placeholder: 'file', parse: parseText }],
    },
  },
  func: answering(async (host, flags: Flags, file: string) => verifyResult(host, flags, file)),
})

async function verifyResult(host: Host, flags: Flags, file: string): Promise<Answer> {
  const keys = await readKeys(host, flags)
  if (!keys.ok) return refused(keys.problems)
  const bytes = await readInput(host, file, { bytesMax: LIMITS.payloadBytesMax })
  if (!bytes.ok) return refused(bytes.problems)
  const result = atPath(parseSignedResult(bytes.value), file)
  if (!result.ok) return refused(result.problems)
  const { gate, verdict } = flags
  const expected = { verdict, ...(gate !== undefined && { gate }) }
  const check = judgeResult(result.value, keys.value, expected)
  const { payload, preimage } = result.value
  return {
    kind: 'finished',
    outcome: check.outcome,
    text: renderVerdict(check, { columns: host.columns }),
    document: {
      schema: 'assay/result-verification/v1',
      outcome: check.outcome,
      commitment_id: payload.commitment_id,
      kid: payload.kid,
      gate: preimage.gate,
      at: preimage.at,
      verdict: payload.verdict,
      check: documentOfVerdict(check),
    },
  }
}

async function readKeys(
  host: Host,
  { jwks, jwksUrl }: Flags,
): Promise<Result<readonly PublishedKey[]>> {
  if ((jwks === undefined) === (jwksUrl === undefined)) {
    const found = jwks === undefined ? 'neither' : 'both'
    return usage(`Expected --jwks FILE or --jwks-url URL, found ${found}`)
  }
  const place = jwks ?? jwksUrl ?? ''
  const bytes = jwks === undefined ? await fetchSet(host, place) : await readSet(host, place)
  return bytes.ok ? atPath(parseJwks(bytes.value), place) : bytes
}

function readSet(host: Host, path: string): Promise<Result<Uint8Array>> {
  return host.readBytes(path, { bytesMax: LIMITS.trustBytesMax })
}

async function fetchSet(host: Host, url: string): Promise<Result<Uint8Array>> {
  const answer = await host.request({
    url,
    method: 'GET',
    accept: 'application/jwk-set+json, application/json',
    bytesMax: LIMITS.trustBytesMax,
  })
  return answer.ok ? accept(answer.value.body) : answer
}
