// Whether the parts of a pack fit together.

import { type Check, countOf, equalBytes, quote } from '../../../core/index.ts'
import { digestBytes } from '../../../digest/index.ts'
import { verifyCheckpoint } from '../../../ledger/index.ts'
import {
  checkInnerManifest,
  type LedgerItem,
  type LedgerScope,
  namedDocuments,
  namedInnerManifests,
  PACK_MANIFEST_PATH,
  type PackManifest,
} from '../../../record/index.ts'
import { missingHead } from '../../judging/missing-head.ts'
import type { LedgerProofs } from '../../pack/ledger-proofs.ts'
import { filesIn, PACK_FOLDERS, PACK_PATHS, recordPathIn } from '../../pack/pack-layout.ts'
import type { PackQuestion } from './pack-audit.ts'
import type { Files, PackParts } from './pack-parts.ts'

/** What counts hangs on the scope, so it is that of whoever asks; a pack that says otherwise is not the one that they mean. */
export function checkScope(asked: LedgerScope, { scope }: PackManifest): Check {
  const name = 'pack-scope'
  if (scope === asked) {
    const message = `It says that it is of the ledger of a ${scope}, as was asked`
    return { name, outcome: 'accepted', message }
  }
  return {
    name,
    outcome: 'rejected',
    code: 'cli/audit-scope',
    message: `It says that it is of the ledger of a ${scope}, and not of a ${asked}`,
    expected: asked,
    found: scope,
    hint:
      scope === 'run'
        ? 'Nobody has adopted the records of a run: say --run to judge it as that'
        : 'Leave out --run, by which records count that nobody has adopted',
  }
}

/** Each record has its proof, and each proof its record. */
export function checkRecordFiles({ entries }: LedgerProofs, files: Files, release: string): Check {
  const name = 'pack-records'
  const paths = new Set(entries.map(({ entry }) => recordPathIn(entry, release)))
  const absent = [...paths].filter((path) => !files.has(path))
  const surplus = [...files.keys()].filter(
    (path) =>
      [PACK_FOLDERS.records, PACK_FOLDERS.referred].some((folder) => path.startsWith(folder)) &&
      !paths.has(path),
  )
  if (absent.length + surplus.length === 0 && paths.size === entries.length) {
    return { name, outcome: 'accepted', message: 'Every record has its place in the ledger' }
  }
  return {
    name,
    outcome: 'rejected',
    code: 'cli/audit-pack',
    message: 'The records of the pack are not those that it proves',
    found: [...absent, ...surplus].map(quote).join(', ') || 'a record twice',
  }
}

/** By the keys of the ledger, whose head it is; not, where it was said aloud that nobody asks. */
export function checkHead(
  { expectation, isUnsigned }: Pick<PackQuestion, 'expectation' | 'isUnsigned'>,
  { head }: LedgerProofs,
  checkpoint: Uint8Array | undefined,
): readonly Check[] {
  if (expectation === undefined) return missingHead({ isUnsigned })
  if (checkpoint === undefined) {
    return [
      {
        name: 'ledger-head',
        outcome: 'missing',
        code: 'cli/ledger-head-missing',
        message: 'The pack has no signed head',
      },
    ]
  }
  const signed = verifyCheckpoint(checkpoint, expectation)
  if (signed.head === undefined) return [signed.check]
  const isSame = signed.head.size === head.size && equalBytes(signed.head.root, head.root)
  if (isSame) return [signed.check]
  return [
    signed.check,
    {
      name: 'ledger-head',
      outcome: 'rejected',
      code: 'cli/ledger-proof',
      message: 'The proofs of the pack lead to another head than the signed one',
      expected: countOf(signed.head.size, 'entry'),
      found: countOf(head.size, 'entry'),
    },
  ]
}

/**
 * The pack is of one release and phase, and what it has besides its records is what they name.
 *
 * @param items that count
 */
export function checkParts(
  items: readonly LedgerItem[],
  { release, phase }: PackManifest,
  { inner, innerSha256, policies }: PackParts,
): readonly Check[] {
  const name = 'pack-release'
  const strangers = items.filter(
    (item) => item.kind === 'record' && item.about.kind === 'set' && item.about.id !== release,
  )
  const named = namedInnerManifests(items)
  const isOfPhase = items.some((item) => item.kind === 'record' && item.release?.phase === phase)
  const wrong = [
    ...strangers.map(({ sha256 }) => `record ${sha256}`),
    ...(isOfPhase ? [] : [`no record of the phase ${phase}`]),
    ...named.filter((sha256) => sha256 !== innerSha256).map((sha256) => `inner manifest ${sha256}`),
  ]
  const agrees = checkInnerManifest({ inner, release, items, registry: policies })
  if (wrong.length === 0) {
    const message = `It is of ${quote(release)}, up to the phase ${phase}`
    return [{ name, outcome: 'accepted', message }, agrees]
  }
  const message = `The pack is not of ${quote(release)} up to the phase ${phase} alone`
  const found = wrong.join(', ')
  return [{ name, outcome: 'rejected', code: 'cli/audit-pack', message, found }, agrees]
}

/** The list of the set is that of the records, and every other file is one that a pack has. */
export function checkDocuments(
  items: readonly LedgerItem[],
  files: Files,
  { inner }: PackParts,
): Check {
  const name = 'pack-documents'
  const set = files.get(PACK_PATHS.set)
  const named = new Set(namedDocuments(items, inner).map(({ sha256 }) => sha256))
  const documents = [...filesIn(files, PACK_FOLDERS.documents)]
  const known: readonly string[] = [...Object.values(PACK_PATHS), PACK_MANIFEST_PATH]
  const folders = Object.values(PACK_FOLDERS)
  const wrong = [
    ...(set === undefined || digestBytes('sha256', set) === inner.set.sha256
      ? []
      : [PACK_PATHS.set]),
    ...documents.flatMap(([sha256, bytes]) =>
      named.has(sha256) && digestBytes('sha256', bytes) === sha256
        ? []
        : [`${PACK_FOLDERS.documents}${sha256}`],
    ),
    ...[...files.keys()].filter(
      (path) => !known.includes(path) && !folders.some((folder) => path.startsWith(folder)),
    ),
  ]
  if (wrong.length === 0) {
    const message = `${countOf(documents.length, 'document')}, each named by its digest`
    return { name, outcome: 'accepted', message }
  }
  const message = 'The pack has files that nothing in it names, or others than those'
  const found = wrong.map(quote).join(', ')
  return { name, outcome: 'rejected', code: 'cli/audit-pack', message, found }
}
