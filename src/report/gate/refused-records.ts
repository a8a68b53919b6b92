// What clears records of a release that are refused: the ledger keeps them, so it depends on why, and of most nothing does but another release.

import { type Check, failedChecks } from '../../core/index.ts'
import type { RecordCode } from '../../record/index.ts'
import { parseArtifactSetId } from '../../statement/index.ts'
import type { VerifyCode } from '../../verify/index.ts'
import { withdrawalCommand } from './clearing-commands.ts'
import type { ClearingWords } from './clearing-words.ts'

type Code = RecordCode | VerifyCode

const BROUGHT_BACK = 'bring back what is not there'
const NAMED = 'let the trust document name who signed, if they may'
const GIVEN =
  'let the trust document give who signed a role for such records, if they may sign them'
const BUILT = 'let the trust document expect such a build of who signed, if it may be'

/** What a trust document can say, and only whoever keeps it knows whether it may; by the codes of the reasons. */
const TRUSTED: Readonly<Record<string, string>> = {
  'verify/certificate-untrusted': NAMED,
  'verify/claim-unexpected': NAMED,
  'verify/identity-none': NAMED,
  'verify/identity-unexpected': NAMED,
  'verify/issuer-unexpected': NAMED,
  'verify/key-unknown': NAMED,
  'record/role-apart': GIVEN,
  'record/role-general': GIVEN,
  'record/role-threshold': GIVEN,
  'verify/role-missing': GIVEN,
  'verify/role-threshold': GIVEN,
  'verify/build-type': BUILT,
  'verify/builder-id': BUILT,
  'verify/parameter': BUILT,
  'verify/parameter-missing': BUILT,
  'verify/parameter-unexpected': BUILT,
} satisfies Partial<Record<Code, string>>

/** Why no trust document may make it count; of everything else it is that it does not verify. */
const LASTING: Readonly<Record<string, string>> = {
  'record/contradiction': 'what contradicts the others stays in the ledger',
  'verify/key-compromised': 'what a compromised key signed counts no more',
  'verify/key-expired': 'what was signed when a key was over does not count',
  'verify/key-retired': 'what was signed when a key was over does not count',
} satisfies Partial<Record<Code, string>>

/** @param check that records are refused: what they are about was found, and each of them stands below it */
export function refusedRecordsClearing({ found = '', checks = [] }: Check): ClearingWords {
  const refused = checks.filter(({ outcome }) => outcome !== 'accepted')
  const ways = refused.map(wayOf)
  const lasting = ways.flatMap(({ lasting: why }) => why ?? [])
  const releases = found.split(', ').filter((id) => parseArtifactSetId(id).ok)
  const anew =
    releases.length > 0
      ? 'withdraw the release, and make another one'
      : 'make the next release from another commit'
  const words =
    lasting.length > 0 || ways.length === 0
      ? [...lasting, anew]
      : [...ways.flatMap(({ mended }) => mended).toSorted(inOrder), `or ${anew}`]
  return { words: [...new Set(words)].join('; '), commands: releases.map(withdrawalCommand) }
}

/** How one of them is mended; or why nothing mends it. */
function wayOf(record: Check): { readonly mended: readonly string[]; readonly lasting?: string } {
  if (record.outcome === 'missing') return { mended: [BROUGHT_BACK] }
  const codes = failedChecks(record).map(({ code = '' }) => code)
  const left = codes.filter((code) => !(code in TRUSTED))
  if (left.length === 0) return { mended: codes.flatMap((code) => TRUSTED[code] ?? []) }
  const why = left.flatMap((code) => LASTING[code] ?? [])
  return { mended: [], lasting: why[0] ?? 'a record that is not accepted stays in the ledger' }
}

/** Whoever has lost something sees that first. */
function inOrder(a: string, b: string): number {
  return Number(b === BROUGHT_BACK) - Number(a === BROUGHT_BACK)
}
