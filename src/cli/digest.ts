// `assay digest PATH…`: the artifact set of what lies there, or with `--check` how it differs from a manifest.

import assert from 'node:assert/strict'
import { buildCommand } from '@stricli/core'
import {
  accept,
  countOf,
  encodeDocument,
  encodeUtf8,
  escapeText,
  type Result,
} from '../core/index.ts'
import { digestSet, encodeManifestLines } from '../digest/index.ts'
import type { ArtifactSetReading, Host } from '../host/index.ts'
import { type Answer, refused } from './answer.ts'
import { answering, type RunContext } from './context.ts'
import { answerCheck } from './digest/check.ts'
import { describeReading, notesOf } from './digest/reading.ts'
import { judgeReplaced } from './replaced.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT, parseText, SWITCH } from './flags.ts'
import { EXCLUDE_FLAG, SET_FLAGS, type SetFlags } from './set-flags.ts'
import { usage } from './usage.ts'

interface Flags extends SetFlags {
  readonly out?: string
  readonly check?: string
  readonly contents?: boolean
  readonly exclude?: readonly string[]
  readonly algorithm?: readonly Algorithm[]
  readonly format: Format
}

type Algorithm = 'sha256' | 'sha512'

/** `assay digest`. */
export const command = buildCommand<Flags, string[], RunContext>({
  docs: {
    brief: 'Digest files into a manifest, or check them against one',
    fullDescription: [
      'Prints what sha256sum prints for the same files, sorted by path: sha256sum -c accepts it. The SHA-256 of that',
      "manifest identifies the set; it is in-toto's dirHash and what Go calls h1. The names are relative to PATH when it is",
      'one folder, and as given otherwise. Dot files count, links are never followed, nothing is skipped silently.',
    ].join('\n'),
  },
  parameters: {
    flags: {
      check: {
        ...OPTIONAL_TEXT,
        placeholder: 'SHA256SUMS',
        brief:
          'Compare with this manifest: anything missing, changed, renamed or too many is refused',
      },
      out: {
        ...OPTIONAL_TEXT,
        placeholder: 'FILE',
        brief: 'Write the manifest there, or with --format json the document',
      },
      contents: {
        ...SWITCH,
        brief: 'PATH is a .tar, .tgz or .tar.gz file: digest what is in it, without extracting it',
      },
      exclude: {
        ...EXCLUDE_FLAG,
        brief:
          'Leave out what matches: a name at any depth, or with a slash a whole path; it is listed',
      },
      algorithm: {
        kind: 'enum',
        values: ['sha256', 'sha512'],
        variadic: true,
        optional: true,
        brief:
          'Digest of the manifest (sha256 by default); JSON takes several, and always has sha256',
      },
      ...SET_FLAGS,
      format: FORMAT_FLAG,
    },
    positional: {
      kind: 'array',
      minimum: 1,
      parameter: {
        brief: 'File, folder or archive',
        placeholder: 'path',
        parse: parseText,
      },
    },
  },
  func: answering(async (host, flags: Flags, ...paths: string[]) => {
    const usage = judgeUsage(flags)
    if (!usage.ok) return refused(usage.problems)
    const { check } = flags
    if (check === undefined) return digest(host, flags, paths)
    return answerCheck(host, {
      manifest: check,
      algorithm: flags.algorithm?.[0],
      read: (sha512) => readSet(host, flags, paths, sha512),
    })
  }),
})

/** Options that say nothing together. */
function judgeUsage({ out, check, contents, strip, algorithm, format }: Flags): Result<undefined> {
  if (strip !== undefined && contents !== true) {
    return usage('Expected --strip with --contents: only the names in an archive are stripped')
  }
  if (check !== undefined && out !== undefined) {
    return usage('Expected --check or --out, found both: a check writes no manifest')
  }
  const isOne = check !== undefined || format === 'text'
  if (isOne && algorithm !== undefined && new Set(algorithm).size > 1) {
    return usage('Expected one --algorithm: a manifest has one, --format json has several')
  }
  return accept(undefined)
}

async function readSet(host: Host, flags: Flags, paths: readonly string[], sha512: boolean) {
  const manifest = flags.out ?? flags.check
  const progress = host.startProgress('Digesting')
  return host
    .readArtifactSet(paths, {
      form: flags.contents === true ? 'contents' : 'file',
      sha512,
      ...(flags.strip !== undefined && { strip: flags.strip }),
      ...(flags.exclude !== undefined && { exclude: flags.exclude }),
      ...(flags.symlinks !== undefined && { symlinks: flags.symlinks }),
      ...(manifest !== undefined && { manifest }),
      onProgress: (done) => progress.report(done),
    })
    .finally(() => progress.end())
}

async function digest(host: Host, flags: Flags, paths: readonly string[]): Promise<Answer> {
  const { out, format, algorithm = ['sha256'] } = flags
  const reading = await readSet(host, flags, paths, algorithm.includes('sha512'))
  if (!reading.ok) return refused(reading.problems)
  const notes = notesOf(reading.value)
  const replaced = await judgeReplaced(host, out, {
    kind: 'manifest',
    leftOut: reading.value.leftOut,
  })
  if (!replaced.ok) return refused(replaced.problems)
  const document = { schema: 'assay/digest/v1', ...describeReading(reading.value) }
  const manifest = encodeManifestAs(algorithm[0] ?? 'sha256', reading.value)
  if (out === undefined) {
    return { kind: 'finished', outcome: 'accepted', document, text: manifest, notes }
  }
  const file = format === 'json' ? encodeUtf8(encodeDocument(document)) : manifest
  const written = await host.writeBytes(out, file)
  if (!written.ok) return refused(written.problems)
  const { artifacts } = reading.value.set
  const text = `${escapeText(out)}: ${countOf(artifacts.length, 'artifact')}, dirHash ${digestSet(artifacts)}\n`
  return { kind: 'finished', outcome: 'accepted', document, text, notes }
}

function encodeManifestAs(algorithm: Algorithm, { set }: ArtifactSetReading): Uint8Array {
  return encodeManifestLines(
    set.artifacts.map(({ path, [algorithm]: digest }) => {
      assert(digest !== undefined, `each artifact was digested with ${algorithm}`)
      return { path, digest }
    }),
  )
}
