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
  const own = new Set([PROJECT, ...members])
  const direct = new Set(edges.filter((edge) => own.has(edge.from)).map((edge) => edge.to))
  const requests = Map.groupBy(edges, (edge) => edge.from)
  const all = reach(requests, [])
  const required = reach(requests, ['optional'])
  const shipped = reach(requests, ['dev'])
  const shippedRequired = reach(requests, ['dev', 'optional'])
  const withoutPeers = reach(requests, ['peer'])
  return (id) => ({
    relationship: direct.has(id) || members.has(id) ? 'direct' : 'transitive',
    dev: all.has(id) && !shipped.has(id),
    optional: all.has(id) && !(shipped.has(id) ? shippedRequired : required).has(id),
    peer: all.has(id) && !withoutPeers.has(id),
  })
}

/** Everything the project gets to, by requests of other kinds than these. */
function reach(
  requests: ReadonlyMap<string, readonly Edge[]>,
  leftOut: readonly Edge['kind'][],
): ReadonlySet<string> {
  const reached = new Set([PROJECT])
  // A set grows while it is walked: what is added is visited too.
  for (const id of reached) {
    for (const { to, kind } of requests.get(id) ?? []) {
      if (kind !== 'optional-peer' && !leftOut.includes(kind)) reached.add(to)
    }
  }
  return reached
}
