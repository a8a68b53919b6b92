// What a verification is about, as the command line names it: one set, or files and digests.

import { accept, quote, type Result, refuse } from '../../core/index.ts'
import { DIGEST_HEX_LENGTH, type DigestAlgorithm, digestBytes } from '../../digest/index.ts'
import type { ContentDigests, Host } from '../../host/index.ts'
import { parseStatement } from '../../statement/index.ts'
import type { ExpectedArtifact, FoundSet, NamedBundle } from '../../verify/index.ts'
import type { CliProblem } from '../problem.ts'
import type { SetFlags } from '../set-flags.ts'
import { usage } from '../usage.ts'
import type { BundleInput } from './bundle-input.ts'

/** A set as it was found, with what there is to tell about it. */
export interface SetInput {
  readonly artifacts: { readonly kind: 'set' } & Required<FoundSet>
  /** Of an archive itself, where that was asked. */
  readonly archive?: ContentDigests
  /** For a person. */
  readonly notes: readonly string[]
}

/** How the set is read; options that were not given are absent. */
export interface SetReadingOptions extends SetFlags {
  readonly exclude?: readonly string[]
  readonly bundles: BundleInput
  /** It has to be an archive, and is digested itself in the same reading. */
  readonly digestArchive?: boolean
}

/** What a reading calls its form, and what a verdict does. */
const FORMS = { file: 'files', contents: 'archive', manifest: 'manifest' } as const

/** Names under which a person expects an archive. */
const ARCHIVE_NAME = /\.(?:tar|tgz|tar\.[a-z0-9]+|zip)$/i

/** Reads a folder, an archive's contents or a manifest as one set. Links are listed, so that the verdict can name them. */
export async function readSet(
  host: Host,
  path: string,
  options: SetReadingOptions,
): Promise<Result<SetInput>> {
  const { strip, exclude, symlinks = 'refuse', bundles, digestArchive = false } = options
  const progress = host.startProgress(`Digesting ${path}`)
  try {
    const reading = await host.readArtifactSet([path], {
      form: digestArchive ? 'contents' : 'detect',
      digestArchive,
      symlinks: 'list',
      sha512: bundles.bundles.some(namesSha512),
      bundles: bundles.paths,
      ...(strip !== undefined && { strip }),
      ...(exclude !== undefined && { exclude }),
      onProgress: (done) => progress.report(done),
    })
    if (!reading.ok) return reading
    const { set, leftOut, warnings, archive } = reading.value
    const form = FORMS[reading.value.form]
    const fitting = judgeForm(path, form, options)
    if (!fitting.ok) return fitting
    return accept({
      artifacts: { kind: 'set', set, form, links: symlinks, leftOut },
      ...(archive !== undefined && { archive }),
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

/** The form is seen in the content: it must be one that the name and the options can mean. */
function judgeForm(
  path: string,
  form: Required<FoundSet>['form'],
  { strip, symlinks }: SetFlags,
): Result<undefined, CliProblem> {
  if (form === 'manifest' && ARCHIVE_NAME.test(path)) {
    const message = `Expected ${quote(path)} to be the archive that its name says, found a manifest`
    const hint = 'If the manifest is meant, give it under another name'
    return refuse({ code: 'cli/manifest-named-archive', message, hint })
  }
  if (strip !== undefined && form !== 'archive') {
    return usage(`Expected --strip with an archive: ${quote(path)} is none`)
  }
  if (symlinks !== undefined && form === 'manifest') {
    return usage(`Expected no --symlinks: ${quote(path)} is a manifest, which has no links`)
  }
  return accept(undefined)
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

/** What is asked of files. */
export type Asking = Pick<BundleInput, 'bundles'> & { readonly type?: string | undefined }

/** Whether a bundle that is asked signs bare bytes; with a predicate type only statements are asked. */
function needsBytes({ bundles, type }: Asking): boolean {
  return (
    type === undefined &&
    bundles.some(({ bundle }) => bundle.ok && bundle.value.content.kind === 'message')
  )
}

/** Digests the files; where a bundle that is asked signs bare bytes, each is read whole, once, and digested from there. */
export async function readArtifacts(
  host: Host,
  paths: readonly string[],
  asking: Asking,
): Promise<Result<readonly ExpectedArtifact[]>> {
  const read = needsBytes(asking) ? readSigned : readDigests
  const artifacts: ExpectedArtifact[] = []
  for (const path of paths) {
    const artifact = await read(host, path)
    if (!artifact.ok) return artifact
    artifacts.push(artifact.value)
  }
  return accept(artifacts)
}

/**
 * The archive that a reading has digested; where its bytes are needed, they have to be those.
 *
 * @returns `digest/file-changed` where they are others by now
 */
export async function readSignedArchive(
  host: Host,
  { path, digests }: { readonly path: string; readonly digests: ContentDigests },
  asking: Asking,
): Promise<Result<ExpectedArtifact>> {
  if (!needsBytes(asking)) return accept({ name: path, digest: { ...digests } })
  const signed = await readSigned(host, path)
  if (!signed.ok || signed.value.digest['sha512'] === digests.sha512) return signed
  return refuse({
    code: 'digest/file-changed',
    message: `Expected ${quote(path)} to stay as it is, found it changed while it was read`,
  })
}

async function readDigests(host: Host, path: string): Promise<Result<ExpectedArtifact>> {
  const digest = await host.digestFile(path)
  return digest.ok ? accept({ name: path, digest: { ...digest.value } }) : digest
}

async function readSigned(host: Host, path: string): Promise<Result<ExpectedArtifact>> {
  const read = await host.readBytes(path, { bytesMax: SIGNED_FILE_BYTES_MAX })
  if (!read.ok) return read
  const bytes = read.value
  const digest = {
    sha256: digestBytes('sha256', bytes),
    sha384: digestBytes('sha384', bytes),
    sha512: digestBytes('sha512', bytes),
  }
  return accept({ name: path, digest, bytes })
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
