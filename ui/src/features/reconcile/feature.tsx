import { defineFeature } from "~/app/feature";
import { reconcileRoute } from "./routes";

export default defineFeature({ nav: "reconcile", routes: [reconcileRoute] });
