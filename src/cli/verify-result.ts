// `assay verify-result`: whether the signed result of a gate holds, by published keys alone.

import { buildCommand } from '@stricli/core'
import { accept, LIMITS, type Result } from '../core/index.ts'
import {
  judgeResult,
  parseSignedResult,
  type ResultExpectation,
  STANDINGS,
  type Standing,
} from '../gate/index.ts'
import type { Host } from '../host/index.ts'
import { documentOfVerdict, renderVerdict } from '../report/index.ts'
import { parseJwks, type PublishedKey } from '../trust/index.ts'
import { parseAge } from './age.ts'
import { type Answer, refused } from './answer.ts'
import { answering, type RunContext } from './context.ts'
import { atPath, readInput } from './file-input.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT, parseText, SWITCH } from './flags.ts'
import { factsOf, renderFacts } from './result-facts.ts'
import { usage } from './usage.ts'

interface Flags {
  readonly jwks?: string
  readonly jwksUrl?: string
  readonly gate?: string
  readonly release?: string
  readonly setSha256?: string
  readonly commit?: string
  readonly maxAge?: number
  readonly run?: boolean
  readonly strict?: boolean
  readonly verdict: Standing
  readonly format: Format
}

const DESCRIPTION = [
  'Checks the signed result of a gate, as JSON or as compact JWS: the signature over the exact bytes, the window of the key, every',
  'member against what was signed, and the commitment. Offline, with the set of keys in a file; with --jwks-url, and only then, the',
  'set is fetched from a server. A result in a bundle is checked by assay verify.',
  '',
  'Exit code 0 where it holds and is the expected one. What is expected is said, and never taken from the result: --verdict, which',
  'is continue where nothing else is said, --gate, --release, --set-sha256 or --commit, and --max-age. A result that continues is of',
  'one gate, counts for one release, and tells nothing of what was found since: for it, the gate, one of the three and an age have',
  'to be said. One that rests on an exception that has ended by now does not hold.',
  '',
  'Example: assay verify-result result.json --jwks jwks.json --gate gate.release_target.web \\',
  '           --release production__web__v1.2.0__4711-1 --max-age 1h',
  '         assay verify-result result.json --jwks-url https://release.example/.well-known/jwks.json --max-age 1h \\',
  '           --gate gate.release_target.web --commit c27d339ee6075c1f744c5d4b200f7901aad2c369',
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
      gate: {
        ...OPTIONAL_TEXT,
        placeholder: 'ID',
        brief: 'The gate, or policy, that it has to be of',
      },
      release: { ...OPTIONAL_TEXT, placeholder: 'SET_ID', brief: 'The release that it is about' },
      setSha256: {
        kind: 'parsed',
        parse: parseSha256,
        optional: true,
        placeholder: 'HEX',
        brief: 'SHA-256 of the SHA256SUMS of the set that it is about',
      },
      commit: { ...OPTIONAL_TEXT, placeholder: 'SHA', brief: 'The commit that it is about' },
      maxAge: {
        kind: 'parsed',
        parse: parseAge,
        optional: true,
        placeholder: 'AGE',
        brief: 'It was judged at most this long ago, such as 1h',
      },
      run: { ...SWITCH, brief: 'It may count the ledger of one run alone' },
      strict: { ...SWITCH, brief: 'It may rest on no exception' },
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
  const expected = expectationOf(flags)
  if (!expected.ok) return refused(expected.problems)
  const keys = await readKeys(host, flags)
  if (!keys.ok) return refused(keys.problems)
  const bytes = await readInput(host, file, { bytesMax: LIMITS.payloadBytesMax })
  if (!bytes.ok) return refused(bytes.problems)
  const result = atPath(parseSignedResult(bytes.value), file)
  if (!result.ok) return refused(result.problems)
  const check = judgeResult(result.value, keys.value, expected.value, host.now())
  const facts = factsOf(result.value)
  return {
    kind: 'finished',
    outcome: check.outcome,
    text: `${renderVerdict(check, { columns: host.columns })}\n${renderFacts(facts)}`,
    document: {
      schema: 'assay/result-verification/v1',
      outcome: check.outcome,
      ...facts,
      check: documentOfVerdict(check),
    },
  }
}

/** What is expected: of a result that lets something through, of which gate, about what and how fresh. */
function expectationOf(flags: Flags): Result<ResultExpectation> {
  const { verdict, gate, release, setSha256: set, commit, maxAge: ageMsMax, run, strict } = flags
  if (verdict === 'continue') {
    if (gate === undefined) {
      return usage(
        'Expected --gate, found none',
        'One key may sign results of several gates: say the one that lets through what you are about to use',
      )
    }
    if ((release ?? set ?? commit) === undefined) {
      return usage(
        'Expected --release, --set-sha256 or --commit, found none',
        'It is what you are about to use; do not copy it from the result',
      )
    }
    if (ageMsMax === undefined) {
      return usage(
        'Expected --max-age, found none',
        'A release may have been withdrawn since: ask for a result that is fresh, such as --max-age 1h',
      )
    }
  }
  return accept({
    verdict,
    ...(gate !== undefined && { gate }),
    ...(release !== undefined && { release }),
    ...(set !== undefined && { set }),
    ...(commit !== undefined && { commit }),
    ...(ageMsMax !== undefined && { ageMsMax }),
    isRun: run === true,
    isStrict: strict === true,
  })
}

function parseSha256(input: string): string {
  if (/^[0-9a-f]{64}$/.test(input)) return input
  throw new SyntaxError('Expected 64 digits in lower-case hex')
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
