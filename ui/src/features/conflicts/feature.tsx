import { defineFeature } from "~/app/feature";
import { useConflicts } from "./api";
import { conflictsRoute } from "./routes";

export default defineFeature({
  nav: "conflicts",
  routes: [conflictsRoute],
  useBadge: () => useConflicts().data?.conflicts.length,
});
