// docs/verify-without-assay.md, typed in as it stands.

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { matchSteps, parseTranscript, runTranscript } from '../cli/transcript.ts'
import { hasTool } from '../outside-tool.ts'
import { RELEASE_FILES } from './release.ts'

const PAGE = new URL('../../docs/verify-without-assay.md', import.meta.url)
const isHere = hasTool('openssl', 'version') && hasTool('jq', '--version')

it.skipIf(!isHere)('docs/verify-without-assay.md comes true', async () => {
  const blocks = readFileSync(PAGE, 'utf8').matchAll(/^```console\n(?<session>.*?)^```$/gms)
  const session = [...blocks].map(({ groups }) => groups?.['session'] ?? '').join('')
  const files = Object.entries(RELEASE_FILES).map(
    ([path, content]) => `-- dist/${path} --\n${String(content)}`,
  )
  const transcript = parseTranscript(session + files.join(''))
  expect(transcript.steps.length).toBeGreaterThan(15)
  const seen = await runTranscript(transcript)
  expect(matchSteps(transcript.steps, seen)).toEqual(transcript.steps)
})
