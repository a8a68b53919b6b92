// A signature in files of its own, as cosign wrote them before there were bundles.

import { type DetachedSignature, parseDetached } from '../../bundle/index.ts'
import { accept, LIMITS, type Result } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import { OPTIONAL_TEXT } from '../flags.ts'
import type { CliProblem } from '../problem.ts'
import { usage } from '../usage.ts'
import type { BundleInput } from './bundle-input.ts'

const FILE = { ...OPTIONAL_TEXT, placeholder: 'FILE' } as const

/** What the options of {@link DETACHED_FLAGS} give. */
export interface DetachedFlags {
  readonly signature?: string
  readonly certificate?: string
  readonly certificateChain?: string
  readonly timestampFile?: string
}

/** The options, for the framework. */
export const DETACHED_FLAGS = {
  signature: {
    ...FILE,
    brief:
      'A signature in a file of its own, in place of bundles: in base64 or bare, or an envelope',
  },
  certificate: {
    ...FILE,
    brief:
      'With --signature: the certificate of who signed, PEM or its base64; without it a key did',
  },
  certificateChain: {
    ...FILE,
    brief: 'With --certificate: the authorities after it, PEM; trusted roots must know them',
  },
  timestampFile: {
    ...FILE,
    brief: 'With --signature: an RFC 3161 response over it, DER or as cosign wraps it',
  },
} as const

/** Bundles, or a signature in files of its own; no option that would do nothing. */
export function judgeDetached(
  { signature, certificate, certificateChain, timestampFile }: DetachedFlags,
  paths: readonly string[],
): Result<undefined, CliProblem> {
  const isDetached = signature !== undefined
  if (!isDetached && (certificate ?? certificateChain ?? timestampFile) !== undefined) {
    return usage(
      'Expected --signature with --certificate, --certificate-chain and --timestamp-file',
    )
  }
  if (certificateChain !== undefined && certificate === undefined) {
    return usage('Expected --certificate with --certificate-chain')
  }
  if (isDetached && paths.length > 0) {
    return usage('Expected bundles, or --signature, found both')
  }
  return accept(undefined)
}

const FOR_LOG: readonly [string, string] = [
  'verify/log-entry-missing',
  'The log entry is in the file that cosign wrote with --bundle: give that one in place of --signature',
]
const FOR_TIME = ['verify/time-missing', 'verify/timestamp-missing'].map(
  (code) => [code, 'For a time, give the RFC 3161 response: --timestamp-file FILE'] as const,
)

/** The largest of these files: an envelope may stand where a signature does. */
const OPTIONS = { bytesMax: LIMITS.envelopeBytesMax }

/** Reads the files as one bundle; what is malformed in them is kept, and refused in the verdict. */
export async function readDetached(
  host: Host,
  { signature, ...flags }: DetachedFlags & { readonly signature: string },
): Promise<Result<BundleInput>> {
  const bytes = await host.readBytes(signature, OPTIONS)
  if (!bytes.ok) return bytes
  const beside: Partial<Record<Exclude<keyof DetachedSignature, 'signature'>, Uint8Array>> = {}
  const paths = [signature]
  for (const [part, path] of [
    ['certificate', flags.certificate],
    ['certificateChain', flags.certificateChain],
    ['timestamp', flags.timestampFile],
  ] as const) {
    if (path === undefined) continue
    const file = await host.readBytes(path, OPTIONS)
    if (!file.ok) return file
    beside[part] = file.value
    paths.push(path)
  }
  const bundle = parseDetached({ signature: bytes.value, ...beside })
  const hints = new Map([FOR_LOG, ...(flags.timestampFile === undefined ? FOR_TIME : [])])
  return accept({ bundles: [{ name: signature, bundle }], paths, notes: [], hints })
}
