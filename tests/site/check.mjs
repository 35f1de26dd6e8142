// Opens an exported site in Chromium: valid HTML, accessible in light and dark, wide and narrow, nothing broken, and
// nothing refused by its own policy.
//
//   npm ci --ignore-scripts && node check.mjs SITE [PICTURES]
//
// It asks for `chromium` on the path (or $CHROMIUM), and for Java. Of each kind of page the first few are looked at.
// With PICTURES, a picture of the first page of each kind is put into that folder.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const EACH = Number(process.env.EACH ?? 8);
const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const jar = require("vnu-jar");
const [folder, pictures] = process.argv.slice(2).map((path) => resolve(path));

/** Every page, by the folder that it stands in. */
function pages(at, found = new Map()) {
  for (const entry of readdirSync(at, { withFileTypes: true })) {
    const path = join(at, entry.name);
    if (entry.isDirectory()) pages(path, found);
    else if (entry.name.endsWith(".html")) found.set(at, [...(found.get(at) ?? []), path].sort());
  }
  return found;
}

/** What the validator says of the pages. */
function invalid(paths) {
  const args = ["-Xss4m", "-jar", jar, "--stdout", "--format", "json", ...paths];
  const run = () => execFileSync("java", args, { maxBuffer: 1 << 28 });
  let said;
  try {
    said = run();
  } catch (error) {
    said = error.stdout;
  }
  const { messages } = JSON.parse(said);
  // A slash at the end of a void element is neither an error nor a warning.
  const told = messages.filter(({ type, subType }) => type !== "info" || subType === "warning");
  return told.map(({ url, lastLine, message }) => `${relative(folder, fileURLToPath(url))}:${lastLine}: ${message}`);
}

/** What a browser finds wrong with a page as it is shown. */
async function amiss(page, path, view) {
  const said = [];
  const listen = (message) => message.type() === "error" && said.push(message.text());
  page.on("console", listen);
  await page.setViewport({ width: view.width, height: 900 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: view.scheme }]);
  await page.goto(pathToFileURL(path).href);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) said.push(`it is ${wide} pixels too wide`);
  const links = await page.evaluate(() => [...document.links, ...document.querySelectorAll("link")].map(({ href }) => href));
  for (const link of new Set(links.filter((link) => link.startsWith("file:")))) {
    if (!existsSync(fileURLToPath(link.split("#")[0]))) said.push(`a link leads nowhere: ${link}`);
  }
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
  for (const { id, help, nodes } of violations) said.push(`${id}: ${help}: ${nodes[0].html.slice(0, 200)}`);
  page.off("console", listen);
  return said.map((one) => `${relative(folder, path)} (${view.width}, ${view.scheme}): ${one}`);
}

/** What a page says when its own policy holds, as it does for its readers. */
async function refused(page, path) {
  const said = [];
  const listen = (message) => message.type() === "error" && said.push(message.text());
  page.on("console", listen);
  await page.goto(pathToFileURL(path).href);
  if ((await page.evaluate(() => document.styleSheets.length)) === 0) said.push("it has no style");
  page.off("console", listen);
  return said.map((one) => `${relative(folder, path)}: ${one}`);
}

const kinds = [...pages(folder).values()];
const root = (path) => !relative(folder, path).includes("/");
const looked = kinds.flatMap((paths) => paths.slice(0, root(paths[0]) ? 40 : EACH));
const views = [1280, 390].flatMap((width) => ["light", "dark"].map((scheme) => ({ width, scheme })));
const wrong = invalid(looked);
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--allow-file-access-from-files"],
});
const reader = await browser.newPage();
for (const path of looked) wrong.push(...(await refused(reader, path)));
await reader.close();
const page = await browser.newPage();
// Only what stands in the page is looked at, and the checker itself has to run in it.
await page.setBypassCSP(true);
for (const view of views) {
  for (const path of looked) wrong.push(...(await amiss(page, path, view)));
}
if (pictures) {
  mkdirSync(pictures, { recursive: true });
  for (const view of views) {
    for (const paths of kinds) {
      const path = paths.find((one) => one.endsWith("/index.html")) ?? paths[0];
      await page.setViewport({ width: view.width, height: 900 });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: view.scheme }]);
      await page.goto(pathToFileURL(path).href);
      const name = relative(folder, path).replaceAll("/", "-").replace(".html", "");
      await page.screenshot({ path: join(pictures, `${name}-${view.width}-${view.scheme}.png`), fullPage: true });
    }
  }
}
await browser.close();
for (const one of wrong) console.log(one);
console.log(`${looked.length} pages, each in ${views.length} views: ${wrong.length} wrong`);
process.exit(wrong.length > 0 ? 1 : 0);
