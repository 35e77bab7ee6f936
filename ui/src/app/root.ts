import { createRootRoute } from "@tanstack/react-router";

/**
 * The parent of every route. Features give it to `createRoute` as `getParentRoute`; the router
 * gives it the shell, so that this file imports nothing that imports a feature.
 */
export const rootRoute = createRootRoute();
