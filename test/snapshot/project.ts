// A project in memory for tests: one of each kind of input, and its snapshot.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  collectSnapshot,
  parseBaseline,
  type Snapshot,
  type Source,
} from '../../src/snapshot/index.ts'
import { COMMIT, SHA256 } from './build-inputs/reading.ts'

export const PACKAGE_LOCK = {
  name: 'app',
  lockfileVersion: 3,
  requires: true,
  packages: {
    '': { name: 'app', dependencies: { ms: '^2.1.0', '@o/x': '1.0.0' }, workspaces: ['apps/*'] },
    'apps/web': { version: '1.0.0' },
    'node_modules/web': { resolved: 'apps/web', link: true },
    'node_modules/ms': {
      version: '2.1.3',
      resolved: 'https://registry.example/ms/-/ms-2.1.3.tgz',
      integrity: `sha512-${Buffer.alloc(64, 1).toString('base64')}`,
    },
    'node_modules/@o/x': {
      version: '1.0.0',
      resolved: 'https://registry.example/@o/x/-/x-1.0.0.tgz',
      integrity: `sha512-${Buffer.alloc(64, 2).toString('base64')}`,
      dependencies: { ms: '^2.1.0' },
    },
  },
}

export const FILES: Readonly<Record<string, string>> = {
  'package.json':
    '{"name":"app","dependencies":{"ms":"^2.1.0","@o/x":"1.0.0"},"workspaces":["apps/*"]}',
  'package-lock.json': JSON.stringify(PACKAGE_LOCK, null, 2),
  'apps/web/package.json': '{"name":"web","dependencies":{"ms":"^2.1.0"}}',
  'tools/package.json': '{"name":"tools","dependencies":{"ms":"^2.1.0"}}',
  'config/package.json': '{"type":"module"}',
  'test/fixtures/package.json': '{}',
  '.github/workflows/ci.yml': `jobs:
  build:
    steps:
      - uses: actions/checkout@${COMMIT}
      - uses: ./.github/build
`,
  '.github/build/action.yml': 'runs: { using: composite, steps: [ { uses: a/b@v1 } ] }',
  Dockerfile: `FROM node:20-alpine@sha256:${SHA256}\n`,
  'compose.yaml': 'services: { db: { image: "postgres:16-alpine" }, web: { build: missing } }',
  'render.yaml':
    'services: [ { type: web, runtime: docker, envVars: [ { key: PORT, value: 8 } ] } ]',
  '.env.example': 'DATABASE_URL=postgres://u:p@db.example/x\n',
  '.env.signer.example': 'SIGNER_KEY=secret\n',
  'scripts/release.sh': 'npx tool@1.0.0\n',
  'src/index.ts': '',
}

export const SOURCE: Source = {
  state: 'dirty',
  repository: 'https://git.example/team/app.git',
  commit: COMMIT,
  tree: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  branch: 'main',
  tags: ['v1.0.0'],
  folder: '',
  shallow: false,
  changes: [{ path: 'a', change: 'untracked' }],
  submodules: [],
  lfsPointers: [],
  hidden: [],
}

/** The snapshot of these files; throws where it is refused. */
export async function snapshotOf(
  files: Readonly<Record<string, string>>,
  source: Source = SOURCE,
): Promise<Snapshot> {
  const snapshot = await collect(files, source)
  if (!snapshot.ok) throw new Error(JSON.stringify(snapshot.problems))
  return snapshot.value
}

export async function collect(files: Readonly<Record<string, string>>, source: Source = SOURCE) {
  const shipped = join(import.meta.dirname, '../../policies/provenance-baseline.yaml')
  const baseline = parseBaseline(readFileSync(shipped))
  if (!baseline.ok) throw new Error(baseline.problems[0].message)
  return collectSnapshot(
    {
      paths: Object.keys(files),
      source,
      read: (path) => Promise.resolve({ ok: true, value: Buffer.from(files[path] ?? '') }),
    },
    baseline.value,
  )
}
