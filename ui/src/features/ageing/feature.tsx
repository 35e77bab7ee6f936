import { defineFeature } from "~/app/feature";
import { ageingRoute, itemsRoute } from "./routes";

export default defineFeature({ nav: "ageing", routes: [ageingRoute, itemsRoute] });
