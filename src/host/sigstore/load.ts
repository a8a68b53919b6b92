// The one way to the clients of Sigstore's services: they are loaded where something is signed with them.

/** Who a run is, and what signs and witnesses for it. Each reaches the network through {@link Host.request} alone. */
export type SigstoreServices = Awaited<ReturnType<typeof importServices>>

/** Loads the clients. */
export function loadSigstoreServices(): Promise<SigstoreServices> {
  return importServices()
}

const importServices = () => import('./index.ts')
