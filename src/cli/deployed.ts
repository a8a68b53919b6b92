// `assay deployed`: is what lies here exactly the signed release?

import assert from 'node:assert/strict'
import { buildCommand } from '@stricli/core'
import { accept, type Result } from '../core/index.ts'
import type { Host } from '../host/index.ts'
import type { ExpectedArtifacts } from '../verify/index.ts'
import { type Answer, refused } from './answer.ts'
import { answering, type RunContext } from './context.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT, parseText, TEXT } from './flags.ts'
import { readTrust } from './trust/trust-file.ts'
import { readSet, readSignedArchive, type SetInput } from './verify/artifact-input.ts'
import { type BundleInput, readBundles } from './verify/bundle-input.ts'
import {
  packageOf,
  PROVENANCE_FLAGS,
  type ProvenanceFlags,
  provenanceOf,
} from './verify/expectation-flags.ts'
import { SUMMARY_FLAGS, type SummaryFlags, summaryOf } from './verify/summary-flags.ts'
import { parseGlob, SET_FLAGS, type SetFlags } from './set-flags.ts'
import { answerVerification, SIGNATURE_FLAGS, type SignatureFlags } from './verify/verification.ts'

interface Flags extends SignatureFlags, ProvenanceFlags, SummaryFlags, SetFlags {
  readonly release: readonly string[]
  readonly archive?: string
  readonly ignore?: readonly string[]
  readonly format: Format
}

export const command = buildCommand<Flags, [path: string], RunContext>({
  docs: {
    brief: 'Check that what lies here is exactly the signed release',
    fullDescription: [
      'Closed-world: a file that is missing, changed, renamed or too many is refused, and so is a symbolic',
      'link. What --ignore leaves out is listed in the verdict; a signed file can not be ignored.',
    ].join('\n'),
  },
  parameters: {
    flags: {
      release: {
        ...TEXT,
        variadic: true,
        placeholder: 'BUNDLE',
        brief: 'The bundle of the release, JSON Lines of bundles, or "-" for standard input',
      },
      archive: {
        ...OPTIONAL_TEXT,
        placeholder: 'FILE',
        brief:
          'The release signs this archive, and its contents should lie here (npm: with --strip 1)',
      },
      ignore: {
        kind: 'parsed',
        parse: parseGlob,
        optional: true,
        variadic: true,
        placeholder: 'GLOB',
        brief: 'Paths here that belong to no release, such as logs',
      },
      ...SET_FLAGS,
      ...SIGNATURE_FLAGS,
      ...PROVENANCE_FLAGS,
      ...SUMMARY_FLAGS,
      format: FORMAT_FLAG,
    },
    positional: {
      kind: 'tuple',
      parameters: [
        {
          brief: 'A folder, an archive, or a SHA256SUMS file that was made where the release runs',
          placeholder: 'path',
          parse: parseText,
        },
      ],
    },
  },
  func: answering(async (host, flags: Flags, path: string) => checkDeployed(host, flags, path)),
})

async function checkDeployed(host: Host, said: Flags, path: string): Promise<Answer> {
  const input = summaryOf(said)
  if (!input.ok) return refused(input.problems)
  const { summary, ...type } = input.value
  const flags = { ...said, ...type }
  const trust = await readTrust(host, flags.trust)
  if (!trust.ok) return refused(trust.problems)
  const bundles = await readBundles(host, flags.release, flags.type)
  if (!bundles.ok) return refused(bundles.problems)
  const found = await readFound(host, flags, path, bundles.value)
  if (!found.ok) return refused(found.problems)
  const provenance = provenanceOf(flags)
  const asked = packageOf(flags)
  return answerVerification(host, flags, {
    trust: trust.value,
    bundles: bundles.value,
    expectation: {
      artifacts: found.value.artifacts,
      ...(provenance !== undefined && { provenance }),
      ...(asked !== undefined && { package: asked }),
      ...(summary !== undefined && { summary }),
    },
    notes: found.value.notes,
  })
}

interface FoundInput {
  readonly artifacts: ExpectedArtifacts
  readonly notes: readonly string[]
}

async function readFound(
  host: Host,
  { archive, ignore, strip, symlinks, type }: Flags,
  path: string,
  bundles: BundleInput,
): Promise<Result<FoundInput>> {
  const found = await readSet(host, path, {
    bundles,
    ...(ignore !== undefined && { exclude: ignore }),
    ...(symlinks !== undefined && { symlinks }),
    ...(strip !== undefined && archive === undefined && { strip }),
  })
  if (archive === undefined || !found.ok) return found
  return readInstalled(host, { archive, strip, bundles, type }, found.value)
}

/** The archive is digested in the reading of its contents: what is signed must be what was read. */
async function readInstalled(
  host: Host,
  options: {
    readonly archive: string
    readonly strip: number | undefined
    readonly bundles: BundleInput
    readonly type: string | undefined
  },
  found: SetInput,
): Promise<Result<FoundInput>> {
  const { archive, strip, bundles, type } = options
  const contents = await readSet(host, archive, {
    bundles,
    digestArchive: true,
    ...(strip !== undefined && { strip }),
  })
  if (!contents.ok) return contents
  const { archive: digests } = contents.value
  assert(digests !== undefined, 'the archive was digested, as was asked')
  const signed = await readSignedArchive(host, { path: archive, digests }, { ...bundles, type })
  if (!signed.ok) return signed
  return accept({
    artifacts: {
      ...found.artifacts,
      kind: 'contents',
      archive: signed.value,
      contents: contents.value.artifacts.set.artifacts,
    },
    notes: [...found.notes, ...contents.value.notes],
  })
}
