// The root that is built in is what it says, and what the installed package ships.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { encodeCanonicalJson, type JsonValue } from '../../../src/core/index.ts'
import { loadPublicGoodRoot, PUBLIC_GOOD_ROOTS } from '../../../src/trust/index.ts'
import data from '../../../src/trust/sigstore/root/public-good.json' with { type: 'json' }
import { valueOf } from '../keys.ts'
import { parseRoot, problemsOf } from './roots.ts'

const require = createRequire(import.meta.url)

function digestOf(value: unknown): string {
  const canonical = valueOf(encodeCanonicalJson(value as JsonValue))
  return createHash('sha256').update(canonical).digest('hex')
}

it('the built-in root has the digest that is written beside it, and is known by it', async () => {
  const root = await loadPublicGoodRoot()
  expect(digestOf(root)).toBe(data.sha256)
  expect(PUBLIC_GOOD_ROOTS.get(data.sha256)).toBe(data.source.published)
  expect(problemsOf(parseRoot(root))).toBe('accepted')
})

it('the built-in root is the one of the installed package (npm run refresh-public-good)', () => {
  const manifest = require.resolve('@sigstore/tuf/package.json')
  const { name, version } = JSON.parse(readFileSync(manifest, 'utf8')) as typeof data.source & {
    name: string
  }
  expect({ name, version }).toEqual({ name: data.source.package, version: data.source.version })
  const seeds = JSON.parse(
    readFileSync(manifest.replace('package.json', 'seeds.json'), 'utf8'),
  ) as Record<string, { targets: Record<string, string> }>
  const [target] = Object.values(seeds).map(({ targets }) => targets['trusted_root.json'] ?? '')
  expect(digestOf(JSON.parse(Buffer.from(target ?? '', 'base64').toString()))).toBe(data.sha256)
})

it('every known root has a digest and a day', () => {
  for (const [digest, day] of PUBLIC_GOOD_ROOTS) {
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
    expect(new Date(day).toISOString().slice(0, 10)).toBe(day)
  }
})
