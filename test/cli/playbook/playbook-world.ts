// A project whose release is ready but for what GitHub enforces: signed records of its CI, its reports and two deciders, and the files themselves.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../../.ci/checkout.ts'
import type { JsonObject } from '../../../src/core/index.ts'
import { buildTestResultMembers } from '../../../src/record/index.ts'
import { readTestReport } from '../../../src/record/observation/index.ts'
import {
  bytesOf,
  FILES,
  type Files,
  JOBS,
  PROOF,
  RUNBOOK,
} from '../../gate/playbook/playbook-world.ts'
import { MEMBERS as APPROVAL } from '../../record/approvals.ts'
import { ranCommand } from '../../record/ran-command.ts'
import { fileOf, REVISION, statementOf } from '../../record/signed.ts'
import { valueOf } from '../../trust/keys.ts'
import { digestOf, trust, trustedKey, writeTrust } from '../../verify/release.ts'
import { put, SHIPPED_POLICIES } from '../audit-world.ts'
import type { LedgerWorld } from '../ledger-world.ts'
import { openProjectWorld, RELEASE } from '../project-world.ts'

const of = (family: string) => `urn:assay:predicate:${family}:v1`
const role = (name: string, ...predicateTypes: readonly string[]) => ({
  ...{ name, threshold: 1, predicateTypes },
})
const person = (name: string, ...roles: readonly string[]) =>
  trustedKey(name, { kind: 'person', roles })

const TRUST = trust(
  [
    trustedKey('release', { roles: ['release', 'builder'] }),
    trustedKey('alice', { kind: 'person' }),
    person('rita', 'adoption-review'),
    person('ada', 'adoption'),
    person('olga', 'release-owner'),
    person('bob', 'approver'),
    person('carol', 'repository-admin'),
  ],
  [
    { name: 'builder', threshold: 1 },
    role('adoption-review', of('adoption-review')),
    role('adoption', of('adoption')),
    role('release-owner', of('approval')),
    role('approver', of('approval')),
    role('repository-admin', 'https://in-toto.io/attestation/test-result/v0.1'),
  ],
)

const COMMIT = { kind: 'commit', commit: REVISION } as const
const SET = { kind: 'set', id: RELEASE.id, digest: RELEASE.set } as const
const SET_HEADER = { release: RELEASE.reference }

const ENDED_BY = Date.parse('2026-04-10T12:00:00Z')

/** What GitHub says of the jobs of a commit; one that is named ended otherwise than well. */
export async function checkRuns(
  conclusions: Readonly<Record<string, string>> = {},
  commit = REVISION,
  header: { readonly evidence?: string } = {},
) {
  const runs = JOBS.map((name) => ({
    ...{ name, head_sha: commit, status: 'completed', check_suite: { id: 1 }, app: { id: 2 } },
    url: 'https://api.github.com/repos/team/app/check-runs/4',
    ...{ conclusion: conclusions[name] ?? 'success', completed_at: '2026-04-10T11:00:00Z' },
  }))
  const text = JSON.stringify({ total_count: runs.length, check_runs: runs })
  const report = valueOf(await readTestReport(Buffer.from(text), { commit, now: ENDED_BY }))
  const configuration = [{ name: 'ci.yml', sha256: digestOf('on: push') }]
  const members = buildTestResultMembers(report, { configuration })
  const about = { kind: 'commit', commit } as const
  return fileOf(statementOf('test-result', members, { about, header }))
}

/** A run of the verifiers, which wrote these. */
function reportsOf(files: Files): Uint8Array {
  const reports = Object.entries(files).map(([name, value]) => ({
    ...{ name, sha256: digestOf(bytesOf(value)) },
  }))
  const members = {
    ...{ commit: REVISION, startedAt: '2026-04-10T11:10:00Z', endedAt: '2026-04-10T11:11:00Z' },
    commands: [{ ...ranCommand('verify'), reports }],
    notRun: [],
  }
  const statement = statementOf('command', members, { about: COMMIT, header: {} })
  return fileOf(statement)
}

/** An approval of the candidate. */
export function approvalBy(name: string, changes: JsonObject = {}): Uint8Array {
  const members = { ...(APPROVAL as unknown as JsonObject), ...changes }
  return fileOf(statementOf('approval', members, { about: SET, header: SET_HEADER }), name)
}

/** An administrator followed the runbook. */
const VERIFICATION = fileOf(
  statementOf(
    'test-result',
    {
      result: 'PASSED',
      configuration: [RUNBOOK, PROOF].map((name) => ({
        ...{ name, digest: { sha256: digestOf(bytesOf(FILES[name]!)) } },
      })),
      passedTests: ['github-ruleset-manual-verification'],
    },
    { about: SET, header: SET_HEADER },
  ),
  'carol',
)

const OTHERS = ['sequenceRoles', 'sequences', 'attachments', 'incidents', 'closure'] as const

/** The second section of the shipped playbook, the exception, the decision, and these sections. */
export function shippedControls(...sections: readonly (typeof OTHERS)[number][]): string {
  const text = readFileSync(join(ROOT, 'policies/production-readiness/playbook.yaml'), 'utf8')
  const left = OTHERS.filter((section) => !sections.includes(section))
  const parts = text.split(/^(?=[a-z])/m)
  return parts.filter((part) => !left.some((section) => part.startsWith(`${section}:`))).join('')
}

const UNDER = `--policies ${SHIPPED_POLICIES} --trust trust.json --log-key log.vkey --playbooks playbooks --reports files`
export const ASKED = `playbook --release ${RELEASE.id} ${UNDER}`

/** The world, with the ledger in `ledger`, the files in `files` and the playbook in `playbooks`. */
export async function openPlaybookWorld(): Promise<LedgerWorld> {
  const world = await openProjectWorld([
    await checkRuns(),
    reportsOf(FILES),
    approvalBy('olga'),
    approvalBy('bob'),
    VERIFICATION,
  ])
  put(world, 'trust.json', writeTrust(TRUST))
  put(world, 'playbooks/playbook.yaml', shippedControls())
  for (const [path, value] of Object.entries(FILES)) put(world, `files/${path}`, bytesOf(value))
  return world
}

export { RELEASE, REVISION }
