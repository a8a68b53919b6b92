// `npm run rehearse -- npm run demo:keyless`, as a person types it.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { ROOT } from '../.ci/checkout.ts'
import { missingPrograms } from './rehearsal/programs/catalog.ts'

/** About fifteen seconds where nothing else runs; another test that packs is waited for, and a busy machine takes minutes. */
const TIMEOUT_MS = 600_000

const missing = missingPrograms()
if (missing.length > 0) {
  process.stderr.write(
    `\nNOT RUN: the keyless demo, which needs ${missing.join(', ')}: npm run rehearse -- build\n`,
  )
}

it.skipIf(missing.length > 0)(
  'The keyless demo shows each refusal with its code and hint, and what cosign says',
  async () => {
    const { status, stdout, stderr } = await run('rehearse', '--', 'npm', 'run', 'demo:keyless')
    expect(status, stderr).toBe(0)
    const [told = '', screen = ''] = stdout.split('─'.repeat(80))
    for (const [code, hint] of REFUSALS) {
      expect(told).toMatch(code)
      expect(told).toContain(hint)
    }
    expect(told).toContain('Verified OK')
    expect(screen.match(/^ {2}(?:accepted|REFUSED|BROKEN) .*/gm)).toEqual(OUTCOMES)
    expect(screen).toContain(
      'signed by       https://github.com/example/app/.github/workflows/release.yml@refs/tags/v1.0.0',
    )
    expect(screen).toContain('origin          local-proof: ')
  },
  TIMEOUT_MS,
)

it('The keyless demo without the rehearsal says what to type', async () => {
  const { status, stderr } = await run('demo:keyless')
  expect(status).toBe(2)
  expect(stderr).toContain('error: Expected the services of the rehearsal, found none\n')
  expect(stderr).toContain('hint: npm run rehearse -- npm run demo:keyless\n')
})

/** A code as it stands in a verdict or a problem, and the words that lead out of it. */
const REFUSALS: readonly (readonly [RegExp, string])[] = [
  [/\[cli\/usage\]$/m, 'hint: Nobody is trusted by default: assay trust init '],
  [
    /code: verify\/certificate-untrusted$/m,
    'hint: If you trust who issued it: assay trust add-root ',
  ],
  [
    /code: verify\/identity-none$/m,
    'hint: If you trust it: assay trust add-identity --trust trust.json --name NAME --issuer http://127.0.0.1:',
  ],
  [/code: verify\/identity-unexpected$/m, ' --san https://github.com/example/app/'],
  [
    /code: verify\/certificate-authority-unknown$/m,
    'hint: If you trust that authority: assay trust add-root TRUSTED_ROOT --trust public.json ',
  ],
  [/code: digest\/artifact-changed$/m, 'dist/cli/main.cjs has other content'],
  [/code: digest\/artifact-extra$/m, 'dist/cli/update.js does not belong to the set'],
  [/code: digest\/artifact-renamed$/m, 'LICENSE is there under another name'],
]

const OUTCOMES = [
  '  REFUSED   without saying whom to trust',
  '  REFUSED   no trusted root in the trust document',
  '  REFUSED   no identity in the trust document',
  '  accepted  the release as it was signed',
  '  accepted  what is deployed',
  '  REFUSED   one bit of dist/cli/main.cjs flipped',
  '  REFUSED   a file dist/cli/update.js added',
  '  REFUSED   LICENSE renamed to COPYING',
  '  REFUSED   another workflow trusted than the one that signed',
  '  REFUSED   a root that does not know who certified',
  '  accepted  cosign: SHA256SUMS, which names every file',
  '  REFUSED   cosign: SHA256SUMS with one more line',
]

/** `npm run …` in this checkout, with no rehearsal around it. */
async function run(...args: readonly string[]) {
  const env = Object.entries(process.env).filter(([name]) => !/^ASSAY_REHEARSAL_.*_/.test(name))
  const child = spawn('npm', ['run', ...args], {
    cwd: ROOT,
    // It is the same one in a job of CI.
    env: { ...Object.fromEntries(env), GITHUB_ACTIONS: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ])
  return { status, stdout, stderr }
}
