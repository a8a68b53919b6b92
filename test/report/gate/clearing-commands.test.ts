// Every command that is printed as what clears something: the program's own command line takes it, as it stands.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { APPROVAL_SCOPES, EVIDENCE_FAMILIES, PHASES } from '../../../src/policy/index.ts'
import {
  type AskedEvidence,
  commandsFor,
  waiverCommand,
  withdrawalCommand,
} from '../../../src/report/gate/clearing-commands.ts'
import { complaintOf } from '../command-complaint.ts'

const RELEASE = {
  ...{ id: 'staging__web__v1.2.0__4711-1', target: 'web', channel: 'staging' },
} as const
const COMMIT = 'c'.repeat(40)
const SUBJECT = { release: RELEASE, commit: COMMIT }
const GOLDEN = join(import.meta.dirname, '../../golden')

const FILES = ['gate', 'playbook', 'playbook/by-command'].flatMap((folder) =>
  readdirSync(join(GOLDEN, folder))
    .filter((name) => /\.(?:txt|md|xml|sarif)$/.test(name))
    .map((name) => join(folder, name)),
)

function commandsIn(text: string): readonly string[] {
  const lines = [
    ...text.matchAll(/^ *\$ (assay .*?)(?:<\/failure>)?$/gm),
    ...text.matchAll(/^ {2}- run: `(assay [^`]*)`$/gm),
    ...text.matchAll(/\bRun: (assay .*?)(?=\. Run: |%0A|"$|",$|$)/gm),
  ]
  return lines.map(([, line = '']) => line.replaceAll('&apos;', "'"))
}

describe('commands that clear something', () => {
  it('of every family, phase and scope are taken by the command line', async () => {
    const asked: readonly AskedEvidence[] = [
      ...EVIDENCE_FAMILIES.map((family) => ({ family })),
      ...EVIDENCE_FAMILIES.map((family) => ({ family, origin: 'live-workflow' }) as const),
      ...PHASES.map((phase) => ({ family: 'promotion', phase }) as const),
      ...APPROVAL_SCOPES.map((scope) => ({ family: 'approval', scope }) as const),
      { family: 'test-result', about: 'commit', evidence: 'evidence.repo.ci' },
      { predicateType: "https://example.org/it's/v1" },
    ]
    const commands = [
      ...asked.flatMap((one) => [...commandsFor(one, SUBJECT), ...commandsFor(one, {})]),
      ...[waiverCommand('policy.mine#one', SUBJECT), withdrawalCommand(RELEASE.id)],
    ]
    const found = await Promise.all(
      [...new Set(commands)].map(async (line) => [line, await complaintOf(line)] as const),
    )
    expect(found.filter(([, complaint]) => complaint !== undefined)).toEqual([])
  })

  it('of every golden file are taken by the command line', async () => {
    const commands = new Set(
      FILES.flatMap((name) => commandsIn(readFileSync(join(GOLDEN, name), 'utf8'))),
    )
    expect(commands.size).toBeGreaterThan(20)
    for (const line of commands) expect([line, await complaintOf(line)]).toEqual([line, undefined])
  })

  it('are refused where an option or a type is none', async () => {
    expect(await complaintOf('assay attest sbom --set SET')).toMatch(/cyclonedx/)
    expect(await complaintOf('assay record approval --of launch')).toBeDefined()
    expect(await complaintOf('npm run release')).toBeDefined()
  })

  it('say the release, the phase, the scope and the commit', () => {
    const [approval] = commandsFor({ family: 'approval', scope: 'launch' }, SUBJECT)
    expect(approval).toContain(`--release-id ${RELEASE.id} --phase post-deploy-smoke-verified`)
    expect(approval).toContain('--scope launch --decision approve')
    const [result] = commandsFor({ family: 'test-result', about: 'commit' }, SUBJECT)
    expect(result).toContain(`--commit ${COMMIT}`)
    expect(commandsFor({ family: 'sbom' }, SUBJECT)[0]).toMatch(/^assay attest cyclonedx /)
    expect(commandsFor({ family: 'summary' }, SUBJECT)).toHaveLength(1)
  })
})
