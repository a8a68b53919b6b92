// A private key in text: nothing of it is shown, whatever stands between its lines; what is not of it is.

import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { findSecrets, maskSecrets } from '../../src/statement/index.ts'

const der = { type: 'pkcs8', format: 'pem' } as const
const KEYS: readonly (readonly [string, string])[] = [
  ['Ed25519', String(generateKeyPairSync('ed25519').privateKey.export(der))],
  ['P-256', String(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(der))],
  ['RSA', String(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export(der))],
]

const linesOf = (pem: string) => pem.trimEnd().split('\n')
/** What stands between its first and its last line; also a short one. */
const bodyOf = (pem: string) => linesOf(pem).slice(1, -1)
const each = (change: (line: string, at: number) => string) => (pem: string) =>
  linesOf(pem).map(change).join('\n')
const joined = (separator: string) => (pem: string) => linesOf(pem).join(separator)
const wrapped = (width: number) => (pem: string) =>
  pem.replace(/[\w+/=]{60,}/g, (line) => line.replace(RegExp(`.{${width}}`, 'g'), '$&\n'))
const headed = (headers: string) => (pem: string) => pem.replace('-----\n', `-----\n${headers}\n\n`)

const FORMS: readonly (readonly [string, (pem: string) => string])[] = [
  ['lines', (pem) => pem],
  ['nothing', joined('')],
  ['blanks', joined(' ')],
  ['carriage returns', joined('\r')],
  ['empty lines', joined('\n\n')],
  ['<br>', joined('<br>')],
  ['%0A', joined('%0A')],
  ['an address', encodeURIComponent],
  ['a form', (pem) => new URLSearchParams({ key: pem }).toString()],
  ['&#10;', joined('&#10;')],
  ['&#xA;', joined('&#xA;')],
  ['commas', joined(', ')],
  ['semicolons', joined(';')],
  ['U+0085', joined('\u0085')],
  ['U+2028', joined('\u2028')],
  ['\\u2028', joined('\\u2028')],
  ['\\n', joined('\\n')],
  ['\\\\n', joined('\\\\n')],
  ['\\u{a}', joined('\\u{a}')],
  ['strokes that JSON escapes', (pem) => JSON.stringify(pem).slice(1, -1).replaceAll('/', '\\/')],
  ['marks of YAML', each((line) => `- ${line}`)],
  ['marks of a comment', each((line) => `# ${line}`)],
  ['marks of a difference', each((line) => `+${line}`)],
  ['bars', each((line) => `| ${line} |`)],
  ['numbers', each((line, at) => `${at + 1}: ${line}`)],
  ['times', each((line) => `2026-01-01T00:00:00Z ${line}`)],
  ['colours', each((line) => `\u001b[31m${line}\u001b[0m`)],
  ['commands of a workflow', each((line) => `::error::${line}`)],
  ['single quotes', (pem) => `['${linesOf(pem).join("', '")}']`],
  ['lines of 15', wrapped(15)],
  ['lines of 20', wrapped(20)],
  ['words before it', headed('Comment: hello world key of mine')],
  ['three headers', headed('Version: GnuPG v2\nComment: a b c\nHash: x')],
  ['small letters', (pem) => pem.replaceAll(/(?:BEGIN|END) .*KEY/g, (edge) => edge.toLowerCase())],
]

const DOCUMENTS: readonly (readonly [string, (pem: string) => unknown])[] = [
  ['a string', (pem) => pem],
  ['a string in a string', (pem) => JSON.stringify({ pem })],
  ['coloured strings', each((line) => `\u001b[31m${line}\u001b[0m`)],
  ['a list', linesOf],
  ['lists', (pem) => linesOf(pem).map((line) => [line])],
  ['objects', (pem) => linesOf(pem).map((line) => ({ line }))],
  ['numbered objects', (pem) => linesOf(pem).map((line, at) => ({ at, line }))],
]

describe.each(KEYS)('a private key (%s)', (_, pem) => {
  const secrets = bodyOf(pem).flatMap((line) => [line, line.slice(0, 15), line.slice(-12)])
  const shows = (text: string) =>
    secrets.filter((line) => text.includes(line) || text.includes(encodeURIComponent(line)))

  it.each(FORMS)('is not shown with %s between its lines', (form, change) => {
    const text = `before ${change(pem)}\nafter "kept": 1`
    const masked = maskSecrets(text)
    expect([form, shows(masked)]).toEqual([form, []])
    expect(masked).toMatch(/^before .*…[^]*after "kept": 1$/)
    expect(findSecrets(text)).toMatchObject([{ code: 'statement/secret' }])
  })

  it.each(DOCUMENTS)(
    'is not shown in a document, as %s, and the document is one',
    (_name, change) => {
      for (const indent of [0, 2]) {
        const text = JSON.stringify(
          { before: 'kept', key: change(pem), after: [1, 'kept'] },
          null,
          indent,
        )
        const masked = maskSecrets(text)
        expect(shows(masked)).toEqual([])
        expect(JSON.parse(masked)).toMatchObject({ before: 'kept', after: [1, 'kept'] })
      }
    },
  )

  it.each(FORMS)('is not shown where it was cut, with %s between its lines', (form, change) => {
    const whole = change(pem)
    const cut = whole.slice(0, whole.length / 2)
    expect(shows(maskSecrets(`before ${cut}`))).toEqual([])
  })
})

const HEAD = ['-----BEGIN', 'PRIVATE KEY-----'].join(' ')
const END = HEAD.replace('BEGIN', 'END')
const LINE = 'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg'

describe('what is not of a private key', () => {
  it.each([
    `the header ${HEAD} is refused in ABCDEFGHIJKLMNOPQRST files`,
    `${HEAD}, digest ${'ab12'.repeat(16)}`,
    `${HEAD} and, after much that was said of it, ${'words '.repeat(20)}${LINE}`,
    `${END} ${LINE}`,
  ])('is shown: %s', (text) => {
    expect(maskSecrets(text)).toBe(text.replace(HEAD, '…'))
  })

  it('is shown where somebody else begins a key, and another one ends it', () => {
    const told =
      'no-go, because the record at entry 7 was refused by its signer, who is not trusted for it. '
    const text = `${HEAD}\n${told.repeat(3)}\n${LINE}\n${END}`
    expect(maskSecrets(text)).toBe(`…\n${told.repeat(3)}\n…\n…`)
    const document = JSON.stringify({ a: HEAD, outcome: 'rejected', n: 12, b: 'kQ==', c: END })
    expect(JSON.parse(maskSecrets(document))).toEqual({
      a: '…',
      outcome: 'rejected',
      n: 12,
      b: '…',
      c: '…',
    })
  })

  it('is shown after a key that ends too far away, or not at all', () => {
    const far = `${HEAD}\n${LINE}\n${'far away. '.repeat(2_000)}`
    expect(maskSecrets(`${far}${END}`)).toBe(`…${far.slice(far.indexOf('\nfar'))}${END}`)
    expect(maskSecrets(`${HEAD}\n${LINE}\n${HEAD}\n${LINE}\nkept`)).toBe('…\n…\nkept')
    expect(maskSecrets(JSON.stringify([HEAD, LINE, LINE, 'kept']))).toBe('["…","…","…","kept"]')
  })

  it('takes no longer per character for many that begin and end (A-99)', () => {
    const parts = [
      `${HEAD} `,
      `${HEAD}${END}`,
      '-----BEGIN A '.repeat(3),
      `${HEAD}"${LINE}`,
      '-----BEGIN ',
      '\\"',
    ]
    for (const part of parts) {
      const spent = (count: number) => {
        const text = part.repeat(count)
        const begun = process.cpuUsage()
        maskSecrets(text)
        const { user, system } = process.cpuUsage(begun)
        return (user + system) / text.length
      }
      spent(1_000)
      expect(spent(32_000)).toBeLessThan(20 * Math.max(spent(2_000), 1e-3))
    }
  })
})
