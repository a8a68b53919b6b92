// The outer list of a pack: every other file by its path and digest. What it does not name is not there, and what it names is.

import { strict as assert } from 'node:assert'
import * as z from 'zod/mini'
import {
  type Check,
  compareCodePoints,
  countOf,
  encodeCanonicalJson,
  equalBytes,
  parseBySchema,
  parseJson,
  type Problem,
  quote,
  type Result,
  refuse,
} from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import { PHASES } from '../../policy/index.ts'
import { parseArtifactSetId } from '../../statement/index.ts'
import { describeBreach } from '../family.ts'
import { listOf, rule, SHA256 } from '../statement/member-schema.ts'
import type { RecordProblem } from '../problem.ts'
import { failed, passed } from '../view.ts'

/** Where the list itself stands. */
export const PACK_MANIFEST_PATH = 'manifest.json'

/** A semantic version in its one spelling (semver.org 2.0.0): no number has leading zeros, and no part is empty. */
const NUMBER = '(?:0|[1-9]\\d{0,8})'
const WORD = '[0-9A-Za-z-]+'
const VERSION = new RegExp(
  `^(?=.{1,120}$)${NUMBER}(?:\\.${NUMBER}){2}` +
    `(?:-(?!(?:[^+]*\\.)?0\\d+(?:[.+]|$))${WORD}(?:\\.${WORD})*)?(?:\\+${WORD}(?:\\.${WORD})*)?$`,
  'u',
)

/** The form of the list. */
export const PACK_MANIFEST = z.strictObject({
  schema: z.literal('assay/pack/v1'),
  /** The artifact set id of the release. */
  release: z.string().check(rule((text) => parseArtifactSetId(text).ok, 'an artifact set id')),
  phase: z.enum(PHASES),
  /** Whose ledger the records are from: of that of a run, nobody has adopted anything. */
  scope: z.enum(['project', 'run']),
  /** Of which Assay the page and the schemas of the pack are. */
  assayVersion: z.string().check(z.regex(VERSION, 'a version')),
  files: listOf(
    z.strictObject({
      path: z.string().check(z.minLength(1)),
      sha256: SHA256,
      size: z.int().check(z.gte(0)),
    }),
    ({ path }) => path,
  ),
})

/**
 * The list of a pack.
 *
 * @example { schema: 'assay/pack/v1', release: 'staging__web__v1__1', phase: 'pre-deploy-candidate', scope: 'run', assayVersion: '0.1.0', files: [{ path: 'CHECK.md', … }] }
 */
export type PackManifest = Readonly<z.infer<typeof PACK_MANIFEST>>

/** The files of a pack by their paths. */
export type PackContent = ReadonlyMap<string, Uint8Array>

/** The list of these files, in its one spelling (RFC 8785). */
export function encodePackManifest(
  { release, phase, scope, assayVersion }: Omit<PackManifest, 'schema' | 'files'>,
  content: PackContent,
): Uint8Array {
  const files = [...content]
    .filter(([path]) => path !== PACK_MANIFEST_PATH)
    .toSorted(([a], [b]) => compareCodePoints(a, b))
    .map(([path, bytes]) => ({ path, sha256: digestBytes('sha256', bytes), size: bytes.length }))
  const about = { release, phase, scope, assayVersion }
  const encoded = encodeCanonicalJson({ schema: 'assay/pack/v1', ...about, files })
  assert(encoded.ok, 'paths were names of files')
  return encoded.value
}

/** Reads it again, and no other spelling of it. */
export function parsePackManifest(
  bytes: Uint8Array | undefined,
): Result<PackManifest, RecordProblem> {
  if (bytes === undefined) return malformed('none')
  const json = parseJson(bytes)
  if (!json.ok) return malformed('other bytes', json.problems)
  const shaped = parseBySchema(PACK_MANIFEST, json.value, describeBreach)
  if (!shaped.ok) return malformed('another document', shaped.problems)
  const again = encodeCanonicalJson(shaped.value)
  const paths = shaped.value.files.map(({ path }) => path)
  const sorted = paths.toSorted(compareCodePoints)
  const isSorted = paths.every((path, at) => path === sorted[at])
  if (again.ok && equalBytes(again.value, bytes) && isSorted) return shaped
  return malformed('another spelling of it')
}

function malformed(found: string, because: readonly Problem[] = []): Result<never, RecordProblem> {
  return refuse({
    code: 'record/pack-manifest',
    message: `Expected the list of the files of a pack in ${PACK_MANIFEST_PATH}, found ${found}`,
    ...(because.length > 0 && { because }),
  })
}

/** The files against the list: all of them, under their names, as they were, and no other. */
export function checkPackFiles({ files }: PackManifest, content: PackContent): Check {
  const found = new Map(
    [...content]
      .filter(([path]) => path !== PACK_MANIFEST_PATH)
      .map(([path, bytes]) => [path, digestBytes('sha256', bytes)]),
  )
  const listed = new Map(files.map(({ path, sha256 }) => [path, sha256]))
  const extra = new Map([...found].filter(([path]) => !listed.has(path)))
  const problems = files.flatMap(({ path, sha256, size }) => {
    const bytes = content.get(path)
    if (bytes === undefined) return [missing(path, renamedTo(sha256, extra))]
    return found.get(path) === sha256 && bytes.length === size ? [] : [changed(path)]
  })
  const [first, ...more] = [...problems, ...[...extra.keys()].map(surplus)]
  if (first === undefined) {
    return passed(
      'pack-files',
      `All ${countOf(files.length, 'file')} are those of the list, and no other`,
    )
  }
  return failed('pack-files', 'rejected', first.code, 'The files are not those of the list', {
    because: [first, ...more],
  })
}

/** Takes what was found under another name out of what is too much. */
function renamedTo(sha256: string, extra: Map<string, string>): string | undefined {
  const [path] = [...extra].find(([, digest]) => digest === sha256) ?? []
  if (path !== undefined) extra.delete(path)
  return path
}

function missing(path: string, found: string | undefined): RecordProblem {
  if (found === undefined) {
    const message = `Expected the file ${quote(path)}, found none`
    return { code: 'record/pack-file-missing', message }
  }
  const message = `Expected the file ${quote(path)}, found it as ${quote(found)}`
  return { code: 'record/pack-file-renamed', message }
}

function changed(path: string): RecordProblem {
  const message = `Expected the file ${quote(path)} as it was packed, found another`
  return { code: 'record/pack-file-changed', message }
}

function surplus(path: string): RecordProblem {
  const message = `Expected no file besides those of the list, found ${quote(path)}`
  return { code: 'record/pack-file-extra', message }
}
