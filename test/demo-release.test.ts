// `npm run demo:release`, as a person types it.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { ROOT } from '../.ci/checkout.ts'

/** About a minute where nothing else runs; another test that packs is waited for, and a busy machine takes minutes. */
const TIMEOUT_MS = 900_000

it(
  'The demo of a release shows every computed status, and its last release is accepted as a whole',
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
    const [, screen = ''] = stdout.split('─'.repeat(80))
    const [, , last = ''] = screen.split(/^ {2}(?=\w+ +staging__)/m)
    expect(last).toMatch(/^accepted {2}staging__render_staging_rollout__v1.1.0__102-1$/m)
    for (const [family, word] of STATUSES) {
      expect(last).toMatch(new RegExp(`^ {2}accepted +${family} +[a-z-]+ +${word} `, 'm'))
    }
    expect(last).not.toMatch(/^ {2}(?:rejected|missing|stale|error) /m)
    expect(screen).toMatch(/^ {2}stale +withdrawal +post-deploy +superseded /m)
    expect(screen).toMatch(/^ {2}rejected +canary +post-deploy +outside-rule /m)
  },
  TIMEOUT_MS,
)

/** What each family comes to. */
const STATUSES = [
  ['command', '[a-z-]+'],
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
] as const
