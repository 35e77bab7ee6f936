import { defineFeature } from "~/app/feature";
import { mappingRoute } from "./routes";

export default defineFeature({ nav: "mapping", routes: [mappingRoute] });
