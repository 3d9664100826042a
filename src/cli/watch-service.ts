import type { Command } from 'commander'
import { runService } from './service/run-service.ts'
import { serviceSettings } from './service/service-settings.ts'
import type { WatchOptions } from './watch-options.ts'

/** `wakeful watch` as a service: a journal, a dashboard, and alerts to whom the configuration names. */
export async function watchService(options: WatchOptions, command: Command): Promise<void> {
  const read = () => serviceSettings(options, command)
  await runService(read, { open: options.open === true })
}
