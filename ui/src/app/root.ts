import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext } from "@tanstack/react-router";

/** What loaders of routes are given: where answers of the backend are kept. */
export interface RouteContext {
  client: QueryClient;
}

/**
 * The parent of every route. Features give it to `createRoute` as `getParentRoute`; the router
 * gives it the shell, so that this file imports nothing that imports a feature.
 */
export const rootRoute = createRootRouteWithContext<RouteContext>()();
