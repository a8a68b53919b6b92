import { describe, expect, it } from 'vitest'
import { judgeVisibility, parseIdentityToken } from '../../../src/sign/index.ts'
import { codes, valueOf } from '../../trust/keys.ts'
import { makeToken, TOKEN_TIME } from './tokens.ts'

const parse = (claims: object, now = TOKEN_TIME) => parseIdentityToken(makeToken(claims), now)

describe('parseIdentityToken()', () => {
  it('reads who it is for, and keeps the text as it is', () => {
    const text = makeToken()
    expect(valueOf(parseIdentityToken(`${text}\n`, TOKEN_TIME))).toEqual({
      text,
      issuer: 'https://token.actions.githubusercontent.com',
      subject: 'repo:o/r:ref:refs/tags/v1',
      isEmail: false,
      holder: {
        issuers: ['https://token.actions.githubusercontent.com'],
        names: [
          {
            type: 'uri',
            value: 'https://github.com/o/r/.github/workflows/release.yml@refs/tags/v1',
          },
        ],
        isNameKnown: true,
        tokenSubject: 'repo:o/r:ref:refs/tags/v1',
      },
    })
  })

  it('takes a verified mail address before the subject (CS-12)', () => {
    for (const email_verified of [true, 'true']) {
      expect(valueOf(parse({ email: 'a@b.example', email_verified }))).toMatchObject({
        subject: 'a@b.example',
        isEmail: true,
      })
    }
    for (const email_verified of [false, 'false', undefined]) {
      const found = parse({ email: 'a@b.example', email_verified })
      expect(codes(found)).toEqual(['sign/token-subject'])
    }
    expect(codes(parse({ sub: undefined }))).toEqual(['sign/token-subject'])
  })

  it('refuses a token for others', () => {
    expect(codes(parse({ aud: ['other', 'sigstore'] }))).toBe('accepted')
    for (const aud of ['other', 'sigstore.evil', [], ['Sigstore']]) {
      expect([aud, codes(parse({ aud }))]).toEqual([aud, ['sign/token-audience']])
    }
  })

  it('refuses an expired token', () => {
    const exp = TOKEN_TIME / 1_000
    expect(codes(parse({ exp: exp + 1 }))).toBe('accepted')
    expect(codes(parse({ exp }))).toEqual(['sign/token-expired'])
  })

  it.each([
    ['', ' ', 'a.b', 'a.b.c.d', 'a.!.c', `a.${Buffer.from('[]').toString('base64url')}.c`],
    [makeToken({ iss: 7 }), makeToken({ exp: 'soon' }), makeToken({ aud: undefined })],
    [`${'a'.repeat(70_000)}${makeToken()}`],
  ])('refuses what is no token, and shows nothing of it', (...texts) => {
    for (const text of texts) {
      const found = parseIdentityToken(text, TOKEN_TIME)
      expect(codes(found)).toEqual(['sign/token-malformed'])
      const [, payload = ''] = text.split('.')
      if (payload.length > 7) expect(JSON.stringify(found)).not.toContain(payload)
    }
  })
})

describe('judgeVisibility()', () => {
  it('publishes what a public repository signs, and of others only what is told to be', () => {
    const token = (claims: object) => valueOf(parse(claims))
    for (const claim of ['repository_visibility', 'project_visibility']) {
      expect(codes(judgeVisibility(token({ [claim]: 'public' }), false))).toBe('accepted')
      for (const visibility of ['private', 'internal', 'PUBLIC']) {
        const hidden = token({ [claim]: visibility })
        expect(codes(judgeVisibility(hidden, false))).toEqual(['sign/visibility-private'])
        expect(codes(judgeVisibility(hidden, true))).toBe('accepted')
      }
    }
    expect(codes(judgeVisibility(token({}), false))).toBe('accepted')
  })

  it('lets no public claim hide one that is not', () => {
    const judge = (repository_visibility: string, project_visibility: string) =>
      codes(judgeVisibility(valueOf(parse({ repository_visibility, project_visibility })), false))
    expect(judge('public', 'private')).toEqual(['sign/visibility-private'])
    expect(judge('internal', 'public')).toEqual(['sign/visibility-private'])
    expect(judge('public', 'public')).toBe('accepted')
  })
})
