// What a folder can have against a ledger: no space, no permission, links, strangers' files.

import { execFileSync, spawnSync } from 'node:child_process'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { codesOf, expectValue } from '../../ledger/test-ledger.ts'
import { hasTool } from '../../outside-tool.ts'
import { makeTemporaryFolder } from '../../temporary-folder.ts'
import { createStore, digestsOf, openStore, readSound, recordOf, recordsOf } from './test-store.ts'

const mounted: string[] = []
const mount = (...args: readonly string[]) => execFileSync('mount', args, { stdio: 'pipe' })
const canMount = canMountHere()

/** Root of a machine, or of a container that may. */
function canMountHere(): boolean {
  const place = makeTemporaryFolder('mount')
  const can = hasTool('mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place)
  if (can) spawnSync('umount', [place])
  return can
}

afterEach(() => {
  for (const place of mounted.splice(0)) execFileSync('umount', [place])
})

function listFiles(place: string): readonly string[] {
  const files = readdirSync(place, { recursive: true, withFileTypes: true })
  return files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name))
}

describe.skipIf(!canMount)('a disk', () => {
  it('that is full is a clear error, and leaves the ledger as it was', async () => {
    const place = makeTemporaryFolder('ledger-full')
    mount('-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', place)
    mounted.push(place)
    const store = await createStore(place, recordsOf(3))
    writeFileSync(join(place, 'ballast'), Buffer.alloc(1024 * 1024).subarray(0, 150_000))
    const bytes = Buffer.alloc(120_000, 'x')
    const { entry } = recordOf('large')
    const { createHash } = await import('node:crypto')
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const large = { bytes, entry: { ...entry, sha256 } }
    await expect(store.append([large])).rejects.toThrow('no space left')
    expect(await readSound(store)).toEqual(digestsOf(recordsOf(3)))
    rmSync(join(place, 'ballast'))
    expect(codesOf(await store.append([large]))).toBe('accepted')
    expect((await readSound(store)).length).toBe(4)
  })

  it('that is read-only is a clear error, and can be read', async () => {
    const place = makeTemporaryFolder('ledger-read-only')
    await createStore(place, recordsOf(3))
    mount('--bind', place, place)
    mounted.push(place)
    mount('-o', 'remount,bind,ro', place)
    const store = openStore(place)
    expect(await readSound(store)).toEqual(digestsOf(recordsOf(3)))
    await expect(store.append([recordOf(3)])).rejects.toThrow('the file system is read-only')
    const made = await openStore(join(place, 'other')).init().catch(String)
    expect(JSON.stringify(made)).toMatch(/Cannot make \S*ledger/)
  })
})

describe('a link in the folder of a ledger is refused, and what it leads to stays as it is:', () => {
  it.each([
    ['the folder of a record', `records/${recordOf(0).entry.sha256.slice(0, 2)}`, 'folder'],
    ['tiles', 'tile', 'folder'],
    ['a tile', 'tile/0/000.p/3', 'file'],
    ['the last entries', 'tile/entries/000.p/3', 'file'],
    ['the head', 'head', 'file'],
    ['what is written next', '.work', 'folder'],
  ])('%s', async (_, path) => {
    const place = makeTemporaryFolder('ledger-link')
    await createStore(place, recordsOf(3))
    const at = join(place, 'ledger', path)
    renameSync(at, join(place, 'elsewhere'))
    symlinkSync(join(place, 'elsewhere'), at)
    const before = listFiles(place).map((file) => readFileSync(file, 'latin1'))
    const store = openStore(place)
    expect(codesOf(await store.append([recordOf(0), recordOf(3)]))).toEqual(['host/ledger-link'])
    if (path.startsWith('records')) {
      expect(codesOf(await store.readRecord(recordOf(0).entry))).toEqual(['host/ledger-link'])
    } else if (path !== '.work') {
      expect(codesOf(await store.read())).toEqual(['host/ledger-link'])
    }
    expect(listFiles(place).map((file) => readFileSync(file, 'latin1'))).toEqual(before)
  })

  it('a link to the folder itself is the person’s own, and followed', async () => {
    const place = makeTemporaryFolder('ledger-linked')
    await createStore(place, recordsOf(3))
    renameSync(join(place, 'ledger'), join(place, 'elsewhere'))
    symlinkSync('elsewhere', join(place, 'ledger'))
    expect(codesOf(await openStore(place).append([recordOf(3)]))).toBe('accepted')
  })
})

describe('what somebody else put into the folder', () => {
  it('as a change that is under way makes nothing outside of a ledger', async () => {
    for (const plan of [
      { paths: ['../outside'], remove: [] },
      { paths: ['records/../../outside'], remove: [] },
      { paths: ['head'], remove: ['head'] },
      { paths: 'head', remove: [] },
      ['head'],
    ]) {
      const place = makeTemporaryFolder('ledger-planned')
      const store = await createStore(place, recordsOf(3))
      const ready = join(place, 'ledger/.work/ready')
      mkdirSync(ready)
      writeFileSync(join(ready, '0'), 'planted')
      writeFileSync(join(ready, 'plan'), JSON.stringify(plan))
      expect(codesOf(await store.append([recordOf(3)]))).toEqual(['host/ledger-journal'])
      expect(codesOf(await store.read())).toEqual(['host/ledger-journal'])
      expect(readdirSync(place)).toEqual(['ledger'])
      rmSync(ready, { recursive: true })
      expect((await readSound(store)).length).toBe(3)
    }
  })

  it('as a record is told from the one that an entry names', async () => {
    const place = makeTemporaryFolder('ledger-records')
    const store = await createStore(place, recordsOf(3))
    const [first, second] = recordsOf(2).map(({ entry }) => entry)
    const pathOf = (sha256 = '') =>
      join(place, 'ledger/records', sha256.slice(0, 2), `${sha256}.sigstore.json`)
    writeFileSync(pathOf(first?.sha256), 'record 0')
    rmSync(pathOf(second?.sha256))
    expect(codesOf(await store.readRecord({ sha256: first?.sha256 ?? '' }))).toEqual([
      'host/ledger-record-differs',
    ])
    expect(codesOf(await store.readRecord({ sha256: second?.sha256 ?? '' }))).toEqual([
      'host/ledger-record-missing',
    ])
    writeFileSync(join(place, 'ledger/records/README'), '')
    expect(expectValue(await store.listRecords()).rest()).toContainEqual({ path: 'records/README' })
  })

  it('before there is a ledger keeps one from being made', async () => {
    const place = makeTemporaryFolder('ledger-there')
    mkdirSync(join(place, 'ledger'))
    writeFileSync(join(place, 'ledger/notes'), '')
    expect(codesOf(await openStore(place).init())).toEqual(['host/ledger-exists'])
    rmSync(join(place, 'ledger/notes'))
    expect(codesOf(await openStore(place).init())).toBe('accepted')
    expect(readFileSync(join(place, 'ledger/.gitattributes'), 'utf8')).toMatch(/^\* -text/)
  })
})
