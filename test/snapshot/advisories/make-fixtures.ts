// Writes the reports of npm in `fixtures/advisories/`: `node test/snapshot/advisories/make-fixtures.ts`. npm itself makes them, of packages
// that do not exist and advisories that nobody published, which a registry on this machine tells it.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'

const FIXTURES = resolve(import.meta.dirname, '../../../fixtures/advisories')

/** Names, versions, and what each asks for. */
const PACKAGES: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  '@yard/gate': { '1.2.0': {} },
  brick: { '1.0.0': { sand: '^1.0.0' } },
  hod: { '0.3.0': {} },
  mortar: { '2.1.0': { sand: '0.9.0' } },
  sand: { '0.9.0': {}, '1.0.4': {} },
}

const ROOT = {
  name: 'app',
  version: '1.0.0',
  dependencies: { '@yard/gate': '1.2.0', brick: '1.0.0', mortar: '2.1.0' },
  devDependencies: { hod: '0.3.0' },
}

const SAND = [
  advisory({ id: 9001, last: '4444', name: 'sand', severity: 'high', range: '<1.0.0' }),
  advisory({ id: 9002, last: '5555', name: 'sand', severity: 'moderate', range: '>=1.0.0 <1.0.5' }),
]
const HOD = advisory({
  id: 9003,
  last: '6666',
  name: 'hod',
  severity: 'critical',
  range: '<=0.3.0',
})
const GATE = advisory({ id: 9004, last: '7777', name: '@yard/gate', severity: 'low', range: '*' })

/** What the registry tells, by the name of the report; nothing where it can not be asked. */
const ANSWERS: Readonly<Record<string, object | undefined>> = {
  'npm-audit': { sand: SAND, hod: [HOD], '@yard/gate': [GATE] },
  'npm-audit-moderate': { sand: SAND },
  'npm-audit-none': {},
  'npm-audit-failed': undefined,
}

const folder = mkdtempSync(join(tmpdir(), 'assay-advisories-'))
try {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...ROOT, private: true }))
  writeFileSync(join(folder, 'package-lock.json'), `${JSON.stringify(lockfile(), null, 2)}\n`)
  cpSync(join(folder, 'package-lock.json'), join(FIXTURES, 'package-lock.json'))
  for (const [name, answer] of Object.entries(ANSWERS)) {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    serve(server, answer)
    const report = await audit((server.address() as AddressInfo).port, name)
    writeFileSync(
      join(FIXTURES, `${name}.json`),
      report.replaceAll(/127\.0\.0\.1:\d+/g, 'registry.example'),
    )
    server.closeAllConnections()
    server.close()
  }
} finally {
  rmSync(folder, { recursive: true })
}

interface Made {
  readonly id: number
  readonly last: string
  readonly name: string
  readonly severity: string
  readonly range: string
}

function advisory({ id, last, name, severity, range }: Made): object {
  return {
    id,
    url: `https://github.com/advisories/GHSA-2222-3333-${last}`,
    title: `What is wrong with ${name}`,
    severity,
    vulnerable_versions: range,
    cwe: ['CWE-20'],
    cvss: { score: 0, vectorString: null },
  }
}

function lockfile(): object {
  const entry = (name: string, version: string, more: object = {}) => ({
    version,
    resolved: `https://registry.example/${name}/-/${name.split('/').at(-1)}-${version}.tgz`,
    integrity: `sha512-${Buffer.alloc(64, name).toString('base64')}`,
    ...more,
  })
  return {
    name: ROOT.name,
    version: ROOT.version,
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': ROOT,
      'node_modules/@yard/gate': entry('@yard/gate', '1.2.0'),
      'node_modules/brick': entry('brick', '1.0.0', { dependencies: { sand: '^1.0.0' } }),
      'node_modules/hod': entry('hod', '0.3.0', { dev: true }),
      'node_modules/mortar': entry('mortar', '2.1.0', { dependencies: { sand: '0.9.0' } }),
      'node_modules/mortar/node_modules/sand': entry('sand', '0.9.0'),
      'node_modules/sand': entry('sand', '1.0.4'),
    },
  }
}

/** A registry: names with their versions, and the advisories. */
function serve(server: Server, advisories: object | undefined): void {
  server.on('request', ({ method, url = '' }, response) => {
    const name = decodeURIComponent(url.slice(1))
    const versions = Object.entries(PACKAGES[name] ?? {}).map(([version, dependencies]) => {
      const dist = { tarball: `http://registry.example/${name}`, shasum: '0'.repeat(40) }
      return [version, { name, version, dependencies, dist }] as const
    })
    const known = { name, 'dist-tags': {}, versions: Object.fromEntries(versions) }
    const answer = method === 'POST' ? advisories : known
    response.writeHead(answer === undefined ? 405 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer ?? {}))
  })
}

async function audit(port: number, name: string): Promise<string> {
  const options = ['--json', '--registry', `http://127.0.0.1:${port}/`, '--fetch-retries', '0']
  const child = spawn('npm', ['audit', ...options, '--cache', join(folder, name)], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return text(child.stdout)
}
