import { defineFeature } from "~/app/feature";
import { readAgeingAhead } from "./api";
import { ageingRoute, itemsRoute } from "./routes";

export default defineFeature({
  nav: "ageing",
  routes: [ageingRoute, itemsRoute],
  ahead: readAgeingAhead,
});
