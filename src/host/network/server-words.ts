// What a server says about a fault, fit to be shown: short, without secrets. It may repeat what was sent to it, in any spelling.

import { quote } from '../../core/index.ts'

/** More is not read: it is for people. */
const SHOWN_MAX = 500

const HIDDEN = '[hidden]'

/** JSON Web Tokens, also without their signature, and cut ones. */
const WEB_TOKEN = /\beyJ[\w-]{10,}(?:\.[\w-]*)*/g

/** Longer than words are: a token, or base64, hexadecimal, escapes or entities of one. */
const LONG_RUN = /[\w+/=\\%&#;-]{20,}/g

/** As many letters and digits of a secret in a row are no accident. */
const PIECE = 8

/**
 * @param secrets what was sent and is nobody else's; where there are none, digests are shown whole
 * @returns `: "words"`, or nothing where there are none
 */
export function showServerWords(body: Uint8Array, secrets: readonly string[]): string {
  const text = new TextDecoder().decode(body)
  // Before anything is cut: half of a secret is still one.
  const words = (secrets.length === 0 ? text : hideRuns(text, secrets))
    .replaceAll(WEB_TOKEN, HIDDEN)
    .trim()
  if (words === '') return ''
  const shown = words.length > SHOWN_MAX ? `${words.slice(0, SHOWN_MAX)}…` : words
  return `: ${repeats(shown, secrets) ? HIDDEN : quote(shown)}`
}

function hideRuns(text: string, secrets: readonly string[]): string {
  return (
    secrets
      .filter((secret) => secret.length >= PIECE)
      .reduce((shown, secret) => shown.replaceAll(secret, HIDDEN), text)
      // The zero bytes of UTF-16 part every letter from the next.
      .replaceAll('\0', '')
      .replaceAll(WEB_TOKEN, HIDDEN)
      .replaceAll(LONG_RUN, HIDDEN)
  )
}

/** Whether pieces of a secret are left, such as between line breaks or blanks. */
function repeats(shown: string, secrets: readonly string[]): boolean {
  const left = essenceOf(shown)
  return secrets.flatMap(spellingsOf).some((spelling) => {
    for (let from = 0; from + PIECE <= spelling.length; from++) {
      if (left.includes(spelling.slice(from, from + PIECE))) return true
    }
    return false
  })
}

/** As it is, in hexadecimal, and in base64, which depends on how many bytes stand before it. */
function spellingsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  const base64 = [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .slice(4, -4),
  )
  return [secret, bytes.toString('hex'), ...base64].map(essenceOf)
}

/** Letters and digits alone, in one case. */
function essenceOf(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase()
}
