import { defineFeature } from "~/app/feature";
import { reportsRoute, salesRoute, takingsRoute } from "./routes";

export default defineFeature({
  nav: "reports",
  routes: [reportsRoute, salesRoute, takingsRoute],
});
