// `assay deployed`, in a folder with a signed release: what lies there, in every form that it may have.

import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import type { Check } from '../../src/core/index.ts'
import { encodeManifest } from '../../src/digest/index.ts'
import { createTestHost } from '../host/test-host.ts'
import { codesOf } from '../verify/question.ts'
import {
  artifactsOf,
  digestOf,
  messageBundle,
  RELEASE_FILES,
  SOURCE,
  signedBundle,
  statement,
  writeTrust,
} from '../verify/release.ts'

let folder = ''
const at = (path: string) => join(folder, path)
const write = (path: string, content: string | Uint8Array) => {
  mkdirSync(dirname(at(path)), { recursive: true })
  writeFileSync(at(path), content)
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-deployed-'))
  for (const [path, content] of Object.entries(RELEASE_FILES)) write(`dist/${path}`, content)
  write('release.json', JSON.stringify(signedBundle(statement())))
  write('trust.json', writeTrust())
})
afterEach(() => rmSync(folder, { recursive: true }))

interface Answer {
  readonly outcome: string
  readonly verdict?: Check
  readonly problems?: readonly { readonly code: string }[]
}

async function deployed(...args: readonly string[]) {
  const { host, output } = createTestHost(folder)
  const release = args.includes('--release') ? [] : ['--release', 'release.json']
  const options = [...release, '--trust', 'trust.json', '--format', 'json']
  const exitCode = await runCli(['deployed', ...args, ...options], host)
  const { outcome, verdict, problems = [] } = JSON.parse(output.stdout) as Answer
  const codes = verdict === undefined ? problems.map(({ code }) => code) : codesOf(verdict)
  return { exitCode, outcome, codes, notes: output.stderr, text: output.stdout }
}

/** An archive of `dist`, packed as npm packs: everything below one folder. */
function pack(): void {
  cpSync(at('dist'), at('pack/package'), { recursive: true })
  const files = Object.keys(RELEASE_FILES).map((path) => `package/${path}`)
  execFileSync('tar', ['--format=ustar', '-czf', at('app.tgz'), '-C', at('pack'), ...files])
}

describe('assay deployed', () => {
  it('accepts a folder that is exactly the release', async () => {
    expect(await deployed('dist')).toMatchObject({ exitCode: 0, outcome: 'accepted', codes: [] })
  })

  it('accepts what plain sha256sum wrote on the server, and says that it saw only that', async () => {
    const list = execFileSync('sha256sum', Object.keys(RELEASE_FILES), { cwd: at('dist') })
    write('server.txt', list)
    expect(await deployed('server.txt')).toMatchObject({
      exitCode: 0,
      notes: '"server.txt" is a manifest: the files that it lists were not looked at\n',
    })
    write(
      'server.txt',
      list.toString().replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
    )
    expect((await deployed('server.txt')).codes).toEqual([
      'verify/set-digest',
      'digest/artifact-changed',
    ])
  })

  it('accepts an archive by its contents, with leading parts dropped as asked', async () => {
    pack()
    expect(await deployed('app.tgz', '--strip', '1')).toMatchObject({ exitCode: 0 })
    const { codes } = await deployed('app.tgz')
    expect(new Set(codes)).toEqual(new Set(['verify/set-digest', 'digest/artifact-renamed']))
  })

  it('accepts an installed package whose archive is signed', async () => {
    pack()
    const archive = execFileSync('cat', [at('app.tgz')])
    const digest = { sha512: digestOf(archive, 'sha512') }
    const subject = [{ name: 'pkg:npm/app@1.2.0', digest }]
    write('published.json', JSON.stringify(signedBundle(statement({ subject }))))
    const options = ['--archive', 'app.tgz', '--strip', '1']
    const published = [...options, '--release', 'published.json']
    expect(await deployed('dist', ...published)).toMatchObject({ exitCode: 0 })
    expect((await deployed('dist', ...options)).codes).toEqual(['verify/subject-missing'])
    write('dist/app.js', 'console.log(3)\n')
    expect((await deployed('dist', ...published)).codes).toEqual(['digest/artifact-changed'])
    write('message.json', JSON.stringify(messageBundle(archive)))
    const message = [...options, '--release', 'message.json']
    expect((await deployed('dist', ...message)).codes).toEqual(['digest/artifact-changed'])
    write('dist/app.js', RELEASE_FILES['app.js'] ?? '')
    expect(await deployed('dist', ...message)).toMatchObject({ exitCode: 0 })
  })

  it('says in the verdict what the set was read from', async () => {
    pack()
    write('server.txt', encodeManifest(artifactsOf(RELEASE_FILES)))
    const form = async (...args: readonly string[]) => {
      const { exitCode, text } = await deployed(...args)
      expect(exitCode).toBe(0)
      const { verdict } = JSON.parse(text) as { verdict: Check }
      return verdict.checks?.filter(({ name }) => name === 'set-form').map(({ found }) => found)
    }
    expect(await form('dist')).toEqual(['files'])
    expect(await form('app.tgz', '--strip', '1')).toEqual(['archive'])
    expect(await form('server.txt')).toEqual(['manifest'])
  })

  it('takes no manifest for the archive that its name says', async () => {
    const manifest = encodeManifest(artifactsOf(RELEASE_FILES))
    for (const name of ['rel.tar', 'rel.tgz', 'rel.tar.gz', 'rel.tar.xz', 'REL.ZIP']) {
      write(name, manifest)
      expect(await deployed(name), name).toMatchObject({
        exitCode: 2,
        codes: ['cli/manifest-named-archive'],
      })
    }
    write('rel.tgz.sums', manifest)
    expect(await deployed('rel.tgz.sums')).toMatchObject({ exitCode: 0 })
  })

  it('refuses options that would do nothing for what was read', async () => {
    pack()
    write('server.txt', encodeManifest(artifactsOf(RELEASE_FILES)))
    const idle = { exitCode: 2, codes: ['cli/usage'] }
    expect(await deployed('dist', '--strip', '1')).toMatchObject(idle)
    expect(await deployed('server.txt', '--strip', '0')).toMatchObject(idle)
    expect(await deployed('server.txt', '--symlinks', 'list')).toMatchObject(idle)
    expect(await deployed('dist', '--ignore', '')).toMatchObject(idle)
    expect(await deployed('')).toMatchObject(idle)
    expect(await deployed('dist', '--symlinks', 'list')).toMatchObject({ exitCode: 0 })
    const archive = ['--strip', '1', '--symlinks', 'refuse']
    expect(await deployed('app.tgz', ...archive)).toMatchObject({ exitCode: 0 })
  })

  it('leaves the bundles that it verifies out of the set, and says so', async () => {
    write('dist/release.json', JSON.stringify(signedBundle(statement())))
    expect((await deployed('dist')).codes).toEqual(['verify/set-digest', 'digest/artifact-extra'])
    const inside = await deployed('dist', '--release', 'dist/release.json')
    expect(inside).toMatchObject({ exitCode: 0 })
    expect(inside.text).toContain('\\"release.json\\" is not part of the set: bundle')
    write('dist/other.json', JSON.stringify(signedBundle(statement())))
    const other = await deployed('dist', '--release', 'dist/release.json')
    expect(other.codes).toEqual(['verify/set-digest', 'digest/artifact-extra'])
  })

  it('takes a bundle in the set that is not asked for the file that it is', async () => {
    const other = signedBundle(statement({ predicateType: 'https://example.org/other/v1' }))
    write('dist/release.json', JSON.stringify(signedBundle(statement())))
    write('dist/other.json', JSON.stringify(other))
    const both = ['dist', '--release', 'dist/release.json', '--release', 'dist/other.json']
    const type = ['--type', 'provenance']
    // All are asked, and each is accepted.
    expect(await deployed(...both)).toMatchObject({ exitCode: 0 })
    expect((await deployed(...both, ...type)).codes).toContain('digest/artifact-extra')
    // Nothing else than its type would have been looked at.
    write('dist/other.json', JSON.stringify(other).replace('"sig":"', '"sig":"AAAA'))
    expect((await deployed(...both, ...type)).codes).toContain('digest/artifact-extra')
    expect(await deployed(...both, ...type, '--ignore', 'other.json')).toMatchObject({
      exitCode: 0,
    })
    write(
      'dist/release.json',
      `${JSON.stringify(signedBundle(statement()))}\n${JSON.stringify(other)}\n`,
    )
    const lines = ['dist', '--release', 'dist/release.json', '--ignore', 'other.json', ...type]
    expect((await deployed(...lines)).codes).toContain('digest/artifact-extra')
  })

  it('is for the target that is expected', async () => {
    const at = (target: string, channel: string) =>
      deployed('dist', '--target', target, '--channel', channel)
    expect(await at('render_staging_rollout', 'staging')).toMatchObject({ exitCode: 0 })
    expect((await at('render_production_rollout', 'production')).codes).toEqual([
      'verify/channel',
      'verify/target',
    ])
  })

  it('refuses what is too much, and lists what is ignored on request', async () => {
    write('dist/logs/app.log', 'started\n')
    expect(await deployed('dist')).toMatchObject({
      exitCode: 1,
      codes: ['verify/set-digest', 'digest/artifact-extra'],
    })
    const ignoring = await deployed('dist', '--ignore', 'logs/**')
    expect(ignoring).toMatchObject({ exitCode: 0 })
    expect(ignoring.text).toContain('is not part of the set: excluded')
  })

  it('does not let a signed file be ignored', async () => {
    write('dist/app.js', 'console.log(3)\n')
    expect((await deployed('dist', '--ignore', 'app.js')).codes).toEqual([
      'verify/set-digest',
      'digest/artifact-missing',
    ])
  })

  it('never follows a symbolic link, and refuses it unless it is to be listed', async () => {
    symlinkSync('/etc/passwd', at('dist/passwd'))
    expect((await deployed('dist')).codes).toEqual(['verify/link-extra'])
    const listed = await deployed('dist', '--symlinks', 'list')
    expect(listed).toMatchObject({ exitCode: 0 })
    expect(listed.text).toContain('which is not followed and not signed')
    rmSync(at('dist/app.js'))
    write('app.js', RELEASE_FILES['app.js'] ?? '')
    symlinkSync('../app.js', at('dist/app.js'))
    expect((await deployed('dist', '--symlinks', 'list')).codes).toEqual([
      'verify/set-digest',
      'digest/artifact-missing',
    ])
  })

  it('holds the provenance against what is expected of it', async () => {
    const expected = ['--source-uri', SOURCE, '--source-tag', 'v1.2.0']
    expect(await deployed('dist', ...expected)).toMatchObject({ exitCode: 0 })
    expect((await deployed('dist', '--source-tag', 'v1.3.0')).codes).toEqual(['verify/source-tag'])
  })

  it('can not judge what it can not read', async () => {
    expect(await deployed('nowhere')).toMatchObject({ exitCode: 2, codes: ['digest/file-missing'] })
    expect(await deployed('dist', '--release', 'nowhere')).toMatchObject({ exitCode: 2 })
    expect(await deployed('dist', '--archive', 'nowhere')).toMatchObject({ exitCode: 2 })
    expect(await deployed('dist', '--archive', 'trust.json')).toMatchObject({ exitCode: 2 })
    expect(await deployed('dist', '--strip', '-1')).toMatchObject({ exitCode: 2 })
    expect(await deployed('dist', '--strip', '1.5')).toMatchObject({ exitCode: 2 })
    write('empty/.keep', '')
    expect(await deployed('empty', '--ignore', '.keep')).toMatchObject({ exitCode: 2 })
    writeFileSync(at('trust.json'), '{')
    expect(await deployed('dist')).toMatchObject({ exitCode: 2 })
  })

  it('takes the signature of the manifest for that of the set', async () => {
    const manifest = encodeManifest(artifactsOf(RELEASE_FILES))
    write('manifest.json', JSON.stringify(messageBundle(manifest)))
    const signed = ['--release', 'manifest.json']
    expect(await deployed('dist', ...signed)).toMatchObject({ exitCode: 0 })
    write('dist/app.js', 'console.log(3)\n')
    expect((await deployed('dist', ...signed)).codes).toEqual(['verify/signature-invalid'])
  })
})
