// `assay record manifest`: the inner manifest of a release: by digest, all that exists before any record of it.

import { buildCommand } from '@stricli/core'
import {
  accept,
  escapeText,
  LIMITS,
  parseJson,
  quote,
  type Result,
  refuse,
} from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import type { Host } from '../../host/index.ts'
import { encodeInnerManifest } from '../../record/index.ts'
import { parseSnapshot } from '../../snapshot/index.ts'
import { parseArtifactSetId } from '../../statement/index.ts'
import { type Answer, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { atPath } from '../file-input.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT, TEXT } from '../flags.ts'
import type { CliProblem } from '../problem.ts'
import { usage } from '../usage.ts'
import { describeChanges } from '../work-tree.ts'
import { digestSetAt } from './set-input.ts'
import { DEFAULT_POLICIES, readRegistry } from './registry-input.ts'

interface Flags {
  readonly releaseId: string
  readonly set: string
  readonly snapshot: string
  readonly provenance?: readonly string[]
  readonly sbom?: readonly string[]
  readonly policies?: string
  readonly sourceRevision?: string
  readonly out: string
  readonly format: Format
}

const FILES = { ...OPTIONAL_TEXT, variadic: true, placeholder: 'FILE' } as const

/** `assay record manifest` */
export const command = buildCommand<Flags, [], RunContext>({
  docs: {
    brief: 'Write the inner manifest: all that exists before any record of a release, by digest',
    fullDescription: [
      'Names the set, the snapshot, provenance and SBOM, and every policy of the target as it is now. Records',
      'of tracking and attestation name the manifest by its digest. The same parts give the same bytes.',
      '',
      'Example: assay record manifest --release-id staging__render_staging_rollout__v1.2.0__4711-1 --set dist',
      '  --snapshot snapshot.json --provenance provenance.sigstore.json --sbom sbom.cdx.json',
      '  --out inner-manifest.json',
    ].join('\n'),
  },
  parameters: {
    flags: {
      releaseId: {
        ...TEXT,
        placeholder: 'SET_ID',
        brief: 'The release: <channel>__<target>__<version>__<run>',
      },
      set: { ...TEXT, placeholder: 'PATH', brief: 'Its set: a folder, an archive or SHA256SUMS' },
      snapshot: { ...TEXT, placeholder: 'FILE', brief: 'Snapshot that it was made from' },
      provenance: { ...FILES, brief: 'Bundle of its provenance; may be repeated' },
      sbom: { ...FILES, brief: 'Its SBOM, a file or bundle; may be repeated' },
      policies: {
        ...OPTIONAL_TEXT,
        placeholder: 'DIR',
        brief: `Folder of policies; ${DEFAULT_POLICIES} where it is there`,
      },
      sourceRevision: {
        ...OPTIONAL_TEXT,
        placeholder: 'SHA',
        brief: 'Commit of the release; else that of the snapshot, where it is clean',
      },
      out: { ...TEXT, placeholder: 'FILE', brief: 'Where to write it' },
      format: FORMAT_FLAG,
    },
  },
  func: answering(async (host, flags: Flags) => writeManifest(host, flags)),
})

async function writeManifest(host: Host, flags: Flags): Promise<Answer> {
  const made = await makeManifest(host, flags)
  if (!made.ok) return refused(made.problems)
  const { bytes, notes } = made.value
  const manifest = parseJson(bytes)
  if (!manifest.ok) return refused(manifest.problems)
  const written = await host.writeBytes(flags.out, bytes)
  if (!written.ok) return refused(written.problems)
  const sha256 = digestBytes('sha256', bytes)
  return {
    kind: 'finished',
    outcome: 'accepted',
    notes: [...notes, `Wrote ${escapeText(flags.out)}`],
    text: `${sha256}\n`,
    document: {
      schema: 'assay/record-manifest/v1',
      out: flags.out,
      sha256,
      manifest: manifest.value,
    },
  }
}

interface Manifest {
  readonly bytes: Uint8Array
  readonly notes: readonly string[]
}

async function makeManifest(host: Host, flags: Flags): Promise<Result<Manifest>> {
  const id = parseArtifactSetId(flags.releaseId)
  if (!id.ok) return id
  const policies = await readPolicies(host, flags.policies, id.value.target)
  if (!policies.ok) return policies
  const source = await readSource(host, flags)
  if (!source.ok) return source
  const set = await digestSetAt(host, flags.set)
  if (!set.ok) return set
  const provenance = await digestFiles(host, flags.provenance)
  if (!provenance.ok) return provenance
  const sbom = await digestFiles(host, flags.sbom)
  if (!sbom.ok) return sbom
  const bytes = encodeInnerManifest({
    set: { id: flags.releaseId, sha256: set.value.digest },
    ...source.value,
    provenance: [...provenance.value],
    sbom: [...sbom.value],
    policies: [...policies.value],
  })
  return bytes.ok ? accept({ bytes: bytes.value, notes: set.value.notes }) : bytes
}

interface PolicyDigest {
  readonly id: string
  readonly sha256: string
}

async function readPolicies(
  host: Host,
  folder: string | undefined,
  target: string,
): Promise<Result<readonly PolicyDigest[]>> {
  const registry = await readRegistry(host, folder)
  if (!registry.ok) return registry
  const policies = registry.value?.policiesOf(target) ?? []
  if (policies.length > 0) return accept(policies.map(({ id, digest }) => ({ id, sha256: digest })))
  const found = registry.value === undefined ? 'no policies' : `none for ${quote(target)}`
  return usage(`Expected --policies DIR with the policies of the target, found ${found}`)
}

interface Source {
  readonly snapshot: string
  readonly sourceRevision: string
}

/** The snapshot by digest, and the commit: what both say has to be one. */
async function readSource(
  host: Host,
  { snapshot: path, sourceRevision: said }: Flags,
): Promise<Result<Source>> {
  const bytes = await host.readBytes(path, { bytesMax: LIMITS.inputBytesMax })
  if (!bytes.ok) return bytes
  const snapshot = atPath(parseSnapshot(bytes.value), path)
  if (!snapshot.ok) return snapshot
  const { source } = snapshot.value
  const found = source.state === 'clean' ? source.commit : undefined
  const sourceRevision = said ?? found
  if (sourceRevision === undefined) {
    const why = source.state === 'absent' ? source.reason : `found ${describeChanges(source)}`
    return usage(`Expected --source-revision SHA: the snapshot is of no clean checkout, ${why}`)
  }
  if (found === undefined || found === sourceRevision) {
    return accept({ snapshot: digestBytes('sha256', bytes.value), sourceRevision })
  }
  return refuse<CliProblem>({
    code: 'cli/record-release',
    message: `Expected ${quote(found)} as the commit of the release, as the snapshot has it, found ${quote(sourceRevision)}`,
    at: '--source-revision',
  })
}

async function digestFiles(
  host: Host,
  paths: readonly string[] = [],
): Promise<Result<readonly string[]>> {
  const digests: string[] = []
  for (const path of paths) {
    const found = await host.digestFile(path)
    if (!found.ok) return found
    digests.push(found.value.sha256)
  }
  return accept(digests)
}
