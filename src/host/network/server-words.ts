// What a server says about a fault, fit to be shown: short, without secrets. It may repeat what was sent to it.

import { quote } from '../../core/index.ts'

/** More is not read: it is for people. */
const SHOWN_MAX = 500

/** JSON Web Tokens, also without their signature, and cut ones. */
const WEB_TOKEN = /\beyJ[\w-]{10,}(?:\.[\w-]*)*/g

/** @returns `: "words"`, or nothing where there are none */
export function showServerWords(body: Uint8Array, secrets: readonly string[]): string {
  const words = hideSecrets(new TextDecoder().decode(body), secrets).trim()
  if (words === '') return ''
  return `: ${quote(words.length > SHOWN_MAX ? `${words.slice(0, SHOWN_MAX)}…` : words)}`
}

/** Before anything is cut: half of a secret is still one. */
function hideSecrets(text: string, secrets: readonly string[]): string {
  // The parts of a token by themselves say who signs, or prove it.
  const parts = secrets.flatMap((secret) => [secret, ...secret.split('.')])
  return parts
    .filter((part) => part.length > 7)
    .reduce((shown, part) => shown.replaceAll(part, '[hidden]'), text)
    .replaceAll(WEB_TOKEN, '[hidden]')
}
