// Standard output carries one JSON document, also where nobody reads standard error any more.

import { describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import { AssayError } from '../../src/core/index.ts'
import { createTestHost } from '../host/test-host.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'

async function runUnheard(line: string, thrown: Error) {
  const { host, output } = createTestHost(makeTemporaryFolder('one-document'))
  const unheard = { ...host, tell: () => Promise.reject(thrown) }
  return { exitCode: await runCli(line.split(' '), unheard), ...output }
}

const CLOSED = new AssayError('host/output', 'Cannot write the output: the other end was closed')
const REFUSED = 'verify --trust missing.json --artifact a b.json'

describe('a refusal that nobody hears in words', () => {
  it('is one document, with its own exit code', async () => {
    const { exitCode, stdout } = await runUnheard(`${REFUSED} --format json`, CLOSED)
    expect(exitCode).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ problems: [{ code: 'host/file-missing' }] })
  })

  it('ends with 3 where the words were all there is', async () => {
    expect(await runUnheard(REFUSED, CLOSED)).toMatchObject({ exitCode: 3, stdout: '' })
  })

  it('is still a bug where it is one', async () => {
    const { exitCode } = await runUnheard(`${REFUSED} --format json`, new Error('not of the world'))
    expect(exitCode).toBe(70)
  })
})
