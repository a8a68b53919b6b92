// What a verification is about, as the command line names it: one set, or files and digests.

import { accept, quote, type Result, refuse } from '../../core/index.ts'
import { DIGEST_HEX_LENGTH, type DigestAlgorithm } from '../../digest/index.ts'
import type { Host } from '../../host/index.ts'
import { parseStatement } from '../../statement/index.ts'
import type { ExpectedArtifact, FoundSet, NamedBundle } from '../../verify/index.ts'
import type { CliProblem } from '../problem.ts'
import type { SetFlags } from '../set-flags.ts'
import { usage } from '../usage.ts'
import type { BundleInput } from './bundle-input.ts'

/** A set as it was found, with what there is to tell about it. */
export interface SetInput {
  readonly artifacts: { readonly kind: 'set' } & Required<FoundSet>
  /** For a person. */
  readonly notes: readonly string[]
}

/** How the set is read; options that were not given are absent. */
export interface SetReadingOptions extends SetFlags {
  readonly exclude?: readonly string[]
  readonly bundles: BundleInput
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
  const { strip, exclude, symlinks = 'refuse', bundles } = options
  const progress = host.startProgress(`Digesting ${path}`)
  try {
    const reading = await host.readArtifactSet([path], {
      form: 'detect',
      symlinks: 'list',
      sha512: bundles.bundles.some(namesSha512),
      bundles: bundles.paths,
      ...(strip !== undefined && { strip }),
      ...(exclude !== undefined && { exclude }),
      onProgress: (done) => progress.report(done),
    })
    if (!reading.ok) return reading
    const { set, leftOut, warnings } = reading.value
    const form = FORMS[reading.value.form]
    const fitting = judgeForm(path, form, options)
    if (!fitting.ok) return fitting
    return accept({
      artifacts: { kind: 'set', set, form, links: symlinks, leftOut },
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

/** Digests the files; where a bundle that is asked signs bare bytes, they are read whole. */
export async function readArtifacts(
  host: Host,
  paths: readonly string[],
  { bundles, type }: Pick<BundleInput, 'bundles'> & { readonly type?: string | undefined },
): Promise<Result<readonly ExpectedArtifact[]>> {
  // With a predicate type only statements are asked.
  const needsBytes =
    type === undefined &&
    bundles.some(({ bundle }) => bundle.ok && bundle.value.content.kind === 'message')
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
