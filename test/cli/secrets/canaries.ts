// Secrets that are planted, and the search for them: as they are, and in every form in which a program might print or store them.

import { gunzipSync } from 'node:zlib'

/** A secret that nothing may show, by where it is planted. None is of a form that is known as a token, but for those that say so. */
export const CANARIES = {
  passphrase: 'canary0passphrase0kQ7"é/+x',
  awsSecret: 'canary0aws0wJalrXUtnFEMI/K7MDENG+bPx',
  githubToken: `ghp_${'canary0GithubToken0env0'.padEnd(36, 'Z')}`,
  unrelated: 'canary0unrelated0"hidden"\\é/+',
  requestToken: 'canary0request0bearer0token',
  identityToken: `eyJ${'canary0header0'.padEnd(20, 'a')}.eyJ${'canary0claims0'.padEnd(40, 'b')}.canary0signature0`,
  serverLogin: 'canary0server0login',
  jobToken: 'canary0job0token0query',
  remoteLogin: 'canary0remote0login',
  remoteQuery: 'canary0remote0query',
  proxyLogin: 'canary0proxy0login',
  serviceLogin: 'canary0service0login',
  serviceQuery: 'canary0service0query',
  registryLogin: 'canary0registry0login',
  npmrc: 'canary0npmrc0authtoken',
  envFile: 'canary0env0file0value',
  renderValue: 'canary0render0value',
  documentToken: `ghp_${'canary0GithubToken0document0'.padEnd(36, 'Y')}`,
  documentLogin: 'canary0document0login',
  systemOut: 'canary0junit0system0out',
  commandOutput: 'canary0command0output',
  commandError: 'canary0command0stderr',
  operatorSession: 'canary0operator0session',
  smokeBody: 'canary0smoke0body',
  serviceAccount: 'canary0service0account0member',
} as const

const plain = (text: string) => text.replaceAll('=', '')

/** The three ways in which base64 can begin inside a longer text: the characters that do not depend on what stands around it. */
function base64Forms(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((before) => {
    const text = plain(Buffer.concat([Buffer.alloc(before), bytes]).toString('base64'))
    const from = [0, 2, 3][before] ?? 0
    const whole = Math.floor(((before + bytes.length) * 8) / 6)
    return text.slice(from, whole)
  })
}

/** Every form of a secret that is searched for. */
export function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  const base64 = base64Forms(bytes)
  const url = encodeURIComponent(secret)
  return [
    ...new Set([
      bytes.toString('latin1'),
      ...base64,
      ...base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_')),
      bytes.toString('hex'),
      bytes.toString('hex').toUpperCase(),
      url,
      url.toLowerCase(),
      Buffer.from(JSON.stringify(secret).slice(1, -1)).toString('latin1'),
      JSON.stringify(secret)
        .slice(1, -1)
        .replaceAll(/[^ -~]/gu, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ]),
  ]
}

/** The bytes, and what lies in them: payloads in base64, and gzip. */
function layersOf(bytes: Uint8Array): readonly string[] {
  const buffer = Buffer.from(bytes)
  const text = buffer.toString('latin1')
  const inner = [...text.matchAll(/"(?:payload|content|rawBytes)":\s*"([A-Za-z0-9+/_=-]{16,})"/g)]
  const payloads = inner.flatMap(([, payload = '']) => layersOf(Buffer.from(payload, 'base64')))
  const unpacked = buffer[0] === 0x1f && buffer[1] === 0x8b ? layersOf(gunzipSync(buffer)) : []
  return [text, ...payloads, ...unpacked]
}

/** Which of the secrets stand in the bytes, in whatever form. */
export function findCanaries(
  bytes: Uint8Array,
  secrets: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const layers = layersOf(bytes)
  return [...secrets].flatMap(([name, forms]) =>
    layers.some((layer) => forms.some((form) => layer.includes(form))) ? [name] : [],
  )
}
