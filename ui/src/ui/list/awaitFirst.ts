import type { QueryClient } from "@tanstack/react-query";
import type { DeskStatus } from "~/ipc/gen/DeskStatus";
import { rpcQuery } from "~/ipc/hooks";

/** Most rows are there by then, and a screen that is drawn with them is drawn once. */
const MOMENT_MS = 25;

/**
 * Asks for what a screen shows first before the screen is made; for the loader of a route. Waits a
 * moment for it and no longer: the screen shows what is still on its way, and what went wrong.
 */
export async function awaitFirst(
  client: QueryClient,
  ...asked: readonly ((client: QueryClient) => Promise<void>)[]
): Promise<void> {
  // Before somebody sits at the window nobody answers.
  const { queryKey } = rpcQuery("desk_status", {});
  if (!client.getQueryData<DeskStatus>(queryKey)?.session) return;
  const moment = new Promise((done) => setTimeout(done, MOMENT_MS));
  await Promise.race([moment, Promise.allSettled(asked.map((ask) => ask(client)))]);
}
