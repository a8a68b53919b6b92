// What `--out` may name, and what it never takes away.

import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import { createTestHost } from '../host/test-host.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'

const folder = makeTemporaryFolder('out')
const ATTEST = 'attest https://example.org/made/v1 --predicate p.json --key me.key.pem'
const FILES = { 'rel.tgz': 'a release\n', 'p.json': '{}', 's/f': 'f\n', 't/f': 'f\n', 't/g': 'g\n' }

beforeAll(async () => {
  for (const name of ['s', 't', 'dir']) mkdirSync(join(folder, name), { recursive: true })
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text)
  execFileSync('tar', ['--format=ustar', '-cf', 'r.tar', 't'], { cwd: folder })
  symlinkSync('loop', join(folder, 'loop'))
  await assay('digest t --out SUMS')
  await assay('key generate --out me --unsafe-unencrypted')
})

async function assay(line: string) {
  const { host, output } = createTestHost(folder)
  const exitCode = await runCli(line.split(' '), host)
  return { exitCode, ...output }
}

const read = (name: string) => readFileSync(join(folder, name))

describe('--out', () => {
  it.each([
    ['rel.tgz', `${ATTEST} --artifact rel.tgz --out rel.tgz`],
    ['rel.tgz', `${ATTEST} --artifact rel.tgz --out ./s/../rel.tgz`],
    ['r.tar', `${ATTEST} --set r.tar --out r.tar`],
    ['SUMS', `${ATTEST} --set SUMS --out SUMS`],
    ['p.json', `${ATTEST} --artifact rel.tgz --out p.json`],
    ['r.tar', 'digest r.tar --contents --out r.tar'],
  ])('keeps %s, which is read: %s', async (name, line) => {
    const before = read(name)
    const ran = await assay(line)
    expect(ran).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('[host/file-is-input]'),
    })
    expect(read(name)).toEqual(before)
    const elsewhere = line.replace(/--out .*$/, '--out elsewhere')
    expect(await assay(elsewhere)).toMatchObject({ exitCode: 0 })
  })

  it('writes a manifest over the one of the run before, though a glob named it too', async () => {
    expect(await assay('digest s rel.tgz OURS --out OURS')).toMatchObject({ exitCode: 2 })
    expect(await assay('digest s rel.tgz --out OURS')).toMatchObject({ exitCode: 0 })
    expect(await assay('digest s rel.tgz OURS --out OURS')).toMatchObject({ exitCode: 0 })
    expect(read('OURS').toString()).not.toContain('OURS')
  })

  it.each([
    ['s/f', `${ATTEST} --set s --out s/f`, 'Not counted: "f" (bundle)'],
    ['rel.tgz', 'digest rel.tgz --out rel.tgz', 'Not counted: "rel.tgz" (manifest)'],
  ])('that names the only file, %s, is told: %s', async (name, line, hint) => {
    const before = read(name)
    expect(await assay(line)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(
        new RegExp(`digest/set-empty[^]*${hint.replaceAll(/[()]/g, '\\$&')}`),
      ),
    })
    expect(read(name)).toEqual(before)
  })

  it.each(['attest', 'digest', 'snapshot take', 'trust init', 'key generate'])(
    'of %s that can not be written is refused, and one of 250 characters is written',
    async (verb) => {
      const rest: Record<string, string> = {
        attest: `${ATTEST} --artifact rel.tgz`,
        digest: 'digest rel.tgz',
        'snapshot take': 'snapshot take s',
        'trust init': 'trust init',
        'key generate': 'key generate --unsafe-unencrypted',
      }
      for (const out of ['loop/x', 'x'.repeat(300), 'none/x']) {
        const ran = await assay(`${rest[verb]} --out ${out}`)
        expect(ran).toMatchObject({
          exitCode: 2,
          // Keys are looked for before they are made.
          stderr: expect.stringMatching(/\[host\/file-(?:unwritable|unreadable)\]/),
        })
      }
      // Names of keys get `.pub.pem` behind them.
      const long = `${verb.charAt(0)}${'x'.repeat(240)}`
      expect(await assay(`${rest[verb]} --out ${long}`)).toMatchObject({ exitCode: 0 })
      expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([])
    },
  )

  it('that is a folder or a device asks for a file, and promises nothing else', async () => {
    for (const out of ['dir', '/dev/stdout', '/dev/null']) {
      const { exitCode, stderr } = await assay(`${ATTEST} --artifact rel.tgz --out ${out}`)
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining('Give the name of a file')])
      expect(stderr).not.toContain('standard output')
    }
  })
})

describe('a line to copy', () => {
  const verify = async (trust: string) => {
    const { host, output } = createTestHost(folder)
    await runCli(['verify', '--trust', trust, '--artifact', 'rel.tgz', 'b.json'], host)
    return output.stderr
  }

  it.each([
    ['none.json', 'hint: assay trust init --out none.json\n'],
    ['x;touch pwned', "hint: assay trust init --out 'x;touch pwned'\n"],
    ['$(touch pwned)', "hint: assay trust init --out '$(touch pwned)'\n"],
    ['-', 'hint: A trust document is a file: give its path\n'],
  ])('has the path %s as one word of a shell', async (path, hint) => {
    expect(await verify(path)).toContain(hint)
  })

  it('is left out where the path can not be typed', async () => {
    expect(await verify('a\u001b[31m')).not.toContain('hint:')
  })

  it('about a key is of its own path', async () => {
    writeFileSync(join(folder, 'k;touch pwned'), read('me.key.pem'), { mode: 0o644 })
    const { host, output } = createTestHost(folder)
    const line = 'attest https://example.org/x --predicate p.json --artifact rel.tgz --out o --key'
    expect(await runCli([...line.split(' '), 'k;touch pwned'], host)).toBe(2)
    expect(output.stderr).toContain("hint: chmod 600 'k;touch pwned'\n")
  })
})
