// `assay deployed --archive` while somebody swaps the archive: what is signed is what was read.

import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import { createTestHost } from '../host/test-host.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import {
  digestOf,
  messageBundle,
  RELEASE_FILES,
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
  folder = makeTemporaryFolder('deployed-archive')
  for (const [path, content] of Object.entries(RELEASE_FILES)) write(`dist/${path}`, content)
  write('trust.json', writeTrust())
})

const subjectOf = (archive: Uint8Array) => [
  { name: 'app.tgz', digest: { sha256: digestOf(archive) } },
]

function pack(): void {
  cpSync(at('dist'), at('pack/package'), { recursive: true })
  const files = Object.keys(RELEASE_FILES).map((path) => `package/${path}`)
  execFileSync('tar', ['--format=ustar', '-czf', at('app.tgz'), '-C', at('pack'), ...files])
}

describe('assay deployed --archive', () => {
  it.each([
    [
      'a statement',
      (archive: Uint8Array) => signedBundle(statement({ subject: subjectOf(archive) })),
    ],
    ['bare bytes', (archive: Uint8Array) => messageBundle(archive)],
  ])(
    'compares what lies here with the very archive that is signed, as %s (A-86)',
    async (_, sign) => {
      pack()
      const good = readFileSync(at('app.tgz'))
      write('signed.json', JSON.stringify(sign(good)))
      write('pack/package/app.js', 'evil\n')
      write('evil/app.js', 'evil\n')
      for (const path of Object.keys(RELEASE_FILES).filter((name) => name !== 'app.js')) {
        write(`evil/${path}`, RELEASE_FILES[path] ?? '')
      }
      const files = Object.keys(RELEASE_FILES).map((path) => `package/${path}`)
      execFileSync('tar', ['--format=ustar', '-czf', at('evil.tgz'), '-C', at('pack'), ...files])
      const put = (name: string) => {
        write('next.tgz', readFileSync(at(name)))
        renameSync(at('next.tgz'), at('rel.tgz'))
      }
      write('good.tgz', good)
      // Whoever can write there swaps the archive around any one of the ways in which it is read.
      const swaps = [
        'none',
        'digestFile',
        'readBytes',
        'readArtifactSet',
        'readArchiveFile',
      ] as const
      for (const [usually, meanwhile] of [
        ['good.tgz', 'evil.tgz'],
        ['evil.tgz', 'good.tgz'],
      ] as const) {
        for (const swapped of swaps) {
          put(usually)
          const { host } = createTestHost(folder)
          const during = async <T>(path: string | readonly string[], read: () => Promise<T>) => {
            const isArchive = path === 'rel.tgz' || path[0] === 'rel.tgz'
            if (isArchive) put(meanwhile)
            const found = await read()
            if (isArchive) put(usually)
            return found
          }
          const unsteady: typeof host = {
            ...host,
            ...(swapped !== 'none' && {
              [swapped]: (path: string, options: never) =>
                during(path, () => host[swapped](path as never, options) as Promise<unknown>),
            }),
          }
          const options = ['--archive', 'rel.tgz', '--strip', '1', '--trust', 'trust.json']
          const args = ['deployed', 'evil', '--release', 'signed.json', ...options]
          expect([usually, swapped, await runCli(args, unsteady)]).not.toContain(0)
        }
      }
      put('good.tgz')
      const options = ['--archive', 'rel.tgz', '--strip', '1', '--trust', 'trust.json']
      const args = ['deployed', 'dist', '--release', 'signed.json', ...options]
      expect(await runCli(args, createTestHost(folder).host)).toBe(0)
    },
  )

  it('refuses an archive whose bytes are others than its contents were read from (A-86)', async () => {
    pack()
    write('message.json', JSON.stringify(messageBundle(readFileSync(at('app.tgz')))))
    const { host, output } = createTestHost(folder)
    const unsteady: typeof host = {
      ...host,
      readBytes: async (path, options) => {
        if (path === 'app.tgz') write('app.tgz', 'other')
        return host.readBytes(path, options)
      },
    }
    const options = ['--archive', 'app.tgz', '--strip', '1', '--trust', 'trust.json']
    const args = ['deployed', 'dist', '--release', 'message.json', ...options]
    expect(await runCli(args, host)).toBe(0)
    expect(await runCli(args, unsteady)).toBe(2)
    expect(output.stderr).toContain('digest/file-changed')
  })
})
