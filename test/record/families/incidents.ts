// Incidents, and what ran again after them, for tests.

import { COMMAND } from '../../../src/record/families/command.ts'
import { INCIDENT } from '../../../src/record/families/incident.ts'
import { TEST_RESULT } from '../../../src/record/families/test-result.ts'
import type { LedgerItem } from '../../../src/record/index.ts'
import { digestOf } from '../../verify/release.ts'
import { type FoldedOptions, foldedRecord, viewAmong } from '../folded.ts'
import { ranCommand } from '../ran-command.ts'
import { goldenRecord } from '../golden-record.ts'
import { REVISION } from '../signed.ts'

export const GOLDEN = goldenRecord(INCIDENT)
export const MEMBERS = GOLDEN.members
export const CONTROL = 'web-proxy-health-ok'
export const RERUN = digestOf('the bundle of the passing re-run')
export const OPENING = {
  incident: 'INC-2026-014',
  trigger: 'web-proxy-health-ok failed on the default branch',
  openedAt: '2026-04-10T15:00:00Z',
}

export const incident = (members: object, index: number, options: FoldedOptions = {}) =>
  foldedRecord(INCIDENT, members, { index, ...options })
export const opening = incident(OPENING, 1, { signer: 'olga' })
export const closing = incident(MEMBERS, 9)

export const tests = (members: object, options: FoldedOptions = {}) =>
  foldedRecord(
    TEST_RESULT,
    { configuration: [{ digest: { sha256: digestOf('config') } }], ...members },
    { index: 5, sha256: RERUN, ...options },
  )
export const rerun = tests({ result: 'PASSED', passedTests: [CONTROL] })
export const commands = (name: string, options: FoldedOptions = {}, exitCode = 0) =>
  foldedRecord(
    COMMAND,
    {
      commit: REVISION,
      startedAt: '2026-04-10T16:00:00Z',
      endedAt: '2026-04-10T16:01:00Z',
      commands: [ranCommand(name, exitCode)],
      notRun: [],
    },
    { index: 5, sha256: RERUN, ...options },
  )

export const viewOf = (record: ReturnType<typeof incident>, ...others: readonly LedgerItem[]) =>
  viewAmong(INCIDENT, record, [record, ...others])
export const codesOf = ({ check }: ReturnType<typeof viewOf>) =>
  (check.checks ?? []).flatMap(({ code, checks = [] }) =>
    [code, ...checks.map((part) => part.code)].filter((found) => found !== undefined),
  )
