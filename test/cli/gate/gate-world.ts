// A project whose staging gate is go: two adopted releases, and what was run at their commit; or with some of that left out.

import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject } from '../../../src/core/index.ts'
import { COMMAND } from '../../../src/record/families/command.ts'
import { WAIVER } from '../../../src/record/families/waiver.ts'
import { goldenRecord } from '../../record/golden-record.ts'
import { fileOf, REVISION, statementOf } from '../../record/signed.ts'
import { commitResult, put, SHIPPED_POLICIES } from '../audit-world.ts'
import type { LedgerWorld, Said } from '../ledger-world.ts'
import { openProjectWorld, RELEASE } from '../project-world.ts'

export const STAGING = 'gate.release_target.render_staging_rollout'
export const PRODUCTION = 'gate.release_target.render_production_launch'
export const UNDER = `--policies policies --trust trust.json --log-key log.vkey`

const CI = 'evidence.repo.ci_monorepo_validation'

/** The records that the gate asks for about the commit. */
export const COMMIT_RECORDS = {
  ci: commitResult('PASSED', CI),
  preflight: commitResult('PASSED', 'evidence.staging.cloud_preflight'),
  initiation: fileOf(
    statementOf('command', goldenRecord(COMMAND).members as JsonObject, {
      about: { kind: 'commit', commit: REVISION },
      header: { evidence: 'evidence.staging.render_rollout_workflow' },
    }),
    'alice',
  ),
} as const

/** A test result that answers no definition. */
export const UNIT_TESTS = fileOf(
  statementOf(
    'test-result',
    {
      result: 'PASSED',
      configuration: [{ digest: { sha256: '0'.repeat(64) } }],
      passedTests: ['unit'],
    },
    { about: { kind: 'commit', commit: REVISION }, header: {} },
  ),
)

export const FAILED_CI = commitResult('FAILED', CI)
/** As {@link FAILED_CI}, told of an hour and a half later than it is now. */
export const FAILED_LATE = commitResult('FAILED', CI, { reportedAt: '2026-04-10T13:30:00Z' })

/** Answered for by a person, until a day. */
export function waiver(check: string, expires = '2026-05-01T00:00:00Z'): Uint8Array {
  const members = { ...(goldenRecord(WAIVER).members as JsonObject), check, expires }
  const about = { kind: 'set', id: RELEASE.id, digest: RELEASE.set } as const
  const header = { release: RELEASE.reference }
  return fileOf(statementOf('waiver', members, { about, header }), 'alice')
}

/** The world, with a copy of the shipped policies in `policies`. */
export async function openGateWorld(
  more: readonly Uint8Array[] = Object.values(COMMIT_RECORDS),
): Promise<LedgerWorld> {
  const world = await openProjectWorld(more)
  cpSync(SHIPPED_POLICIES, join(world.folder, 'policies'), { recursive: true })
  copyFileSync(join(world.folder, 'ledger/checkpoint'), join(world.folder, 'kept'))
  return world
}

/** Says of the first check of staging that the project can not make it itself. */
export function makeExternal(world: LedgerWorld): void {
  const path = join(world.folder, 'policies/gate/render-staging-rollout.yaml')
  const text = readFileSync(path, 'utf8')
  const changed = text.replace(
    /( {4}title: The repository validated[^\n]*\n)/,
    '$1    external: true\n',
  )
  if (changed === text) throw new Error('Expected the check in the gate of staging')
  writeFileSync(path, changed)
}

/** A document of `assay gate`, as far as tests look into it. */
export interface GatesDocument {
  readonly outcome: string
  readonly gates: readonly {
    readonly id: string
    readonly decision: string
    readonly release?: string
    readonly commit?: string
    readonly deploymentAllowed?: boolean
    readonly deploy: {
      readonly blockers: readonly { readonly id: string; readonly outcome: string }[]
    }
    readonly requirements?: {
      readonly blockers: readonly { readonly id: string; readonly outcome: string }[]
    }
    readonly exceptions: readonly { readonly check: string }[]
    readonly waivers: Readonly<
      Record<'used' | 'ineffective' | 'unused' | 'idle', readonly { check: string }[]>
    >
  }[]
  readonly counters: readonly { readonly name: string; readonly count: number }[]
  readonly posture: readonly object[]
}

/** The decision of the first gate that is asked, with the exit code. */
export async function decide(world: LedgerWorld, rest: string, now?: number): Promise<Decided> {
  const { exitCode, codes, text } = await world.judge(`gate ${rest}`, now)
  const document = JSON.parse(text) as GatesDocument
  const [gate] = document.gates ?? []
  const list = gate?.deploy ?? gate?.requirements
  return { exitCode, codes, decision: gate?.decision, blockers: list?.blockers ?? [], document }
}

export interface Decided {
  readonly exitCode: number
  readonly codes: readonly string[]
  readonly decision: string | undefined
  readonly blockers: readonly { readonly id: string; readonly outcome: string }[]
  readonly document: GatesDocument
}

export { put, RELEASE, REVISION, type LedgerWorld, type Said }
