// Asks Lunr and MiniSearch, and makes an index of Pagefind. Reads {folder, languages: {ar: {texts, queries}}} from
// standard input; writes {tool: {language: [numbers of the texts that each query finds]}}.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const require = createRequire(process.cwd() + "/");
const lunr = require("lunr");
require("lunr-languages/lunr.stemmer.support")(lunr);
for (const code of ["ar", "fr", "de"]) require(`lunr-languages/lunr.${code}`)(lunr);
const MiniSearch = require("minisearch");
const given = JSON.parse(readFileSync(0, "utf8"));

function byLunr(code, texts, queries) {
  const index = lunr(function () {
    if (lunr[code]) this.use(lunr[code]);
    this.ref("id");
    this.field("text");
    texts.forEach((text, id) => this.add({ id, text }));
  });
  return queries.map(query =>
    index
      .query(asked => {
        for (const token of lunr.tokenizer(query)) asked.term(token.toString(), { presence: lunr.Query.presence.REQUIRED });
      })
      .map(found => +found.ref)
  );
}

function byMiniSearch(texts, queries) {
  const index = new MiniSearch({ fields: ["text"], searchOptions: { prefix: true, combineWith: "AND" } });
  index.addAll(texts.map((text, id) => ({ id, text })));
  return queries.map(query => index.search(query).map(found => found.id));
}

async function forPagefind(languages) {
  const pagefind = await import(pathToFileURL(`${process.cwd()}/node_modules/pagefind/lib/index.js`).href);
  const { index } = await pagefind.createIndex({});
  for (const [language, { texts }] of Object.entries(languages))
    for (const [number, content] of texts.entries())
      await index.addCustomRecord({ url: `/${language}/${number}`, content, language, meta: { title: content } });
  await index.writeFiles({ outputPath: `${given.folder}/pagefind` });
  await pagefind.close();
}

const found = { Lunr: {}, MiniSearch: {} };
for (const [code, { texts, queries }] of Object.entries(given.languages)) {
  found.Lunr[code] = byLunr(code, texts, queries);
  found.MiniSearch[code] = byMiniSearch(texts, queries);
}
await forPagefind(given.languages);
process.stdout.write(JSON.stringify(found));
