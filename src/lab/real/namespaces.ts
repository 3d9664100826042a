import { run } from './command.ts'

/** Two hosts with one cable between them and no way out. */
export interface NamespacePair {
  readonly client: string
  readonly server: string
  readonly clientAddress: string
  readonly serverAddress: string
  readonly clientLink: string
}

const CLIENT = '10.77.0.1'
const SERVER = '10.77.0.2'

/**
 * Makes two network namespaces joined by a veth link, named for this process, without a default route: what runs in them reaches each
 * other and nothing else. Touches no sysctl, firewall or resolver setting of the host. Each half of the link is made inside its own
 * namespace, so that the host never sees it.
 */
export function makeNamespaces(id: number): NamespacePair {
  const [client, server] = [`wakeful${id}c`, `wakeful${id}s`]
  const [clientLink, serverLink] = ['lab0', 'lab1']
  const inside = (space: string, ...args: string[]) => run('ip', ['-n', space, ...args])
  run('ip', ['netns', 'add', client])
  run('ip', ['netns', 'add', server])
  run('ip', ['link', 'add', clientLink, 'netns', client, 'type', 'veth', 'peer', 'name', serverLink, 'netns', server])
  for (const [space, link, address] of [
    [client, clientLink, CLIENT],
    [server, serverLink, SERVER],
  ]) {
    inside(space, 'address', 'add', `${address}/24`, 'dev', link)
    inside(space, 'link', 'set', link, 'up')
    inside(space, 'link', 'set', 'lo', 'up')
  }
  return { client, server, clientAddress: CLIENT, serverAddress: SERVER, clientLink }
}

/** Removes what {@link makeNamespaces} made, as far as it is there, and nothing else. */
export function removeNamespaces(id: number): void {
  const mine = [`wakeful${id}c`, `wakeful${id}s`]
  const there = run('ip', ['netns', 'list'])
    .split('\n')
    .map((line) => line.split(' ')[0])
  for (const space of mine) if (there.includes(space)) run('ip', ['netns', 'delete', space])
}
