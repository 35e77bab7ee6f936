import { UserPlus } from "lucide-react";
import { defineFeature } from "~/app/feature";
import { goTo } from "~/domain/places";
import { i18n } from "~/i18n";
import { payerStatementRoute, statementRoute, studentRoute, studentsRoute } from "./routes";

export default defineFeature({
  nav: "students",
  routes: [studentsRoute, studentRoute, statementRoute, payerStatementRoute],
  commands: [
    {
      id: "students.register",
      title: () => i18n.t("students:register"),
      group: "do",
      icon: UserPlus,
      run: () => goTo("/students?register=true"),
    },
  ],
});
