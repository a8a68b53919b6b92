// files that lie about where somebody verifies, and variables of the environment, mean nothing to a verification.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { runCli } from '../../../../src/cli/run-cli.ts'
import { createTestHost } from '../../../host/test-host.ts'
import { makeTemporaryFolder } from '../../../temporary-folder.ts'
import { testKey } from '../../keys.ts'
import { signedBundle, statement, trust, trustedKey, RELEASE_FILES } from '../../release.ts'

const LINE = 'verify bundle.json --set set --trust trusted.json --format json'

/** What an attacker who can write into the folder would try: a document that trusts the stranger, by every name. */
const STRANGER = JSON.stringify(trust([trustedKey('stranger')]))
const WEAKER = {
  '.assayrc': STRANGER,
  '.assayrc.json': STRANGER,
  'assay.json': STRANGER,
  'assay.config.json': STRANGER,
  'trust.json': STRANGER,
  '.assay/trust.json': STRANGER,
  '.config/assay/trust.json': STRANGER,
  'package.json': JSON.stringify({ assay: { trust: 'trust.json', unsafeExampleKeys: true } }),
}
const ENVIRONMENT = {
  ASSAY_TRUST: 'trust.json',
  ASSAY_UNSAFE_EXAMPLE_KEYS: '1',
  XDG_CONFIG_HOME: '.config',
  NODE_ENV: 'test',
}

async function verify(files: Readonly<Record<string, string>>, environment = {}) {
  const folder = makeTemporaryFolder('folder-files')
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  const { host, output } = createTestHost(folder, { environment })
  const exitCode = await runCli(LINE.split(' '), host)
  for (const [path, content] of Object.entries(files)) {
    expect(readFileSync(join(folder, path), 'utf8')).toBe(content)
  }
  return { exitCode, output: output.stdout }
}

const filesOf = (signer: string) => ({
  'bundle.json': JSON.stringify(signedBundle(statement(), { key: testKey(signer) })),
  'trusted.json': JSON.stringify(trust()),
  ...Object.fromEntries(
    Object.entries(RELEASE_FILES).map(([path, content]) => [`set/${path}`, String(content)]),
  ),
})

it.each([
  ['release', 0],
  ['stranger', 1],
])('what lies beside a bundle of the %s changes nothing (A-45)', async (signer, exitCode) => {
  const alone = await verify(filesOf(signer))
  expect(alone.exitCode).toBe(exitCode)
  expect(await verify({ ...filesOf(signer), ...WEAKER }, ENVIRONMENT)).toEqual(alone)
})
