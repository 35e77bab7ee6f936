import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";

export interface ConnectionsSearch {
  /** The connection whose panel stands open. */
  open?: string;
  /** `new` asks which system; otherwise the connection to sign in to again. */
  sign_in?: string;
}

const text = (value: unknown) =>
  value === undefined || value === "" ? undefined : String(value as string);

export const connectionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/connections",
  validateSearch: (s: Record<string, unknown>): ConnectionsSearch => ({
    open: text(s.open),
    sign_in: text(s.sign_in),
  }),
  component: lazyRouteComponent(() => import("./ConnectionsScreen"), "ConnectionsScreen"),
});
