// Whoever drafts signs no result, summary or policy: by a key, or by an identity that a token names before anything is sent.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runCli } from '../../../src/cli/run-cli.ts'
import { refuseDrafters } from '../../../src/cli/signing/drafters.ts'
import { parseTrust } from '../../../src/trust/index.ts'
import { createTestHost } from '../../host/test-host.ts'
import { makeTemporaryFolder } from '../../temporary-folder.ts'

const ISSUER = 'https://token.example'
const LINES = [
  'init',
  'add-root public-good --name log --live',
  'add-role --name self-service --draft',
  `add-identity --name drafts --issuer ${ISSUER} --san draft@b.example --role self-service`,
  `add-identity --name ada --issuer ${ISSUER} --san ada@b.example --role release`,
]

it('an identity of drafts is refused, and one of production is not', async () => {
  const folder = makeTemporaryFolder('drafters')
  for (const line of LINES) {
    const { host, output } = createTestHost(folder)
    expect([line, await runCli(['trust', ...line.split(' ')], host), output.stderr]).toEqual([
      line,
      0,
      expect.any(String),
    ])
  }
  const trust = parseTrust(readFileSync(join(folder, 'trust.json')))
  if (!trust.ok) throw new Error('Expected the trust document that was made')
  const { judgeHolder } = refuseDrafters(trust.value)
  const judge = (value: string, isNameKnown = true) =>
    judgeHolder({ issuers: [ISSUER], names: [{ type: 'email', value }], isNameKnown })
  expect(judge('draft@b.example')).toMatchObject({ problems: [{ code: 'cli/result-draft' }] })
  expect(judge('ada@b.example').ok).toBe(true)
  expect(judge('nobody@b.example').ok).toBe(true)
  // It may be either of them: what it signs is judged wherever it comes.
  expect(judge('draft@b.example', false).ok).toBe(true)
})
