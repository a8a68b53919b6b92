// The nodes of a YAML document as the readers see them, and how they are taken apart.

/** A node of the document; lines and columns count from 1. */
export type YamlNode = YamlScalar | YamlList | YamlMap

/** Text, a number, a boolean or null. */
export interface YamlScalar {
  readonly kind: 'scalar'
  readonly value: string | number | bigint | boolean | null
  readonly line: number
  readonly column: number
}

/** A sequence. */
export interface YamlList {
  readonly kind: 'list'
  readonly items: readonly YamlNode[]
  readonly line: number
  readonly column: number
}

/** A mapping. */
export interface YamlMap {
  readonly kind: 'map'
  /** In the order of the file; every key is text. */
  readonly entries: ReadonlyMap<string, YamlNode>
  /** Where each key stands that the map itself has. */
  readonly keys: ReadonlyMap<string, { readonly line: number; readonly column: number }>
  readonly line: number
  readonly column: number
}

/** The text of a scalar, as a tool that wants text would take it: numbers and booleans too, null not. */
export function yamlText(node: YamlNode | undefined): string | undefined {
  if (node?.kind !== 'scalar' || node.value === null) return undefined
  return String(node.value)
}

/** The member of a map, or nothing. */
export function yamlMember(node: YamlNode | undefined, key: string): YamlNode | undefined {
  return node?.kind === 'map' ? node.entries.get(key) : undefined
}

/** The items of a list; none for anything else. */
export function yamlItems(node: YamlNode | undefined): readonly YamlNode[] {
  return node?.kind === 'list' ? node.items : []
}

/** The members of a map; none for anything else. */
export function yamlMembers(node: YamlNode | undefined): Iterable<readonly [string, YamlNode]> {
  return node?.kind === 'map' ? node.entries : []
}
