import { defineFeature } from "~/app/feature";
import { homeRoute } from "./routes";

export default defineFeature({ nav: "home", routes: [homeRoute] });
