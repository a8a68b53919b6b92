import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from '../../.ci/checkout.ts'
import { LIMITS } from '../../src/core/index.ts'
import { createHost } from '../../src/host/index.ts'
import { parsePolicies } from '../../src/policy/index.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'

/** A folder with these files in it; a name that ends in a slash is a folder. */
function folderOf(...names: readonly string[]): string {
  const folder = makeTemporaryFolder('policies')
  for (const name of names) {
    const path = join(folder, 'policies', name)
    mkdirSync(name.endsWith('/') ? path : join(path, '..'), { recursive: true })
    if (!name.endsWith('/')) writeFileSync(path, name)
  }
  return folder
}

async function read(folder: string): Promise<unknown> {
  const files = await createHost(folder).readPolicies('policies')
  if (!files.ok) return files.problems.map(({ code }) => code)
  return files.value.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()])
}

it('readPolicies() reads every policy below a folder, sorted by its path', async () => {
  const folder = folderOf('b/x.yml', 'b/a/y.json', 'a.yaml', 'README.md', 'b/a.yaml.bak', 'c/')
  expect(await read(folder)).toEqual([
    ['a.yaml', 'a.yaml'],
    ['b/a/y.json', 'b/a/y.json'],
    ['b/x.yml', 'b/x.yml'],
  ])
})

it('readPolicies() tells policies from their cases and signatures', async () => {
  const folder = folderOf(
    'a.yaml',
    'a.test.yaml',
    'a.yaml.sigstore.json',
    'a.test/b.json',
    'test.yaml',
  )
  const names = async (part?: 'cases') => {
    const files = await createHost(folder).readPolicies('policies', part)
    return files.ok && files.value.map(({ name }) => name)
  }
  expect(await names()).toEqual(['a.yaml', 'test.yaml'])
  expect(await names('cases')).toEqual(['a.test.yaml', 'a.test/b.json'])
})

it('readPolicies() reads the shipped policies', async () => {
  const files = await createHost(ROOT).readPolicies('policies/release-assurance')
  expect(files.ok && parsePolicies(files.value)).toMatchObject({ ok: true })
})

it('readPolicies() follows no link, to a file or to a folder', async () => {
  for (const [target, name] of [
    ['a.yaml', 'b.yaml'],
    ['..', 'c'],
    ['nowhere', '.#a.yaml'],
  ] as const) {
    const folder = folderOf('a.yaml')
    symlinkSync(target, join(folder, 'policies', name))
    expect([name, await read(folder)]).toEqual([name, ['host/policies-link']])
  }
  expect(await read(folderOf('a.yaml'))).toEqual([['a.yaml', 'a.yaml']])
})

it('readPolicies() refuses a folder that is none, or is not there', async () => {
  const folder = makeTemporaryFolder('policies')
  expect(await read(folder)).toEqual(['host/file-missing'])
  writeFileSync(join(folder, 'policies'), '')
  expect(await read(folder)).toEqual(['host/file-missing'])
})

it('readPolicies() refuses more files than are read, and folders in too many folders', async () => {
  const many = Array.from({ length: LIMITS.policyFilesMax + 1 }, (_, index) => `${index}.yaml`)
  expect(await read(folderOf(...many))).toEqual(['host/policies-too-many'])
  expect(await read(folderOf(...many.slice(1)))).toHaveLength(LIMITS.policyFilesMax)
  expect(await read(folderOf(`${'d/'.repeat(9)}a.yaml`))).toEqual(['host/policies-too-many'])
  expect(await read(folderOf(`${'d/'.repeat(8)}a.yaml`))).toHaveLength(1)
})

it('readPolicies() refuses a file, or all files together, that are larger than people write', async () => {
  const one = folderOf('a.yaml')
  truncateSync(join(one, 'policies/a.yaml'), LIMITS.policyBytesMax + 1)
  expect(await read(one)).toEqual(['host/file-too-large'])
  const names = Array.from({ length: 17 }, (_, index) => `${index}.yaml`)
  const all = folderOf(...names)
  for (const name of names.slice(1)) {
    truncateSync(join(all, 'policies', name), LIMITS.policyBytesMax)
  }
  expect(await read(all)).toEqual(['host/file-too-large'])
})

it('readPolicies() notes what it read, so that no output replaces it', async () => {
  const host = createHost(folderOf('a.yaml'))
  expect(await host.judgeOutput('policies/a.yaml')).toMatchObject({ ok: true })
  expect(await host.readPolicies('policies')).toMatchObject({ ok: true })
  expect(await host.judgeOutput('policies/a.yaml')).toMatchObject({
    problems: [{ code: 'host/file-is-input' }],
  })
  // The next run would read it.
  expect(await host.judgeOutput('policies/new.yaml')).toMatchObject({
    problems: [{ code: 'host/file-is-input' }],
  })
  expect(await host.judgeOutput('policies.yaml')).toMatchObject({ ok: true })
})
