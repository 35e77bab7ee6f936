import { defineFeature } from "~/app/feature";
import { theirReportsRoute } from "./routes";

export default defineFeature({ routes: [theirReportsRoute] });
