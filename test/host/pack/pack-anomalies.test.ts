// Packing and auditing, with each effect of the host failing in turn; and a disk that gives no place to a pack.

import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../../../src/cli/run-cli.ts'
import { readPack, writePack } from '../../../src/host/pack/index.ts'
import { ledgerOf, openAuditWorld, put, releaseOf, UNDER } from '../../cli/audit-world.ts'
import type { LedgerWorld } from '../../cli/ledger-world.ts'
import { makeTemporaryFolder } from '../../temporary-folder.ts'
import { createTestHost, failNthCall } from '../test-host.ts'

const RELEASE = releaseOf()
const PLACE = 'artifacts/release-evidence/staging/4711-1/pre-deploy'
const LINES = {
  pack: `pack --release ${RELEASE.id} --phase pre-deploy-candidate ${UNDER} --run --document inner.json --out new`,
  ledger: `audit ledger ${UNDER} --log-key log.vkey --head ledger/checkpoint --run`,
  packed: `audit old/${PLACE}.tar --trust trust.json --log-key log.vkey --run`,
}

let world: LedgerWorld
beforeAll(async () => {
  world = openAuditWorld()
  for (const [name, bytes] of Object.entries(RELEASE.documents)) put(world, name, bytes)
  await ledgerOf(world, 'ledger', RELEASE.generated)
  await world.done(LINES.pack.replace('--out new', '--out old'))
}, 60_000)

async function inCopy<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-pack-'))
  try {
    cpSync(world.folder, folder, { recursive: true })
    return await run(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('when an effect fails', () => {
  it.each(Object.values(LINES))(
    '%s ends with 3, and leaves a whole pack or none',
    async (line) => {
      const calls = await inCopy(async (folder) => {
        const counted = failNthCall(createTestHost(folder).host, 0)
        expect(await runCli(line.split(' '), counted.host)).toBe(0)
        return counted.calls()
      })
      expect(calls).toBeGreaterThan(1)
      for (let failing = 1; failing <= calls; failing++) {
        await inCopy(async (folder) => {
          const { host } = failNthCall(createTestHost(folder).host, failing)
          expect([failing, await runCli(line.split(' '), host)]).toEqual([failing, 3])
          const made = join(folder, 'new', PLACE)
          expect(existsSync(made)).toBe(existsSync(`${made}.tar`))
          if (existsSync(made)) {
            expect(await readPack(folder, `new/${PLACE}.tar`)).toMatchObject({ ok: true })
          }
          const names = readdirSync(folder, { recursive: true }).map(String)
          expect(names.filter((name) => name.includes('.partial'))).toEqual([])
        })
      }
    },
    60_000,
  )
})

const FILES = new Map([
  ['a', Buffer.from('a')],
  ['b/c', Buffer.from('c')],
])

describe('writePack()', () => {
  it('writes what readPack() reads', async () => {
    const folder = makeTemporaryFolder('pack')
    const written = writePack(folder, 'x/y', FILES)
    expect(written.ok).toBe(true)
    const read = await readPack(folder, 'x/y.tar')
    expect(
      read.ok && [...read.value.files].map(([path, bytes]) => [path, Buffer.from(bytes)]),
    ).toEqual([...FILES])
  })

  it('takes the place of nothing, neither of the folder nor of the file', () => {
    const folder = makeTemporaryFolder('pack')
    mkdirSync(join(folder, 'x'))
    expect(writePack(folder, 'x', FILES)).toMatchObject({
      problems: [{ code: 'host/file-exists' }],
    })
    writeFileSync(join(folder, 'y.tar'), 'mine')
    expect(writePack(folder, 'y', FILES)).toMatchObject({
      problems: [{ code: 'host/file-exists' }],
    })
    expect(readdirSync(folder).toSorted()).toEqual(['x', 'y.tar'])
  })

  it.skipIf(process.getuid?.() === 0)('says that a folder can not be written to', () => {
    const folder = makeTemporaryFolder('pack')
    chmodSync(folder, 0o500)
    expect(writePack(folder, 'x', FILES)).toMatchObject({
      problems: [{ code: 'host/file-unwritable' }],
    })
    chmodSync(folder, 0o700)
  })

  it('says that a file stands where a folder would have to', () => {
    const folder = makeTemporaryFolder('pack')
    writeFileSync(join(folder, 'x'), 'a file')
    expect(writePack(folder, 'x/y', FILES)).toMatchObject({
      problems: [{ code: 'host/file-unwritable' }],
    })
  })
})
