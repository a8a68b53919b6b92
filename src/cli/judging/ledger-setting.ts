// Under what a ledger is judged, as a command line says it: trust, policies, heads and time.

import { accept, type Instant, type Result } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import { judgeHeadKeys } from '../ledger/head-keys.ts'
import { type JudgedHeadFlags, readHeadExpectation, readKeptHead } from '../ledger/ledger-flags.ts'
import { readRegistry } from '../record/registry-input.ts'
import { readTrust } from '../trust/trust-file.ts'
import { usage } from '../usage.ts'
import type { LedgerQuestion } from './ledger-judging.ts'
import { isNow } from './time-selection.ts'

/** What may be said on the command line. */
export interface LedgerSettingFlags extends JudgedHeadFlags {
  readonly trust: string
  readonly policies?: string
  readonly at?: Instant
  readonly unsafeExampleKeys?: boolean
}

/** All that is asked about a ledger, but for what is wanted of it. */
export type LedgerSetting = Omit<LedgerQuestion, 'scope' | 'only' | 'onRelease'>

/** What is asked of the signed head. */
export type HeadSetting = Pick<LedgerQuestion, 'expectation' | 'older' | 'age' | 'isUnsigned'>

/** Reads it. */
export async function readHeadSetting(
  host: Host,
  flags: JudgedHeadFlags,
  now: Instant,
): Promise<Result<HeadSetting>> {
  const { head, maxAge } = flags
  const expectation = await readHeadExpectation(host, flags)
  if (!expectation.ok) return expectation
  const isUnsigned = flags.unsafeUnsigned === true
  if (expectation.value !== undefined && isUnsigned) {
    return usage('Expected --log-key KEY or --unsafe-unsigned, found both')
  }
  if (expectation.value === undefined && (head !== undefined || maxAge !== undefined)) {
    return usage('Expected --log-key with --head and --max-age')
  }
  const older = await readKeptHead(host, head, expectation.value)
  if (!older.ok) return older
  return accept({
    expectation: expectation.value,
    older: older.value,
    age: maxAge === undefined ? undefined : { now, maxAgeMs: maxAge },
    isUnsigned,
  })
}

/** Reads it. */
export async function readLedgerSetting(
  host: Host,
  flags: LedgerSettingFlags,
  path: string,
): Promise<Result<LedgerSetting>> {
  const { policies, at, unsafeExampleKeys } = flags
  const now = host.now()
  const heads = await readHeadSetting(host, flags, at === undefined || isNow(at, now) ? now : at)
  if (!heads.ok) return heads
  const trust = await readTrust(host, flags.trust)
  if (!trust.ok) return trust
  const sound = judgeHeadKeys(heads.value.expectation, trust.value)
  if (!sound.ok) return sound
  const registry = await readRegistry(host, policies)
  if (!registry.ok) return registry
  return accept({
    ...heads.value,
    store: await host.openLedger(path),
    trust: trust.value,
    registry: registry.value,
    now,
    at,
    unsafeExampleKeys,
  })
}

/** What a person has to know of the setting. */
export function notesOf(isUnsigned: boolean): readonly string[] {
  return isUnsigned
    ? ['UNSAFE: no signed head was judged, so that entries may have been dropped unseen']
    : []
}
