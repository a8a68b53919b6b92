import type { Problem } from '../core/index.ts'

/** Why a text was refused as YAML. The comment at each code is what `docs/errors.md` says of it. */
export type YamlProblem = Problem<
  /** A YAML document uses aliases to grow without bound or to refer to itself; one of our own uses anchors, tags or merge keys at all. */
  | 'yaml/alias'
  /** A document is in another version of YAML than 1.2, where the same text can mean something else. */
  | 'yaml/directive'
  /** A YAML mapping has the same key twice. */
  | 'yaml/duplicate-key'
  /** A document that is named as JSON is not the strict JSON that is read here. */
  | 'yaml/json'
  /** The document is larger than what a person writes. */
  | 'yaml/size'
  /** The document is not YAML. */
  | 'yaml/syntax'
  /** A value has no JSON: a key that is no text, a number that JSON writes otherwise, a half of a character. */
  | 'yaml/value'
>
