// What a verification is about, as the command line names it: one set, or files and digests.

import { accept, quote, type Result } from '../../core/index.ts'
import { DIGEST_HEX_LENGTH, type DigestAlgorithm } from '../../digest/index.ts'
import type { Host } from '../../host/index.ts'
import { parseStatement } from '../../statement/index.ts'
import type { ExpectedArtifact, FoundSet, NamedBundle } from '../../verify/index.ts'

/** A set as it was found, with what there is to tell about it. */
export interface SetInput {
  readonly artifacts: { readonly kind: 'set' } & Required<FoundSet>
  /** For a person. */
  readonly notes: readonly string[]
}

/** How the set is read. */
export interface SetReadingOptions {
  readonly strip: number
  readonly exclude: readonly string[]
  readonly links: 'refuse' | 'list'
  /** Their subjects say which digests are worth computing. */
  readonly bundles: readonly NamedBundle[]
}

/** Reads a folder, an archive's contents or a manifest as one set. Links are listed, so that the verdict can name them. */
export async function readSet(
  host: Host,
  path: string,
  { strip, exclude, links, bundles }: SetReadingOptions,
): Promise<Result<SetInput>> {
  const progress = host.startProgress(`Digesting ${path}`)
  try {
    const reading = await host.readArtifactSet([path], {
      form: 'detect',
      strip,
      exclude,
      symlinks: 'list',
      sha512: bundles.some(namesSha512),
      onProgress: (done) => progress.report(done),
    })
    if (!reading.ok) return reading
    const { set, form, leftOut, warnings } = reading.value
    return accept({
      artifacts: { kind: 'set', set, links, leftOut },
      notes: [
        ...(form === 'manifest'
          ? [`${quote(path)} is a manifest: the files that it lists were not looked at`]
          : []),
        ...warnings.map(({ message }) => `warning: ${message}`),
      ],
    })
  } finally {
    progress.end()
  }
}

/** X6: what can be compared is computed. Unverified, and harmless: a further digest can only refuse. */
function namesSha512({ bundle }: NamedBundle): boolean {
  if (!bundle.ok || bundle.value.content.kind !== 'dsse') return false
  const { payload } = bundle.value.content.envelope
  const statement = parseStatement(payload, { versions: ['v1', 'v0.1'] })
  return statement.ok && statement.value.subjects.some(({ digest }) => 'sha512' in digest)
}

/** The largest file whose bare signature is checked here: its bytes are needed in memory. */
const SIGNED_FILE_BYTES_MAX = 1024 * 1024 * 1024

/** Digests the files; where a bundle signs bare bytes, they are read whole. */
export async function readArtifacts(
  host: Host,
  paths: readonly string[],
  bundles: readonly NamedBundle[],
): Promise<Result<readonly ExpectedArtifact[]>> {
  const needsBytes = bundles.some(
    ({ bundle }) => bundle.ok && bundle.value.content.kind === 'message',
  )
  const artifacts: ExpectedArtifact[] = []
  for (const path of paths) {
    const digest = await host.digestFile(path)
    if (!digest.ok) return digest
    const artifact = { name: path, digest: { ...digest.value } }
    if (!needsBytes) {
      artifacts.push(artifact)
      continue
    }
    const bytes = await host.readBytes(path, { bytesMax: SIGNED_FILE_BYTES_MAX })
    if (!bytes.ok) return bytes
    artifacts.push({ ...artifact, bytes: bytes.value })
  }
  return accept(artifacts)
}

/** `--digest ALGORITHM:HEX`, for the framework, which shows what is thrown as a usage error. */
export function parseDigest(input: string): ExpectedArtifact {
  const [algorithm = '', digest = ''] = input.split(':')
  // a table of our own, without the names that an object inherits.
  const length = Object.hasOwn(DIGEST_HEX_LENGTH, algorithm)
    ? DIGEST_HEX_LENGTH[algorithm as DigestAlgorithm]
    : undefined
  const isWhole = input === `${algorithm}:${digest}` && digest.length === length
  if (isWhole && /^[0-9a-f]+$/.test(digest)) return { name: input, digest: { [algorithm]: digest } }
  throw new SyntaxError(
    'Expected sha256:, sha384: or sha512: and the lower-case hexadecimal digest',
  )
}
