// `npm run demo:gate`, as a person types it.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { ROOT } from '../.ci/checkout.ts'

/** Under a minute where nothing else runs; another test that packs is waited for, and a busy machine takes minutes. */
const TIMEOUT_MS = 900_000

it(
  'The demo of gates goes from none of two to two of two by signing provenance alone, and says what is left',
  async () => {
    const child = spawn('npm', ['run', 'demo:gate'], {
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
    const counted = told.match(/^ {4}Signed provenance .*$/gm)
    expect(counted).toEqual([
      '    Signed provenance           0/2  live 0, local 0',
      '    Signed provenance           2/2  live 0, local 2',
    ])
    expect(told).toMatch(/missing +gate\S+#signed-provenance\n +"Provenance over the set/)
    // Nothing was recorded in between but how the sets were made.
    expect(screen.match(/^ {2}> .*$/gm)).toEqual([
      '  > signed-provenance     0/2  live 0, local 0    2/2  live 0, local 2',
      '  > attestation-policies  2    recorded 0         2    recorded 2',
    ])
    const [, gone = '', left = ''] = screen.split(/^ {2}Blockers that are .*$/m)
    const [cleared, open] = [gone, left].map((part) => part.match(/\S+#\S+/g) ?? [])
    expect(cleared?.length).toBeGreaterThan(0)
    // Provenance also shows of which commit an incident would speak.
    expect(cleared?.filter((id) => !/#(?:signed-provenance|nothing-against)$/.test(id))).toEqual([])
    expect(open).toContain('gate.release_target.render_production_launch#launch-approval')
    expect(screen).not.toContain('BROKEN')
  },
  TIMEOUT_MS,
)
