export default function (config) {
  config.addTransform("links", (text) => text.replace(/href="((?:\.\.\/)?\w+\/[^"]+)\.md"/g, 'href="../$1/"'));
  return { dir: { input: "content", includes: "../_includes", output: "_site" } };
}
