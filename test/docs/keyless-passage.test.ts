// The lines of README.md about Sigstore: signing beside the rehearsal, and verifying what others signed.

import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../.ci/checkout.ts'
import { findCorpus } from '../corpora.ts'
import { programPath } from '../rehearsal/programs/catalog.ts'
import { useRehearsal } from '../rehearsal/use-rehearsal.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import { readRegistryKeyFile } from '../verify/sigstore/registry-keys.ts'
import { readCodeBlocks } from './code-blocks.ts'

const rehearsal = useRehearsal()
const [keyless = '', others = ''] = readCodeBlocks('README.md', 'sh')

const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
const python = join(
  process.env['ASSAY_TEST_PYPI'] ?? join(cache, 'assay-ci-pypi'),
  'pypi_attestations-0.0.29/test/assets',
)
const npm = findCorpus('npm-provenance')
const isThere = npm !== undefined && existsSync(python)
if (!isThere) {
  process.stderr.write(
    "\nNOT RUN: README's lines about others, which need packages of npm and PyPI\n",
  )
}

describe('the lines of README.md', () => {
  it('sign without a key, and verify', async () => {
    const folder = makeTemporaryFolder('readme-keyless')
    mkdirSync(join(folder, 'dist'))
    writeFileSync(join(folder, 'dist/app.js'), 'export {}\n')
    writeFileSync(join(folder, 'token'), await rehearsal().token({ kind: 'github' }), {
      mode: 0o600,
    })
    const { stdout } = runOrThrow(folder, `set -e\n${keyless}`)
    expect(stdout).toContain('accepted  1 of 1 bundle accepted\n')
    writeFileSync(join(folder, 'dist/app.js'), 'export {};\n')
    const again = 'assay verify release.sigstore.json --set dist --trust trust.json'
    expect(keyless).toContain(`\n${again}\n`)
    expect(run(folder, again)).toMatchObject({ status: 1 })
  })

  it.runIf(isThere)('verify what others signed, once whom they signed for is trusted', async () => {
    const folder = makeTemporaryFolder('readme-others')
    await fill(folder)
    const lines = others.split('\n')
    const asks = lines.filter((line) => line.startsWith('assay verify '))
    const trust = others.slice(0, others.indexOf('#'))
    runOrThrow(folder, `set -e\n${trust}`)
    const { documents } = rehearsal()
    const root = `add-root ${documents.trustedRoot} --name rehearsal --rehearsal`
    runOrThrow(folder, `assay trust ${root} --trust world.json`)
    expect(asks.map((ask) => run(folder, ask).status)).toEqual([0, 1, 1, 1])
    for (const [index, ask] of asks.slice(1).entries()) followHint(folder, ask, `other-${index}`)
    expect(asks.map((ask) => run(folder, ask).status)).toEqual([0, 0, 0, 0])
  })
})

/** Real packages under the names of the page; and what cosign signs beside the rehearsal. */
async function fill(folder: string): Promise<void> {
  const take = (from: string, name: string) => copyFileSync(from, join(folder, name))
  for (const suffix of ['', '.publish.attestation']) {
    const name = `pypi_attestations-0.0.19.tar.gz${suffix}`
    take(join(python, name), name)
  }
  // Made by actions/attest: `gh attestation download` writes such bundles, one on each line.
  const models = join(python, 'pypi_attestation_models-0.0.4a2.tar.gz')
  take(models, 'app.tar.gz')
  const bundle = JSON.stringify(JSON.parse(readFileSync(`${models}.sigstore`, 'utf8')))
  writeFileSync(join(folder, 'attestations.jsonl'), `${bundle}\n`)
  take(join(npm ?? '', 'sigstore-2.3.1.tgz'), 'sigstore-2.3.1.tgz')
  take(join(npm ?? '', 'sigstore-2.3.1.tgz.attestations.json'), 'attestations.json')
  writeFileSync(join(folder, 'keys.json'), readRegistryKeyFile())
  const { documents, token } = rehearsal()
  writeFileSync(join(folder, 'token'), await token({ kind: 'email' }), { mode: 0o600 })
  const where = `--trusted-root ${documents.trustedRoot} --signing-config ${documents.signingConfigs.rekor}`
  const sign = 'cosign sign-blob --yes --identity-token token --bundle app.sigstore.json'
  runOrThrow(folder, `${sign} ${where} app.tar.gz`)
}

/** Types the line of the refusal's hint. */
function followHint(folder: string, ask: string, name: string): void {
  const [, line = ''] = /hint: If you trust it: (.*)$/m.exec(run(folder, ask).stdout) ?? []
  expect(line).toContain(' --name NAME ')
  expect(line).toContain(' --trust world.json ')
  runOrThrow(folder, line.replace('NAME', name))
}

function run(folder: string, script: string) {
  const { documents, issuers } = rehearsal()
  const path = [join(ROOT, 'test/cli/bin'), join(programPath('cosign'), '..'), process.env['PATH']]
  const env = {
    ...process.env,
    PATH: path.join(delimiter),
    HOME: folder,
    ASSAY_REHEARSAL_TOKEN_GITHUB: join(folder, 'token'),
    ASSAY_REHEARSAL_ISSUER_GITHUB: issuers.github,
    ASSAY_REHEARSAL_SIGNING_CONFIG: documents.signingConfigs.rekor,
    ASSAY_REHEARSAL_TRUSTED_ROOT: documents.trustedRoot,
  }
  return spawnSync('bash', ['-c', script], { cwd: folder, env, encoding: 'utf8' })
}

function runOrThrow(folder: string, script: string) {
  const ran = run(folder, script)
  if (ran.status !== 0) throw new Error(`${script} ended with ${ran.status}: ${ran.stderr}`)
  return ran
}
