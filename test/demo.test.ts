// `npm run demo`, as a person types it.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { ROOT } from '../.ci/checkout.ts'

/** About half a minute where nothing else runs; another test that packs is waited for, and a busy machine takes minutes. */
const TIMEOUT_MS = 600_000

it(
  'The demo goes from digest to gate: it shows each refusal, what clears it, and ends as it says',
  async () => {
    const child = spawn('npm', ['run', 'demo'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
    const [stdout, stderr, [status]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit') as Promise<[number | null]>,
    ])
    expect(status, stderr).toBe(0)
    const [told = '', screen = ''] = stdout.split('─'.repeat(80))
    const commands = [...told.matchAll(/^ {2}\$ assay (?<name>[a-z]+)/gm)]
    expect(commands.map(({ groups }) => groups?.['name'])).toEqual(
      expect.arrayContaining(['digest', 'snapshot', 'attest', 'verify', 'record', 'gate']),
    )
    expect(told).toMatch(/\$ assay record command --commit [0-9a-f]{40} --evidence/)
    expect(told).toMatch(/^ {4}go {2}gate[.]release_target[.]render_staging_rollout$/m)
    expect(screen.match(/^ {2}(?:accepted|REFUSED|BROKEN) .*/gm)).toEqual(
      OUTCOMES.map(([outcome]) => outcome),
    )
    for (const [outcome, reason] of OUTCOMES) expect(screen).toContain(`${outcome}\n${reason}`)
  },
  TIMEOUT_MS,
)

/** A line of the last screen, and the one below it. */
const OUTCOMES = [
  ['  accepted  the release as it was packed', '  REFUSED '],
  [
    '  REFUSED   the gate of staging, before a person started the rollout',
    '            "A person started the rollout of the commit" is not there\n',
  ],
  ['  accepted  the gate of staging, after a person started it', '  REFUSED '],
  [
    '  REFUSED   the gate of staging, with a record taken out of the ledger',
    '            The records are not those of the ledger [host/ledger-record-missing]\n',
  ],
  [
    '  REFUSED   one bit of dist/cli/main.cjs flipped',
    '            dist/cli/main.cjs has other content [digest/artifact-changed]\n',
  ],
  [
    '  REFUSED   a file dist/cli/update.js added',
    '            dist/cli/update.js does not belong to the set [digest/artifact-extra]\n',
  ],
  [
    '  REFUSED   LICENSE renamed to COPYING',
    '            LICENSE is there under another name [digest/artifact-renamed]\n',
  ],
  [
    '  REFUSED   another key trusted than the one that signed',
    '            No key of the trust document made this signature [verify/key-unknown]\n',
  ],
] as const
