import axe from "axe-core";

/** The faults axe finds in a mounted part of a page. Contrast is proved from the tokens instead. */
export async function axeFaults(node: Element = document.body): Promise<string[]> {
  const { violations } = await axe.run(node, {
    rules: {
      "color-contrast": { enabled: false },
      // A part of a page has no landmarks of its own.
      region: { enabled: false },
      "page-has-heading-one": { enabled: false },
    },
  });
  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" | ")}`);
}
