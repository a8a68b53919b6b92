// Whether what a pack has for people and other tools follows from the rest of it, so that nobody is shown other keys or a page that lies.

import {
  type Check,
  countOf,
  equalBytes,
  isJsonObject,
  parseJson,
  quote,
} from '../../../core/index.ts'
import type { PackManifest } from '../../../record/index.ts'
import type { TrustDocument } from '../../../trust/index.ts'
import { derivedFiles } from '../../pack/derived-files.ts'
import { PACK_FOLDERS, PACK_PATHS } from '../../pack/pack-layout.ts'
import { trustFiles } from '../../pack/trust-files.ts'
import { VERSION } from '../../version.ts'
import type { Files, PackParts } from './pack-parts.ts'

/** Keys and roots as files are those of the trust document. */
export function checkKeys(trust: TrustDocument, files: Files): Check {
  const name = 'pack-keys'
  const wrong = differences(trustFiles(trust), files, [PACK_FOLDERS.keys, PACK_FOLDERS.roots])
  if (wrong.length === 0) {
    const message = 'Its keys and roots are those of its trust document'
    return { name, outcome: 'accepted', message }
  }
  return {
    name,
    outcome: 'rejected',
    code: 'cli/audit-pack',
    message: 'The keys and roots in the pack are not those of its trust document',
    found: wrong.map(quote).join(', '),
  }
}

/** What is found of the page and the schemas. */
export interface PagesFinding {
  readonly check: Check
  /** A line where they can not be derived again. */
  readonly notJudged: readonly string[]
}

/** What is asked of the page and the schemas. */
export interface PagesQuestion extends Pick<PackParts, 'trust' | 'proofs'> {
  readonly manifest: PackManifest
  readonly files: Files
  /** Said aloud: the page and the schemas of another version are not believed. */
  readonly isIgnored: boolean
}

/**
 * The page and the schemas are the ones that this Assay writes for such a pack. One of another version may have written others: nobody signed
 * which version it is of, so nobody is told in silence that they are good. Another version may have other schemas as well, of families that
 * it knows. No version leaves out the page, or has more than schemas.
 */
export function judgePages({
  manifest,
  trust,
  proofs,
  files,
  isIgnored,
}: PagesQuestion): PagesFinding {
  const name = 'pack-pages'
  const { assayVersion } = manifest
  const hasSet = files.has(PACK_PATHS.set)
  const expected = derivedFiles({ ...manifest, trust, proofs, hasSet })
  const wrong = differences(expected, files, [PACK_FOLDERS.schemas])
  if (wrong.length === 0) {
    const message = `Its page and its ${countOf(expected.size - 1, 'schema')} are those that Assay writes`
    return { check: { name, outcome: 'accepted', message }, notJudged: [] }
  }
  const found = wrong.map(quote).join(', ')
  const surplus = wrong.filter((path) => !expected.has(path))
  const isOfNone =
    !files.has(PACK_PATHS.check) || !surplus.every((path) => isSchema(path, files.get(path)))
  if (assayVersion === VERSION || isOfNone) {
    const message = 'The page and the schemas in the pack are not those that Assay writes'
    const check: Check = { name, outcome: 'rejected', code: 'cli/audit-pack', message, found }
    return { check, notJudged: [] }
  }
  const whose = `by its own word of Assay ${quote(assayVersion)}`
  const notJudged = [`What stands in ${found}, ${whose}: not to be believed, nor run`]
  const message = `It has a page or schemas that are ${whose}, which this one can not make again`
  const facts = { message, expected: `Assay ${VERSION}`, found }
  return isIgnored
    ? { check: { name, outcome: 'accepted', ...facts }, notJudged }
    : { check: { name, outcome: 'missing', ...facts, ...UNKNOWN_PAGES }, notJudged }
}

const SCHEMA_NAME = /^[a-z0-9][a-z0-9.-]*\.json$/

/** Whether it is named as schemas are, and is one: data that says so, and nothing to be run. */
function isSchema(path: string, bytes: Uint8Array | undefined): boolean {
  const name = path.slice(PACK_FOLDERS.schemas.length)
  if (bytes === undefined || !SCHEMA_NAME.test(name)) return false
  const json = parseJson(bytes)
  if (!json.ok || !isJsonObject(json.value)) return false
  const { $schema } = json.value
  return typeof $schema === 'string' && $schema.startsWith('https://json-schema.org/')
}

const UNKNOWN_PAGES = {
  code: 'cli/audit-pack-version',
  hint: 'Audit it with that version of Assay; or --ignore-pages says that nobody believes or runs them: nothing else rests on them',
} as const

/** What is not there as it should be, and what is too much in these folders. */
function differences(expected: Files, files: Files, folders: readonly string[]): readonly string[] {
  const wrong = [...expected].flatMap(([path, bytes]) => {
    const file = files.get(path)
    return file !== undefined && equalBytes(file, bytes) ? [] : [path]
  })
  const surplus = [...files.keys()].filter(
    (path) => folders.some((folder) => path.startsWith(folder)) && !expected.has(path),
  )
  return [...wrong, ...surplus]
}
