// What `assay gate` signs: the result of one gate, as JSON, as compact JWS, and as a statement in a bundle.

import {
  accept,
  combineOutcomes,
  encodeUtf8,
  type JsonObject,
  type Result,
} from '../../core/index.ts'
import { encodeBundle } from '../../bundle/index.ts'
import {
  buildResult,
  encodeResultStatement,
  encodeSignedResult,
  type Judgement,
  RESULT_JWS_TYPE,
} from '../../gate/index.ts'
import type { Host } from '../../host/index.ts'
import type { Registry } from '../../policy/index.ts'
import { signCompactJws, type Signer, signJose, signStatement } from '../../sign/index.ts'
import { joseAlgorithmOf } from '../../trust/index.ts'
import { OPTIONAL_TEXT } from '../flags.ts'
import type { LedgerSetting } from '../judging/ledger-setting.ts'
import { openSigner, SIGNER_FLAGS, type SignerFlags } from '../key/signer-input.ts'
import { refuseDrafters } from '../signing/drafters.ts'
import { judgePublishable } from '../signing/publishable.ts'
import { usage } from '../usage.ts'
import type { JudgedGates } from './gate-run.ts'

/** `--result FILE --key KEY [--result-jws FILE] [--result-bundle FILE]` */
export const RESULT_FLAGS = {
  result: {
    ...OPTIONAL_TEXT,
    placeholder: 'FILE',
    brief: 'Sign the result of the one gate that is asked, and write it as JSON',
  },
  resultJws: { ...OPTIONAL_TEXT, placeholder: 'FILE', brief: 'The same as compact JWS' },
  resultBundle: {
    ...OPTIONAL_TEXT,
    placeholder: 'FILE',
    brief: 'The same as a statement, in a Sigstore bundle',
  },
  ...SIGNER_FLAGS,
} as const

/** What {@link RESULT_FLAGS} give. */
export interface ResultFlags extends SignerFlags {
  readonly result?: string
  readonly resultJws?: string
  readonly resultBundle?: string
}

/** The signer of the result, where one is asked for: before anything is judged. */
export async function openResultSigner(
  host: Host,
  flags: ResultFlags & {
    readonly counters?: boolean
    readonly dryRun?: boolean
    readonly vsa?: string
  },
  ids: readonly string[],
): Promise<Result<Signer | undefined>> {
  const { result, resultJws, resultBundle, key, signerCommand } = flags
  const files = [result, resultJws, resultBundle].filter((file) => file !== undefined)
  if (files.length === 0) {
    return (key ?? signerCommand) === undefined || flags.vsa !== undefined
      ? accept(undefined)
      : usage('Expected --result, --result-jws, --result-bundle or --vsa with a signer')
  }
  if (flags.counters === true || flags.dryRun === true) {
    return usage('Expected a result without --counters and --dry-run')
  }
  if (ids.length !== 1) {
    return usage(`Expected one gate to sign the result of, found ${ids.length}`)
  }
  return openSigner(host, flags)
}

/** What the result is made of. */
export interface ResultTold {
  readonly finding: Judgement
  readonly judged: Pick<JudgedGates, 'checks' | 'head'>
  readonly setting: LedgerSetting & { readonly registry: Registry }
  readonly signer: Signer
}

/** Signs the result and writes it, in each form that was asked for. */
export async function writeResult(
  host: Host,
  flags: ResultFlags & { readonly run?: boolean; readonly strict?: boolean },
  { finding, judged, setting, signer }: ResultTold,
): Promise<Result<void>> {
  const { keyId, type } = signer.publicKey
  const known = refuseDrafters(setting.trust).judgeKey(keyId)
  if (!known.ok) return known
  const { checks, head } = judged
  const unsigned = buildResult({
    finding,
    ledger: { outcome: combineOutcomes(checks), ...(head !== undefined && { head }) },
    registry: setting.registry,
    trust: setting.trust.digest,
    at: setting.at ?? setting.now,
    signedAt: setting.now,
    signer: { keyId, algorithm: joseAlgorithmOf(type) },
    isRun: flags.run === true,
    isStrict: flags.strict === true,
  })
  const { bytes, payload } = unsigned
  const publishable = judgePublishable(payload as unknown as JsonObject)
  if (!publishable.ok) return publishable
  const forms: readonly (readonly [string | undefined, () => Promise<Uint8Array>])[] = [
    [flags.result, async () => encodeSignedResult(unsigned, await signJose(bytes, signer))],
    [
      flags.resultJws,
      async () => encodeUtf8(`${await signCompactJws(bytes, signer, RESULT_JWS_TYPE)}\n`),
    ],
    [
      flags.resultBundle,
      async () => encodeBundle(await signStatement(encodeResultStatement(unsigned), signer)),
    ],
  ]
  for (const [path, encode] of forms) {
    if (path === undefined) continue
    const written = await host.writeBytes(path, await encode())
    if (!written.ok) return written
  }
  return accept(undefined)
}
