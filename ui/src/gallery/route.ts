import { createRoute } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";
import { Gallery } from "./Gallery";

export const galleryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/__gallery",
  component: Gallery,
});
