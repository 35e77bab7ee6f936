import type { QueryClient } from "@tanstack/react-query";
import { type AnyRoute, createHashHistory, createRouter } from "@tanstack/react-router";
import { goBy } from "~/domain/places";
import { noteArrival } from "~/ui/list/arrival";
import { features } from "./features";
import { NotFound } from "./NotFound";
import { rootRoute } from "./root";
import { ScreenError } from "./ScreenError";
import { Shell } from "./Shell";

export function makeRouter(client: QueryClient, extra: readonly AnyRoute[] = []) {
  const routes = [...features.flatMap((f) => f.routes ?? []), ...extra];
  rootRoute.update({ component: Shell, notFoundComponent: NotFound });
  const router = createRouter({
    routeTree: rootRoute.addChildren(routes),
    history: createHashHistory(),
    context: { client },
    defaultPreload: "intent",
    defaultErrorComponent: ScreenError,
    // Lists keep their place when a person goes into a row and back.
    scrollRestoration: true,
  });
  router.history.subscribe(({ action }) => noteArrival(action.type));
  goBy((path) => router.history.push(path));
  return router;
}
