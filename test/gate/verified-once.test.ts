// Of one run no bundle is verified twice, whoever asks for it: its release, another one that names it, or a commit that several are of.

import { expect, it } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import { createTestHost } from '../host/test-host.ts'
import { digestOf } from '../verify/release.ts'
import { folderOf, readExpectation } from './fixtures/fixture.ts'

it('a gate verifies each record of its ledger once', async () => {
  const { at, head, logKey } = readExpectation('live')
  const { host } = createTestHost(folderOf('live'), { now: Date.parse(at) })
  const counts = new Map<string, number>()
  const openRecordVerifier: typeof host.openRecordVerifier = async (question, count) => {
    const { verify, close } = await host.openRecordVerifier(question, count)
    return {
      verify: (files) => {
        for (const name of files.map((bytes) => digestOf(bytes)))
          counts.set(name, (counts.get(name) ?? 0) + 1)
        return verify(files)
      },
      close,
    }
  }
  const under = `--policies policies --trust trust.json --log-key ${logKey} --at ${at} --head ${head}`
  const line = `gate ${under} --format json`
  expect(await runCli(line.split(' '), { ...host, openRecordVerifier })).toBe(0)
  expect(counts.size).toBe(91)
  expect(Math.max(...counts.values())).toBe(1)
})
