import { expect, test } from "vitest";
import { missingInUser, requestOf, userDraft } from "./user";

test("the first user leads the school, later ones work at the desk", () => {
  expect(userDraft(null, true, "1").role).toBe("owner");
  expect(userDraft(null, false, "1").role).toBe("staff");
});

test("who leads is never limited to departments", () => {
  const draft = { ...userDraft(null, true, "1"), departments: ["d"] };
  expect(requestOf(draft, true).departments).toEqual([]);
  expect(requestOf({ ...draft, role: "staff" }, true).departments).toEqual(["d"]);
});

test("a password goes with a new user only", () => {
  const draft = { ...userDraft(null, false, "1"), password: "a long password" };
  expect(requestOf(draft, true).password).toBe("a long password");
  expect(requestOf(draft, false).password).toBeNull();
});

test("name, sign-in name and first password are needed", () => {
  expect(missingInUser(userDraft(null, false, "1"), true)).toEqual(["name", "login", "password"]);
  expect(missingInUser(userDraft(null, false, "1"), false)).toEqual(["name", "login"]);
});
