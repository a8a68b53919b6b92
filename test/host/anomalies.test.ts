// Every command, with each of its effects failing in turn: the right exit code, and no half-written file.

import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import { createTestHost, failNthCall } from './test-host.ts'

let world: string
beforeAll(async () => {
  world = mkdtempSync(join(tmpdir(), 'assay-anomalies-'))
  mkdirSync(join(world, 'dist'))
  writeFileSync(join(world, 'dist/a'), 'a')
  writeFileSync(join(world, 'dist/b'), 'b')
  writeFileSync(join(world, 'predicate.json'), '{"made":"here"}')
  await done('key generate --out release --unsafe-unencrypted', world)
  await done('trust init --out trust.json', world)
  await done('trust add-key release.pub.pem --name release --role release', world)
  await done('digest dist --out SHA256SUMS', world)
  await done('snapshot . --out snapshot.json', world)
  await done(
    `attest provenance --set dist --key release.key.pem --out release.sigstore.json`,
    world,
  )
})
afterAll(() => rmSync(world, { recursive: true }))

async function done(line: string, folder: string): Promise<void> {
  const { host, output } = createTestHost(folder)
  expect([await runCli(line.split(' '), host), line, output.stderr]).toEqual([
    0,
    line,
    output.stderr,
  ])
}

/** Every file by its path, with its content. */
function read(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  return new Map(files.map((path) => [path.slice(folder.length), readFileSync(path, 'latin1')]))
}

const inCopy = async (run: (folder: string) => Promise<void>) => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-anomaly-'))
  try {
    cpSync(world, folder, { recursive: true })
    await run(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('when an effect fails', () => {
  it.each([
    'digest dist --out new-sums',
    'digest --check SHA256SUMS dist',
    'snapshot . --out new-snapshot.json',
    'snapshot diff snapshot.json snapshot.json',
    'key generate --out new --unsafe-unencrypted',
    'key public release.key.pem',
    'key jwks release.pub.pem',
    'trust init --out new-trust.json',
    'trust revoke-key --name release --at 2026-01-01T00:00:00Z --reason retired',
    'trust add-role --name approver',
    'trust show',
    'attest provenance --set dist --key release.key.pem --out new.sigstore.json',
    'attest https://example.org/made/v1 --predicate predicate.json --set dist --key release.key.pem --out new.sigstore.json',
    'verify release.sigstore.json --set dist --trust trust.json',
    'verify release.sigstore.json --artifact dist/a --trust trust.json --format json',
    'deployed dist --release release.sigstore.json --trust trust.json',
    'inspect release.sigstore.json',
    'doctor',
    'help',
  ])('%s ends with 3 and leaves whole files', async (line) => {
    let calls = 0
    await inCopy(async (folder) => {
      const counted = failNthCall(createTestHost(folder).host, 0)
      expect(await runCli(line.split(' '), counted.host)).toBe(0)
      calls = counted.calls()
    })
    expect(calls).toBeGreaterThan(0)

    for (let failing = 1; failing <= calls; failing++) {
      await inCopy(async (folder) => {
        const before = read(folder)
        const { host } = failNthCall(createTestHost(folder).host, failing)
        expect([failing, await runCli(line.split(' '), host)]).toEqual([failing, 3])
        for (const [path, content] of read(folder)) {
          // What is new is whole: it ends as its kind of file does. What was there is as it was, or whole too.
          if (content !== before.get(path))
            expect([path, content]).toEqual([path, expect.stringMatching(/\n$/)])
          expect(path).not.toContain('.partial')
        }
      })
    }
  })
})
