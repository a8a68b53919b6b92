// What an audit tells a person of a release: the example of docs/audit.md is what is printed, byte for byte.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from '../../.ci/checkout.ts'
import type { JsonObject } from '../../src/core/index.ts'
import type { RecordFamily } from '../../src/policy/index.ts'
import { REGISTRY } from '../record/release-items.ts'
import { fileOf, statementOf } from '../record/signed.ts'
import { digestOf } from '../verify/release.ts'
import { commitResult, ledgerOf, openAuditWorld, releaseOf, UNDER } from './audit-world.ts'

const RELEASE = releaseOf()

function signedBy(key: string, family: RecordFamily, members: JsonObject): Uint8Array {
  const about = { kind: 'set', id: RELEASE.id, digest: RELEASE.set } as const
  const phase = family === 'deployment' ? 'post-deploy-smoke-verified' : 'pre-deploy-candidate'
  const release = { ...RELEASE.reference, phase } as const
  return fileOf(statementOf(family, members, { about, header: { release } }), key)
}

const APPROVAL = signedBy('alice', 'approval', {
  scope: 'rollout',
  decision: 'approve',
  mode: 'manual-dispatch-with-human-initiation',
  policies: REGISTRY.policiesOf('render_staging_rollout').map(({ id, digest }) => ({
    id,
    sha256: digest,
  })),
  expires: '2099-01-01T00:00:00Z',
  reason: 'Every check is green',
})

function deployed(observedSet: string, observedAt: string): Uint8Array {
  const observedBy = { method: 'files' }
  const where = { target: 'render_staging_rollout', environment: 'staging' }
  return signedBy('release', 'deployment', { ...where, observedSet, observedBy, observedAt })
}

it('docs/audit.md shows what an audit tells of a release', { timeout: 60_000 }, async () => {
  const world = openAuditWorld()
  await ledgerOf(world, 'ledger', [
    ...RELEASE.generated,
    commitResult('PASSED', 'evidence.repo.ci_monorepo_validation'),
    APPROVAL,
    deployed(digestOf('another set'), '2026-04-10T11:40:00Z'),
    deployed(RELEASE.set, '2026-04-10T11:50:00Z'),
  ])
  const { stdout, exitCode } = await world.run(`audit ledger ${UNDER} --log-key log.vkey --run`)
  const told = stdout.slice(stdout.lastIndexOf('\n\n') + 2)
  expect(exitCode).toBe(1)
  const page = readFileSync(join(ROOT, 'docs/audit.md'), 'utf8')
  const [, shown] = /<!-- what is told of a release -->\n\n```text\n([^]*?)```\n/.exec(page) ?? []
  expect(told).toBe(shown)
})
