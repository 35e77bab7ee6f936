import { defineFeature } from "~/app/feature";
import { useCauses } from "./api";
import { reviewRoute } from "./routes";

export default defineFeature({
  nav: "review",
  routes: [reviewRoute],
  // Only what needs a person; what waits or is looked up calls nobody.
  useBadge: () => useCauses().data?.causes.length,
});
