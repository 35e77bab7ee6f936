import { defineFeature } from "~/app/feature";
import { useUnsent } from "./api";
import { remindersRoute } from "./routes";

export default defineFeature({
  nav: "reminders",
  routes: [remindersRoute],
  useBadge: useUnsent,
});
