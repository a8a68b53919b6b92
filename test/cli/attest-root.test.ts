// The trusted root by which `assay attest` judges what the services sign: a file, or the one that is built in.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readTrustedRoot } from '../../src/cli/signing/root-input.ts'
import { loadPublicGoodRoot } from '../../src/trust/index.ts'
import { createTestHost } from '../host/test-host.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import { KEYLESS, startInstance } from './attest-sigstore.ts'

it('takes the root of the public Sigstore by its name, and the same one as a file', async () => {
  const folder = makeTemporaryFolder('attest-root')
  const { host } = createTestHost(folder)
  const builtIn = await readTrustedRoot(host, 'public-good')
  expect(builtIn.ok && builtIn.value.roots[0]?.isPublicGood).toBe(true)
  writeFileSync(join(folder, 'root.json'), JSON.stringify(await loadPublicGoodRoot()))
  const file = await readTrustedRoot(host, 'root.json')
  expect(file.ok && file.value.roots[0]?.digest).toBe(builtIn.ok && builtIn.value.roots[0]?.digest)
})

it('judges by that root, which knows no other authority, and by a file which does', async () => {
  const instance = await startInstance()
  const stranger = await instance.run(KEYLESS.replace('root.json', 'public-good'))
  expect([stranger.exitCode, stranger.isWritten]).toEqual([2, false])
  expect(stranger.everything).toContain('cli/certificate-not-verified')
  expect((await instance.run(KEYLESS)).exitCode).toBe(0)
})

it('says in which file no root is, or more than one', async () => {
  const instance = await startInstance()
  const wrong = await instance.run(KEYLESS.replace('root.json', 'config.json'))
  expect([wrong.exitCode, wrong.codes[0]]).toEqual([2, 'trust/root-format'])
  expect(wrong.everything).toContain('config.json')
  const root = JSON.stringify(instance.services.trustedRoot)
  writeFileSync(join(instance.folder, 'two.jsonl'), `${root}\n${root}\n`)
  const two = await instance.run(KEYLESS.replace('root.json', 'two.jsonl'))
  expect([two.exitCode, two.codes[0]]).toEqual([2, 'trust/root-format'])
})
