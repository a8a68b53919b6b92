// The facts of a view, read by their names and put into words. What was not asked for is told under its own name: no fact is left out.

import { quote } from '../../core/index.ts'
import type { ViewFact } from '../../record/index.ts'

/** Facts, one by one. Each is told once it was asked for. */
export interface Facts {
  /** A word of a vocabulary, a time or a number, as it is; anything else in quotes. */
  word(name: string): string | undefined
  /** A text that somebody chose freely: always in quotes. */
  text(name: string): string | undefined
  count(name: string): number
  /** The beginning of a digest. */
  digest(name: string): string | undefined
  /** Words of a vocabulary. */
  words(name: string): readonly string[]
  /** Names that somebody chose freely, in quotes. */
  texts(name: string): readonly string[]
  digests(name: string): readonly string[]
  /** Passes over what another line says. */
  skip(...names: readonly string[]): void
  /** Whatever was not asked for. */
  rest(): readonly string[]
}

const TOKEN = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/
const DIGEST = /^[0-9a-f]{64}$/

/** As many digits as tell two files of one ledger apart; the document has all of them. */
const DIGEST_SHOWN = 12

/** Names of a long list that a person reads. */
const SOME_MAX = 3

/** @param facts of a view */
export function readFacts(facts: Readonly<Record<string, ViewFact>>): Facts {
  const told = new Set<string>()
  const listOf = (name: string): readonly string[] => {
    told.add(name)
    const fact = facts[name]
    if (fact === undefined) return []
    return typeof fact === 'object' ? fact : [String(fact)]
  }
  const [word, text, digest] = [showWord, quote, shortDigest].map(
    (show) => (name: string) => listOf(name).map(show).at(0),
  ) as [Facts['word'], Facts['text'], Facts['digest']]
  return {
    word,
    text,
    digest,
    count: (name) => Number(listOf(name).at(0) ?? 0),
    words: (name) => listOf(name).map(showWord),
    texts: (name) => listOf(name).map(quote),
    digests: (name) => listOf(name).map(shortDigest),
    skip: (...names) => {
      for (const name of names) told.add(name)
    },
    rest: () =>
      Object.entries(facts)
        .filter(([name]) => !told.has(name))
        .map(([name, fact]) => `${inWords(name)}: ${showFact(fact)}`),
  }
}

/** `none`, or all of them. */
export function list(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ')
}

/** The first of them, and how many more there are: for lists that are looked up elsewhere. */
export function some(names: readonly string[]): readonly string[] {
  const more = names.length - SOME_MAX
  return more > 1 ? [...names.slice(0, SOME_MAX), `${more} more`] : names
}

/** The beginning of a digest; what is none stands in quotes. */
function shortDigest(text: string): string {
  return DIGEST.test(text) ? text.slice(0, DIGEST_SHOWN) : quote(text)
}

function showWord(text: string): string {
  return TOKEN.test(text) || TIME.test(text) ? text : quote(text)
}

function showFact(fact: ViewFact): string {
  if (typeof fact === 'object') return list(fact.map(shortDigest))
  return typeof fact === 'string' ? shortDigest(fact) : String(fact)
}

/** `claimsMissing` as `claims missing`. */
function inWords(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
