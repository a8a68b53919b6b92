// Under what a ledger is judged, as a command line says it: trust, policies, heads and time.

import { accept, type Instant, type Result } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import { type JudgedHeadFlags, readHeadExpectation, readKeptHead } from '../ledger/ledger-flags.ts'
import { readRegistry } from '../record/registry-input.ts'
import { readTrust } from '../trust/trust-file.ts'
import { usage } from '../usage.ts'
import type { LedgerQuestion } from './ledger-judging.ts'

/** What may be said on the command line. */
export interface LedgerSettingFlags extends JudgedHeadFlags {
  readonly trust: string
  readonly policies?: string
  readonly at?: Instant
  readonly unsafeExampleKeys?: boolean
}

/** All that is asked about a ledger, but for what is wanted of it. */
export type LedgerSetting = Omit<LedgerQuestion, 'scope' | 'only' | 'onRelease'>

/** Reads it. */
export async function readLedgerSetting(
  host: Host,
  flags: LedgerSettingFlags,
  path: string,
): Promise<Result<LedgerSetting>> {
  const { policies, head, maxAge, at, unsafeExampleKeys } = flags
  const expectation = await readHeadExpectation(host, flags)
  if (!expectation.ok) return expectation
  const isUnsigned = flags.unsafeUnsigned === true
  if (expectation.value !== undefined && isUnsigned) {
    return usage('Expected --log-key KEY or --unsafe-unsigned, found both')
  }
  if (expectation.value === undefined && (head !== undefined || maxAge !== undefined)) {
    return usage('Expected --log-key with --head and --max-age')
  }
  const trust = await readTrust(host, flags.trust)
  if (!trust.ok) return trust
  const registry = await readRegistry(host, policies)
  if (!registry.ok) return registry
  const older = await readKeptHead(host, head, expectation.value)
  if (!older.ok) return older
  const now = host.now()
  return accept({
    store: await host.openLedger(path),
    trust: trust.value,
    registry: registry.value,
    expectation: expectation.value,
    older: older.value,
    age: maxAge === undefined ? undefined : { now: at ?? now, maxAgeMs: maxAge },
    isUnsigned,
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
