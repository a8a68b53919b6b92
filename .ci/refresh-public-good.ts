// `npm run refresh-public-good`: takes the root of the public Sigstore instance out of the installed `@sigstore/tuf`, which ships what
// the Sigstore project signed, and writes down its digest. Digests of older roots stay known.

import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  encodeCanonicalJson,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseJson,
} from '../src/core/index.ts'
import { PUBLIC_GOOD_ROOTS } from '../src/trust/sigstore/root/public-good-digest.ts'
import { ROOT } from './checkout.ts'

const PACKAGE = '@sigstore/tuf'
const FOLDER = join(ROOT, 'src/trust/sigstore/root')

const seeds = readObject(join(ROOT, 'node_modules', PACKAGE, 'seeds.json'))
const version = textAt(readObject(join(ROOT, 'node_modules', PACKAGE, 'package.json')), 'version')
const trustedRoot = findRoot(seeds)
const sha256 = digestOf(trustedRoot)
const published = publicationDate(version)
const source = { package: PACKAGE, version, published }
const data = { source, sha256, trustedRoot }
writeFileSync(join(FOLDER, 'public-good.json'), `${JSON.stringify(data, null, 2)}\n`)

const known = new Map([...PUBLIC_GOOD_ROOTS, [sha256, PUBLIC_GOOD_ROOTS.get(sha256) ?? published]])
const rows = [...known].map(([digest, date]) => `  ['${digest}', '${date}'],\n`)
writeFileSync(
  join(FOLDER, 'public-good-digest.ts'),
  `// Written by .ci/refresh-public-good.ts: the roots of the public Sigstore instance that were ever built in.

/** SHA-256 of the canonical form of each \`trusted_root.json\`, with the day on which it was published to us. */
export const PUBLIC_GOOD_ROOTS: ReadonlyMap<string, string> = new Map<string, string>([
${rows.join('')}])
`,
)
process.stdout.write(`${sha256} of ${PACKAGE} ${version}, ${published}\n`)

function readObject(file: string): JsonObject {
  return asObject(parseJson(readFileSync(file)))
}

function asObject(json: ReturnType<typeof parseJson>): JsonObject {
  if (json.ok && isJsonObject(json.value)) return json.value
  throw new TypeError('Expected a JSON object')
}

function textAt(document: JsonObject, name: string): string {
  const value = document[name]
  if (typeof value !== 'string') throw new TypeError(`Expected a text under "${name}"`)
  return value
}

/** `{ <repository>: { targets: { 'trusted_root.json': <base64> } } }`, of one repository. */
function findRoot(document: JsonObject): JsonObject {
  const [repository] = Object.values(document)
  const targets: JsonValue | undefined = isJsonObject(repository)
    ? repository['targets']
    : undefined
  const target = isJsonObject(targets) ? textAt(targets, 'trusted_root.json') : ''
  return asObject(parseJson(Buffer.from(target, 'base64')))
}

function digestOf(document: JsonObject): string {
  const canonical = encodeCanonicalJson(document)
  if (!canonical.ok) throw new TypeError('Expected a root that has a canonical form')
  return createHash('sha256').update(canonical.value).digest('hex')
}

/** The day on which the package was published, as the registry says. */
function publicationDate(version: string): string {
  const args = ['view', `${PACKAGE}@${version}`, 'time', '--json']
  const times = asObject(parseJson(execFileSync('npm', args)))
  return textAt(times, version).slice(0, 'yyyy-mm-dd'.length)
}
