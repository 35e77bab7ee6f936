import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";
import { awaitFirst } from "~/ui/list/awaitFirst";
import { firstAges } from "./api";
import { type ItemsSearch, readItemsSearch } from "./items";
import { type AgeingSearch, readSearch } from "./question";

export const ageingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/ageing",
  validateSearch: (s: Record<string, unknown>): AgeingSearch => readSearch(s),
  loaderDeps: ({ search }) => search,
  loader: ({ context: { client }, deps }) => awaitFirst(client, firstAges(deps)),
  component: lazyRouteComponent(() => import("./AgeingScreen"), "AgeingScreen"),
});

export const itemsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/ageing/items",
  validateSearch: (s: Record<string, unknown>): ItemsSearch => readItemsSearch(s),
  component: lazyRouteComponent(() => import("./ItemsScreen"), "ItemsScreen"),
});
