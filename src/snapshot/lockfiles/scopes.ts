// Who needs a package: computed from the graph of a lockfile, never taken from somebody's word.

/** One request: `from` asks for `to`. The project itself is {@link PROJECT}. */
export interface Edge {
  readonly from: string
  readonly to: string
  /** An `optional-peer` is used when it is there, and brings nothing in. */
  readonly kind: 'prod' | 'dev' | 'optional' | 'peer' | 'optional-peer'
}

/** The id of the project in edges; no lockfile entry has it. */
export const PROJECT = ''

/** The flags of a dependency, as `Dependency` describes them. */
export interface Scope {
  readonly relationship: 'direct' | 'transitive'
  readonly dev: boolean
  readonly optional: boolean
  readonly peer: boolean
}

/**
 * The scope of each entry, by walking from the project.
 *
 * @param members ids of workspace members, whose requests are the project's own
 * @returns a function from an id; an entry that nobody asks for is neither dev nor optional nor peer
 */
export function computeScopes(
  edges: readonly Edge[],
  members: ReadonlySet<string>,
): (id: string) => Scope {
  const kept = edges.filter((edge) => edge.kind !== 'optional-peer')
  const own = new Set([PROJECT, ...members])
  const direct = new Set(edges.filter((edge) => own.has(edge.from)).map((edge) => edge.to))
  const all = reach(kept)
  const required = reach(kept.filter(({ kind }) => kind !== 'optional'))
  const shipped = reach(kept.filter(({ kind }) => kind !== 'dev'))
  const shippedRequired = reach(kept.filter(({ kind }) => kind !== 'dev' && kind !== 'optional'))
  const withoutPeers = reach(kept.filter(({ kind }) => kind !== 'peer'))
  return (id) => ({
    relationship: direct.has(id) || members.has(id) ? 'direct' : 'transitive',
    dev: all.has(id) && !shipped.has(id),
    optional: all.has(id) && !(shipped.has(id) ? shippedRequired : required).has(id),
    peer: all.has(id) && !withoutPeers.has(id),
  })
}

/** Everything the project gets to over these edges. */
function reach(edges: readonly Edge[]): ReadonlySet<string> {
  const next = Map.groupBy(edges, (edge) => edge.from)
  const reached = new Set([PROJECT])
  // A set grows while it is walked: what is added is visited too.
  for (const id of reached) for (const edge of next.get(id) ?? []) reached.add(edge.to)
  return reached
}
