import { defineFeature } from "~/app/feature";
import { healthRoute } from "./routes";

export default defineFeature({ nav: "health", routes: [healthRoute] });
