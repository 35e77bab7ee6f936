import { defineFeature } from "~/app/feature";
import { ageingRoute } from "./routes";

export default defineFeature({ nav: "ageing", routes: [ageingRoute] });
