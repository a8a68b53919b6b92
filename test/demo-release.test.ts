// `npm run demo:release`, as a person types it.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { ROOT } from '../.ci/checkout.ts'

/** About a minute where nothing else runs; another test that packs is waited for, and a busy machine takes minutes. */
const TIMEOUT_MS = 900_000

it(
  'The demo of a release shows every computed status, and an audit of its pack accepts the last release as a whole',
  async () => {
    const child = spawn('npm', ['run', 'demo:release'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const [stdout, stderr, [status]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit') as Promise<[number | null]>,
    ])
    expect(status, stderr).toBe(0)
    const [told = '', screen = ''] = stdout.split('─'.repeat(80))
    // The pack is of the project's ledger, and stands for itself.
    expect(told).toContain('accepted  The pack "pack.tar", of the ledger of a project')
    const [, last = '', before = ''] = screen.split(/^ {2}(?=\w+ +staging__)/m)
    expect(last).toMatch(/^accepted {2}staging__render_staging_rollout__v1.1.0__102-1$/m)
    for (const [family, status] of STATUSES) {
      expect(last).toMatch(new RegExp(`^ {6}accepted +${family}: ${status}, `, 'm'))
    }
    expect(last).not.toMatch(/^ +(?:rejected|missing|stale|error) /m)
    expect(last).toContain('What that audit could not judge:')
    expect(before).toMatch(/^rejected {2}staging__render_staging_rollout__v1.0.0__101-1$/m)
    expect(before).toMatch(/^ {6}stale +withdrawal: superseded, /m)
    expect(before).toMatch(/^ {6}rejected +canary: outside-rule, /m)
    expect(before).toMatch(/^ {6}missing +rollback: documented-ref, /m)
    const said = screen.match(/^ {2}\w+ +assay audit \S+/gm)
    expect(said).toEqual([
      '  accepted  assay audit pack.tar',
      '  accepted  assay audit ledger',
      '  rejected  assay audit ledger',
    ])
  },
  TIMEOUT_MS,
)

/** What each family comes to. */
const STATUSES = [
  ['command', 'completed'],
  ['test-result', 'passed'],
  ['review', 'reviewed'],
  ['tracking', 'bundle-generated'],
  ['attestation', 'signed-and-verified'],
  ['authority', 'local-manual-reference-only'],
  ['promotion', 'stage-reached'],
  ['rollback', 'known-good-signed'],
  ['linkage', 'members-agree'],
  ['adoption-review', 'adoption-reviewed'],
  ['adoption', 'reviewed-and-adopted'],
  ['approval', 'granted'],
  ['deployment', 'deployed-as-intended'],
  ['smoke', 'smoke-verified'],
  ['certification', 'certified'],
  ['waiver', 'in-force'],
  ['incident', 'closed'],
  ['canary', 'within-rule'],
] as const
