// The package as users get it: packed, installed into an empty folder, and run on every line of Node that it supports.

import { execFileSync, spawnSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
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
import { ROOT } from '../../.ci/checkout.ts'
import { packCheckout } from '../../.ci/pack.ts'
import { findNodes } from './nodes.ts'

const INSTALLED_BYTES_MAX = 30 * 1024 * 1024
const MANIFEST = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly version: string
  readonly dependencies: Readonly<Record<string, string>>
}

/** What a compiled file imports by name, at its head or on use. */
const IMPORTED = /^import [^"\n]*from "([^."][^"]*)"|import\("([^."][^"]*)"\)/gm

let folder: string
let app: string
let installed: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-pack-'))
  mkdirSync(join(folder, 'packed'))
  const tarball = packCheckout(join(folder, 'packed'))
  app = join(folder, 'app')
  mkdirSync(app)
  writeFileSync(join(app, 'package.json'), '{ "type": "module" }')
  const options = ['--prefer-offline', '--no-audit', '--no-fund', '--no-save']
  execFileSync('npm', ['install', ...options, tarball], { cwd: app, stdio: 'pipe' })
  installed = join(app, 'node_modules/assay')
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the installed package', () => {
  it('is small, and replaces no Node', () => {
    expect(sizeOf(join(app, 'node_modules'))).toBeLessThan(INSTALLED_BYTES_MAX)
    expect(existsSync(join(app, 'node_modules/.bin/assay'))).toBe(true)
    expect(existsSync(join(app, 'node_modules/.bin/node'))).toBe(false)
  })

  it('holds what is published and nothing else', () => {
    expect(readdirSync(installed).toSorted()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'dist',
      'package.json',
      'policies',
    ])
    expect(readdirSync(join(installed, 'dist')).toSorted()).toEqual(['cli', 'lib', 'schemas'])
  })

  it('depends on the packages that the library imports, and on no others', () => {
    const imported = listFiles(join(installed, 'dist/lib'))
      .filter((path) => path.endsWith('.js'))
      .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(IMPORTED)])
      .map(([, fixed, onUse]) => fixed ?? onUse ?? '')
      .map((specifier) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '')
      .filter((name) => !name.startsWith('node:'))
    expect([...new Set(imported)].toSorted()).toEqual(Object.keys(MANIFEST.dependencies).toSorted())
  })

  it('promises nothing of the Sigstore part but that there is one', () => {
    const text = readFileSync(join(installed, 'dist/lib/verify/sigstore/sigstore.d.ts'), 'utf8')
    const [, members = ''] = /^export interface Sigstore \{\n([^}]*)\}/m.exec(text) ?? []
    expect(members.trim()).toBe("readonly kind: 'sigstore';")
  })

  it('carries the licence of everything that is bundled', () => {
    const notices = readFileSync(join(installed, 'dist/cli/THIRD-PARTY.txt'), 'utf8')
    for (const name of ['@stricli/core', 'zod', 'yaml']) expect(notices).toContain(`${name} `)
  })

  it('tells an old Node that it is too old', () => {
    const old = join(folder, 'old.mjs')
    writeFileSync(
      old,
      `Object.defineProperty(process.versions, 'node', { value: '20.0.0' })\nawait import(${JSON.stringify(join(installed, 'dist/cli/main.cjs'))})`,
    )
    const { status, stderr } = spawnSync(process.execPath, [old, 'verify'], { encoding: 'utf8' })
    expect(stderr).toMatch(/^error: Expected Node \^22\.\S+ .*, found 20\.0\.0 at "/)
    expect(status).toBe(3)
  })
})

describe.each(findNodes())('on Node $version, the installed package', ({ version, program }) => {
  const env = { ...process.env, ASSAY_KEY_PASSPHRASE: 'correct horse', INIT_CWD: ROOT }
  const work = () => join(app, `work-${version}`)

  function assay(...args: string[]) {
    const main = join(installed, 'dist/cli/main.cjs')
    const options = { cwd: work(), encoding: 'utf8', env } as const
    return spawnSync(program ?? '', [main, ...args], options)
  }

  it.skipIf(program === undefined)('signs a release and verifies it', () => {
    mkdirSync(join(work(), 'dist'), { recursive: true })
    writeFileSync(join(work(), 'dist/app.js'), 'export {}\n')
    expect(assay('--version').stdout).toBe(`${MANIFEST.version}\n`)
    expect(assay('digest', 'dist').stdout).toMatch(/^[0-9a-f]{64} {2}app\.js\n$/)
    for (const args of [
      ['key', 'generate', '--out', 'release'],
      ['trust', 'init', '--out', 'trust.json'],
      ['trust', 'add-key', 'release.pub.pem', '--name', 'release', '--role', 'release'],
      ['snapshot', '--out', 'snapshot.json', '--format', 'json'],
      'attest provenance --set dist --snapshot snapshot.json --key release.key.pem --out a.sigstore.json'.split(
        ' ',
      ),
    ]) {
      expect(assay(...args)).toMatchObject({ status: 0 })
    }
    const verify = ['verify', 'a.sigstore.json', '--set', 'dist', '--trust', 'trust.json']
    expect(assay(...verify)).toMatchObject({ status: 0 })
    writeFileSync(join(work(), 'dist/app.js'), 'export { }\n')
    expect(assay(...verify)).toMatchObject({ status: 1 })
  })

  it.skipIf(program === undefined)(
    'counts paths from where it was called, not from INIT_CWD',
    () => {
      mkdirSync(work(), { recursive: true })
      writeFileSync(join(work(), 'only-here.txt'), '')
      expect(assay('digest', 'only-here.txt')).toMatchObject({ status: 0 })
      expect(assay('digest', 'package-lock.json')).toMatchObject({ status: 2 })
    },
  )

  it.skipIf(program === undefined)('is a library', () => {
    const file = join(app, `library-${version}.js`)
    writeFileSync(
      file,
      `import { auditTree, digestBytes, loadSigstore, parseManifest, parsePolicies } from 'assay'
const manifest = new TextEncoder().encode(digestBytes('sha256', new Uint8Array()) + '  empty\\n')
console.log(parseManifest(manifest).value[0].path, (await loadSigstore()).kind)
const tree = await auditTree({ reader: { read: async () => undefined }, size: 0 })
console.log(tree.value.size, parsePolicies([{ name: 'a.yaml', bytes: manifest }]).ok)
`,
    )
    const { stdout, stderr } = spawnSync(program ?? '', [file], { cwd: app, encoding: 'utf8' })
    expect({ stdout, stderr }).toEqual({ stdout: 'empty sigstore\n0 false\n', stderr: '' })
  })
})

function listFiles(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => join(root, name))
}

function sizeOf(root: string): number {
  return listFiles(root)
    .map((path) => lstatSync(path))
    .filter((stats) => stats.isFile())
    .reduce((sum, { size }) => sum + size, 0)
}
