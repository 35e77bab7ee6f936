import { type AnyRoute, createHashHistory, createRouter } from "@tanstack/react-router";
import { goBy } from "~/domain/places";
import { noteArrival } from "~/ui/list/arrival";
import { features } from "./features";
import { NotFound } from "./NotFound";
import { NAV } from "./nav";
import { rootRoute } from "./root";
import { ScreenError } from "./ScreenError";
import { Shell } from "./Shell";

/** The window is first left in peace, and between screens: nobody waits for these. */
const AHEAD_AFTER_MS = 2_000;
const AHEAD_BETWEEN_MS = 150;

const pause = (wait_ms: number) => new Promise((done) => setTimeout(done, wait_ms));

/** Reads the screens of the navigation before they are asked for, one after another. */
export async function readAhead(router: ReturnType<typeof makeRouter>): Promise<void> {
  await pause(AHEAD_AFTER_MS);
  for (const { path } of NAV) {
    await router.preloadRoute({ to: path });
    await pause(AHEAD_BETWEEN_MS);
  }
}

export function makeRouter(extra: readonly AnyRoute[] = []) {
  const routes = [...features.flatMap((f) => f.routes ?? []), ...extra];
  rootRoute.update({ component: Shell, notFoundComponent: NotFound });
  const router = createRouter({
    routeTree: rootRoute.addChildren(routes),
    history: createHashHistory(),
    defaultPreload: "intent",
    defaultErrorComponent: ScreenError,
    // Lists keep their place when a person goes into a row and back.
    scrollRestoration: true,
  });
  router.history.subscribe(({ action }) => noteArrival(action.type));
  goBy((path) => router.history.push(path));
  return router;
}
