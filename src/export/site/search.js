// Search on the start page. It answers the words, fields and orders of jobdeck's query language as the program does; what
// it does not answer is said. The postings come as JSON files of the site, which are data and never run.
(() => {
"use strict";
const host = document.getElementById("search");
if (!host) return;
const labels = JSON.parse(host.dataset.labels);

// ---- Text: case and accents are folded, words are cut as in the program.

const WITHOUT_STROKE = { ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h", ı: "i", æ: "ae", œ: "oe", þ: "th", ß: "ss", ς: "σ" };
// An accent is what Unicode may put in another order; U+0345 comes last of all.
const isAccent = (mark) => mark === "\u0345" || ("\u0345" + mark).normalize("NFD")[0] !== "\u0345";
const isVoicing = (mark) => mark === "\u3099" || mark === "\u309a";

function fold(text) {
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  return text.normalize("NFKD").toUpperCase().toLowerCase().normalize("NFKD")
    .replace(/[øłđðħıæœþßς]/g, (letter) => WITHOUT_STROKE[letter])
    .replace(/\p{M}/gu, (mark) => (isAccent(mark) && !isVoicing(mark) ? "" : mark));
}

const UNSPACED = "\\u0e00-\\u109f\\u1780-\\u17ff\\u1100-\\u11ff\\ua960-\\ua97f\\uac00-\\ud7ff\\u3005-\\u3007"
  + "\\u3031-\\u303c\\u3041-\\u30fa\\u30fc-\\u318f\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff"
  + "\\u{20000}-\\u{3ffff}";
const ANY = `[\\p{Alphabetic}\\p{N}${UNSPACED}]`;
const SPACED = `(?:(?![${UNSPACED}])[\\p{Alphabetic}\\p{N}])`;
const WORD = new RegExp(`(?<!${SPACED})[cfj]#(?!${ANY})|(?<!${ANY})\\.net(?!${ANY})`
  + `|(?:[${UNSPACED}]+|${SPACED}+)(?:\\+\\+(?!${ANY}))?`, "gu");
const UNSPACED_LETTER = new RegExp(`[${UNSPACED}]`, "u");
const hasUnspaced = (word) => UNSPACED_LETTER.test(word);
const IS_LETTER = /[\p{Alphabetic}\p{N}]/u;
const letters = (word) => [...word].length;

function tokens(folded) {
  const isPlain = /^[\x00-\x7f]*$/.test(folded) && !/[+#]|\.net/.test(folded);
  return folded.match(isPlain ? /[a-z0-9]+/g : WORD) || [];
}

// Length in UTF-8, by which the program measures how much of a value is covered.
function size(text) {
  let bytes = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
  }
  return bytes;
}

const NO_PLURALS = new Set(["aws", "cms", "css", "gas", "gis", "ios", "news", "sas", "sms"]);
const inflects = (word) =>
  letters(word) >= 3 && /^\p{Alphabetic}+$/u.test(word) && !hasUnspaced(word) && !NO_PLURALS.has(word);

function plural(word) {
  if (!inflects(word)) return null;
  const many = /[^aeiou]y$/.test(word) ? word.slice(0, -1) + "ies"
    : word + (/(?:[sxz]|ch|sh)$/.test(word) ? "es" : "s");
  return inflects(many) ? many : null;
}

function forms(word) {
  const all = [word];
  const many = plural(word);
  if (many) all.push(many);
  for (const [ending, instead] of [["s", ""], ["es", ""], ["ies", "y"]]) {
    if (!word.endsWith(ending) || !inflects(word)) continue;
    const one = word.slice(0, word.length - ending.length) + instead;
    if (plural(one) === word) all.push(one);
  }
  return all;
}

// Key of a place's name, without punctuation and with common short forms.
const SHORT = { saint: "st", sainte: "ste", fort: "ft", mount: "mt" };
function placeKey(name) {
  const words = fold(name.replace(/['’‘ʼʹʻ`´′.·…]/g, "")).split(/[\s‐‑–—_/,;:()[\]=＝・&+"“”«»*-]+/);
  const key = words.filter(Boolean).map((word) => SHORT[word] || word).join(" ");
  return letters(key) > 2 ? key.replace(/市+$/, "") : key;
}

// ---- Data: rows of numbers over distinct texts.

let manifest = null;
let names = null;
let isComplete = false;
let rows = [];
const folded = [], cut = [], countryOf = [];
const textIds = new Map();
const knownWords = new Set();
const places = [], placeIds = new Map();

// Number of a distinct folded text, whose words can be searched.
function textId(shown) {
  const text = fold(shown);
  let id = textIds.get(text);
  if (id !== undefined) return id;
  id = folded.length;
  textIds.set(text, id);
  folded.push(text);
  const words = tokens(text);
  cut.push(words);
  words.forEach((word) => knownWords.add(word));
  return id;
}

function placeId(place) {
  const key = JSON.stringify(place);
  let id = placeIds.get(key);
  if (id !== undefined) return id;
  const [loc, country, region, city, unwritten] = place;
  id = places.length;
  placeIds.set(key, id);
  countryOf[textId(loc)] ??= country;
  places.push({
    loc, country, region, city, text: textId(loc), implied: (unwritten || []).map(textId),
  });
  return id;
}

const list = (value) => value || [];

function addShard({ texts, places: shardPlaces, rows: shardRows }) {
  const placesHere = shardPlaces.map(placeId);
  const ids = texts.map(textId);
  for (const row of shardRows) {
    const [id, path, title, number, company, team, locations, tags, skills, workplace, employment, level,
      posted, closes, firstSeen, pay, flags] = row;
    const entry = {
      id, title, path: path || `posting/${id}.html`,
      company: company ? ids[company - 1] : -1, companyName: company ? texts[company - 1] : "",
      team: team ? ids[team - 1] : -1, teamName: team ? texts[team - 1] : "",
      places: list(locations).map((at) => placesHere[at]),
      tags: list(tags).map((at) => ids[at]), tagNames: list(tags).map((at) => texts[at]),
      skills: list(skills).map((at) => ids[at]), skillNames: list(skills).map((at) => texts[at]),
      workplace: manifest.words.workplace[workplace - 1] || "",
      employment: list(employment).map((at) => manifest.words.employment[at]),
      level: manifest.words.level[level - 1] || "",
      posted: posted || null, closes: closes || null, firstSeen: firstSeen || null,
      salary: list(pay), flags: flags || 0, numbered: null,
    };
    const [end, from, to] = number || [];
    entry.text = textId(number ? title.slice(0, end) : title);
    if (number) entry.numbered = { whole: fold(title), number: fold(title.slice(from, to)) };
    entry.sortTitle = fold(title);
    rows.push(entry);
  }
}

// Pinned first, then newest, title, id: the order of what is equal otherwise.
function byTies(a, b) {
  const pinned = (b.flags & 1) - (a.flags & 1);
  const newest = (row) => row.posted ?? row.firstSeen ?? -Infinity;
  return pinned || compare(newest(b), newest(a)) || compare(a.sortTitle, b.sortTitle) || compare(a.id, b.id);
}
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

// ---- The language: terms, of which each is a list of alternatives.

const SYNONYMS = {
  pay: "salary", compensation: "salary", remote: "workplace", location: "loc", place: "loc", age: "posted",
  date: "posted", type: "employment", seniority: "level", skills: "skill", tech: "skill",
};
const TEXTS = ["title", "company", "team", "loc", "country", "region", "city", "tag", "skill", "workplace",
  "employment", "level"];
const FIELDS = [...TEXTS, "posted", "salary", "is"];
const SORTS = ["posted", "salary", "title"];
const NO = 0, UNKNOWN_AMOUNT = 1, UNKNOWN_WORD = 2, YES = 3, HIT = 1 << 23;
const UNFINISHED = { kind: "any" };

const fieldName = (text) => (/^!?([a-z]+):$/i.exec(text) || [])[1];

function quoteEnd(text, open) {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

function unquote(text) {
  if (!text.startsWith('"')) return [text, ""];
  const end = quoteEnd(text, 0);
  const isClosed = end > 1 && text[end - 1] === '"';
  return [text.slice(1, isClosed ? end - 1 : end).replace(/\\(.)/g, "$1"), text.slice(end)];
}

function operandEnd(text, start) {
  let opens = true;
  let at = start;
  while (at < text.length) {
    if (text[at] === '"' && opens) {
      at = quoteEnd(text, at);
      opens = false;
      continue;
    }
    if (/[\s|]/.test(text[at])) break;
    at++;
    const last = text[at - 1];
    opens = ("!^=".includes(last) && opens) || (last === ":" && fieldName(text.slice(start, at)) !== undefined);
  }
  return at;
}

function chunks(text) {
  const found = [];
  let bar = false;
  for (let at = 0; at < text.length;) {
    if (/\s/.test(text[at])) at++;
    else if (text[at] === "|") {
      bar = true;
      at++;
    } else {
      const end = operandEnd(text, at);
      if (!bar || !found.length) found.push([]);
      found[found.length - 1].push([at, end]);
      bar = false;
      at = end;
    }
  }
  return found;
}

// A query: its terms, its order, and what was not understood.
function parse(text) {
  const query = { terms: [], sort: null, notes: [] };
  for (const operands of chunks(text)) {
    let any = [];
    let excludedTo = -9, field = null, fieldTo = -9;
    const span = [operands[0][0], operands[operands.length - 1][1]];
    for (const [start, end] of operands) {
      let rest = text.slice(start, end);
      let negated = rest.startsWith("!");
      if (negated) rest = rest.slice(1);
      const name = rest.includes("://") ? undefined : fieldName(rest.slice(0, rest.indexOf(":") + 1));
      if (name !== undefined) {
        rest = rest.slice(name.length + 1);
        if (rest.startsWith("!")) [negated, rest] = [true, rest.slice(1)];
      }
      const continues = name === undefined && start === excludedTo + 1;
      negated = negated || continues;
      const inherited = name === undefined && start === fieldTo + 1 ? field : null;
      const lower = name?.toLowerCase();
      if (lower === "sort") {
        const [, minus, key] = /^(-?)(.*)$/s.exec(rest.toLowerCase());
        if (SORTS.includes(key)) query.sort = { key, reverse: minus === "-", span: [start, end] };
        else if (!SORTS.some((known) => known.startsWith(key))) query.notes.push(text.slice(start, end));
        continue;
      }
      let asked = lower ? SYNONYMS[lower] || lower : inherited;
      // `has:salary` is `!salary:none`.
      if (lower === "has") [negated, asked, rest] = [!negated, SYNONYMS[rest] || rest, "none"];
      if (asked && !FIELDS.includes(asked)) {
        query.notes.push(`${name}:`);
        continue;
      }
      const test = asked ? fieldTest(asked, rest, negated, end === text.length) : /^[-−<>]|^(AND|OR|NOT)$/.test(rest) ? null : textTest(rest, negated || rest.includes("://"));
      if (!test || test.kind === "scattered") {
        query.notes.push(text.slice(start, end));
        continue;
      }
      // `country:bavaria` is a region.
      const isName = ["country", "region", "city"].includes(asked) && /^(word|literal)$/.test(test.kind) && letters(test.text) > 3;
      if (isName && !meantPlaces(asked, test.text)) asked = ["country", "region", "city"].find((one) => meantPlaces(one, test.text)) || asked;
      const atom = { field: asked, test, negated: negated && test !== UNFINISHED };
      [field, fieldTo] = [asked, end];
      excludedTo = negated ? end : -9;
      if (continues && any.length) any[any.length - 1].push(atom);
      else any.push([atom]);
    }
    // Excluded alternatives must all fail: each becomes a term of its own.
    let terms = any.length ? [[]] : [];
    for (const all of any) terms = terms.flatMap((term) => all.map((atom) => [...term, atom])).slice(0, 64);
    for (const atoms of terms) query.terms.push({ any: atoms, span });
  }
  return query;
}

function fieldTest(field, rest, negated, isOpen) {
  if (!rest) return UNFINISHED;
  if (field === "is") {
    const state = rest.toLowerCase();
    return state === "open" || state === "closed" ? { kind: "is", state } : null;
  }
  if (rest.toLowerCase() === "none") return { kind: "none" };
  if (field === "posted") return dateTest(unquote(rest)[0]);
  if (field === "salary") return salaryTest(rest);
  const whole = rest.replace(/^=/, "");
  const [value, tail] = unquote(whole);
  if (!(manifest.words[field] || field === "skill") || /^['~]/.test(whole) || tail || !value.trim()) return textTest(rest, negated);
  // Values of closed lists and skills are compared as a whole, by any of their names; what is being typed may go on.
  const key = fold(value).replace(/[^\p{Alphabetic}\p{N}]/gu, "");
  const text = field === "skill" ? names.skills[fold(value)] || value : names.values[field][key];
  if (isOpen && value === rest && !negated && (field === "skill" || !text)) return textTest(rest);
  return text ? { kind: "equals", text } : null;
}

function textTest(rest, isLiteral) {
  const filled = (text, kind) => (text.trim() ? { kind, text } : UNFINISHED);
  const whole = /^'(.*)'$/s.exec(rest);
  if (whole && whole[1].trim()) return filled(whole[1], "whole");
  if (rest.startsWith("~")) return filled(rest.slice(1), "scattered");
  if (rest.startsWith("'")) return filled(rest.slice(1), "literal");
  if (rest.length > 1 && rest.startsWith("=")) return filled(unquote(rest.slice(1))[0], "equals");
  const isQuoted = rest.startsWith('"');
  const [body, tail] = unquote(rest);
  if (tail || /^\^.|.\$$/.test(body) && !isQuoted) return null;
  return filled(body, isQuoted || isLiteral ? "literal" : "word");
}

const operator = (text) => /^(<=|>=|<|>|=)?(.*)$/s.exec(text).slice(1);
const DAYS = { d: 1, w: 7, m: 30, y: 365, day: 1, days: 1, week: 7, weeks: 7, month: 30, months: 30, year: 365, years: 365 };
const DAY = 86400000;

function dateTest(text) {
  let [op, rest] = operator(text);
  const word = rest.trim().toLowerCase();
  const date = /^(\d{4})-(\d\d)-(\d\d)$/.exec(word);
  if (date) return { kind: "day", op: op || "=", day: Date.UTC(date[1], date[2] - 1, date[3]) / DAY };
  const fixed = { today: 0, yesterday: 1 }[word];
  if (fixed !== undefined) return { kind: "days", op: op || "=", days: fixed };
  const [, digits, unit] = /^(\d{0,5})\s*([a-z]*)$/.exec(word) || [];
  const days = DAYS[unit] && (digits || unit.length > 1) ? DAYS[unit] * (digits || 1) : undefined;
  if (days !== undefined) {
    // `posted:week` is within a week, `posted:3d` three days ago.
    return { kind: "days", op: op || (unit.length > 1 && days > 1 ? "<=" : "="), days };
  }
  return /^\d{0,3}$/.test(word) ? UNFINISHED : null;
}

function salaryTest(text) {
  const [op, rest] = operator(text);
  if (!rest) return UNFINISHED;
  const parts = /^(\d+(?:[,_']\d{3})*(?:\.\d\d?)?)(k|m(?![a-z]{2}(?:$|\/)))?\+?([a-z]*)(?:\/([a-z]*))?$/i.exec(rest);
  if (!parts) return null;
  const [, digits, factor, code, per] = parts;
  if (code.length === 1 || code.length === 2) return UNFINISHED;
  if (code.length > 3) return null;
  const period = manifest.words.per.indexOf((per || "year").toLowerCase());
  if (period < 0) return manifest.words.per.some((word) => word.startsWith(per)) ? UNFINISHED : null;
  const amount = Number(digits.replace(/[,_']/g, "")) * ({ k: 1e3, m: 1e6 }[factor?.toLowerCase()] || 1);
  return { kind: "salary", op: op || ">=", amount, currency: code.toUpperCase(), per: period };
}

const holds = (op, a, b) => (op === "<" ? a < b : op === "<=" ? a <= b : op === ">" ? a > b : op === ">=" ? a >= b : a === b);

// ---- Words: what finds a word, and how well.

const INSIDE = 3, START = 4, ALIAS = 5, WHOLE = 6;
const pattern = (kind, text) => ({ kind, text, size: size(text), forms: kind === "word" && forms(text) });
const variant = (tier, words, scope = "any") => ({ tier, words, scope });

function fits({ kind, text, forms }, word) {
  if (kind === "word") return forms.includes(word);
  if (kind === "exact") return word === text;
  return kind === "start" ? word.startsWith(text) : word.includes(text);
}

// Words of a term that stands alone: only such terms are read together.
const isWord = ({ test }) => test.kind === "word" || test.kind === "whole";
const single = (term) => (term && term.any.length === 1 && !term.any[0].negated && isWord(term.any[0]) ? term.any[0] : null);

function ownVariants(words, isExact) {
  const last = words[words.length - 1];
  const phrase = (kind) => [...words.slice(0, -1).map((word) => pattern(isExact ? "exact" : "word", word)), pattern(kind, last)];
  if (isExact) return [variant(WHOLE, phrase("exact"))];
  const found = [variant(WHOLE, phrase("word")), variant(START, phrase("start"))];
  if (words.length === 1 && (letters(last) >= 4 || hasUnspaced(last))) found.push(variant(INSIDE, phrase("inside")));
  return found;
}

const aliasKey = (words) => words.map((word) => (word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word)).join(" ");

// What else adjacent words are called: other names, written together, written apart.
function otherVariants(words) {
  const found = [];
  const named = (name, scope, kind = "word", country) => found.push({ ...variant(ALIAS, name.split(" ").map((word) => pattern(kind, word)), scope), country });
  for (const name of list(names.roles[aliasKey(words)])) named(name, "role");
  for (const name of list(names.words[aliasKey(words)])) named(name, "any");
  for (const at of list(names.places[words.join(" ")])) named(names.phrases[at][0], "place", "exact", names.phrases[at][1]);
  const [word] = words;
  if (words.length === 1 && letters(word) >= 6 && !hasUnspaced(word)) {
    const all = [...word];
    const least = knownWords.has(word) ? 4 : 2;
    for (let at = least; at <= all.length - least; at++) {
      const [first, second] = [all.slice(0, at).join(""), all.slice(at).join("")];
      const isKnown = (part) => forms(part).some((form) => knownWords.has(form));
      if (isKnown(first) && isKnown(second)) found.push(variant(ALIAS, [pattern("exact", first), pattern("word", second)]));
    }
  } else if ((words.length === 2 || words.length === 3) && knownWords.has(words.join(""))) {
    found.push(variant(ALIAS, [pattern("word", words.join(""))]));
  }
  return found;
}

// Variants of every word of a query, by atom.
function readings(terms) {
  const variants = new Map();
  const wordsOf = (atom) => tokens(fold(atom.test.text));
  const isExact = (atom) => atom.test.kind === "whole";
  const read = (run) => {
    for (const atom of run) variants.set(atom, wordsOf(atom).length ? ownVariants(wordsOf(atom), isExact(atom)) : null);
    for (let first = 0; first < run.length; first++) {
      for (let end = first + 1; end <= Math.min(run.length, first + 5); end++) {
        const part = run.slice(first, end);
        if (part.some(isExact)) break;
        const words = part.flatMap(wordsOf);
        const others = words.length ? otherVariants(words) : [];
        for (const atom of part) variants.get(atom)?.push(...others);
      }
    }
  };
  for (let at = 0; at < terms.length; at++) {
    const first = single(terms[at]);
    if (!first) {
      for (const atom of terms[at].any.filter(isWord)) read([atom]);
      continue;
    }
    const run = [first];
    while (single(terms[at + 1]) && single(terms[at + 1]).field === first.field) run.push(single(terms[++at]));
    read(run);
  }
  return variants;
}

const share = (covered, bytes) => Math.min(63, Math.floor((covered * 63) / bytes));
const ITSELF = 1 << 14, ALSO = 1 << 10;

// Best hit of a variant in the words of a text, before the weight of its field.
function hitIn({ tier, words }, own, bytes) {
  let best = NO;
  for (let at = 0; at + words.length <= own.length; at++) {
    if (!words.every((word, after) => fits(word, own[at + after]))) continue;
    const [{ kind, text }] = words;
    const isWhole = words.length === 1 && (kind === "word" || kind === "exact");
    const covered = isWhole ? size(own[at]) : words.reduce((sum, word) => sum + word.size, 0);
    const hit = (tier << 23) | (isWhole && own[at] === text ? ITSELF : 0) | share(covered, bytes);
    best = Math.max(best, hit);
  }
  return best;
}

const WEIGHT = { title: 3, company: 2, team: 2, loc: 1, country: 1, region: 1, city: 1 };
const isPlace = (field) => WEIGHT[field] === 1;
const asks = (scope, field) =>
  scope === "any" || (scope === "place" ? isPlace(field) : ["title", "team", "tag", "skill"].includes(field));

function literalHit({ text }, value) {
  let best = NO;
  for (let at = value.indexOf(text); at >= 0; at = value.indexOf(text, at + 1)) {
    const to = at + text.length;
    const isLetter = (beside) => IS_LETTER.test(value[beside] || "");
    const tier = isLetter(at - 1) ? INSIDE : isLetter(to) ? START : WHOLE;
    best = Math.max(best, (tier << 23) | share(size(text), Math.max(size(value), 1)));
  }
  return best;
}

// A test of texts: of one with a number, or of any folded text. What is found is kept by text and kind of field.
function textJudge(test, variants) {
  const wanted = { ...test, text: fold(test.text) };
  const known = [];
  const judge = (value, words, field, country) => {
    if (test.kind === "equals") return value === wanted.text ? YES : NO;
    if (!variants) return literalHit(wanted, value);
    let best = NO;
    for (const one of variants) {
      const [{ forms, text }] = one.words;
      if (!asks(one.scope, field) || (one.country && country && one.country !== country) || !(forms || [text]).some((form) => value.includes(form))) continue;
      best = Math.max(best, hitIn(one, words || tokens(value), Math.max(size(value), 1)));
    }
    return best;
  };
  const weighed = (hit, field) => (hit >= HIT ? hit + ((WEIGHT[field] || 0) << 21) : hit);
  return {
    text: (value, field) => weighed(judge(value, null, field), field),
    id: (id, field) => {
      const at = id * 3 + (isPlace(field) ? 2 : field === "company" ? 1 : 0);
      return weighed((known[at] ??= judge(folded[id], cut[id], field, countryOf[id])), field);
    },
  };
}

const either = (a, b) => Math.max(a & ~ALSO, b & ~ALSO) | (Math.min(a, b) >= HIT ? ALSO : 0) | ((a >= HIT ? a : 0) | (b >= HIT ? b : 0)) & ALSO;
const negate = (verdict) => (verdict === NO || verdict === UNKNOWN_WORD ? YES : verdict === UNKNOWN_AMOUNT ? verdict : NO);

// A test of a country, region or city that is known by name; null if only texts can be compared.
function placeTest(field, test) {
  const meant = meantPlaces(field, test.text);
  if (field === "country") return meant && { isOpen: false, holds: (place) => place.country === meant };
  const isOpen = field === "city" || (!names.areas[placeKey(test.text)] && letters(test.text) > 3);
  const parts = field === "city" ? [field] : [field, "country"];
  return { isOpen, holds: (place) => parts.some((part) => list(meant).includes(place[part])) };
}

// The code of a country; the countries of an area, or the regions; the cities: what a name means.
function meantPlaces(field, text) {
  const key = placeKey(text);
  if (field === "country") return names.codes[text.trim().replaceAll(".", "").toLowerCase()] || names.countries[key];
  return field === "region" ? names.areas[key] || names.regions[key] : names.cities[key];
}

function titleTest(judge, test, row, isWords) {
  const inWords = judge.id(row.text, "title");
  if (!row.numbered) return inWords;
  const { whole, number } = row.numbered;
  if (isWords) {
    const text = fold(test.text);
    if (!/[0-9]/.test(text)) return inWords;
    const hit = literalHit({ text }, number);
    const isFound = hit && (test.kind === "word" || hit >> 23 === WHOLE);
    return isFound ? either(inWords, hit + (3 << 21)) : inWords;
  }
  const inAll = judge.text(whole, "title");
  return test.kind === "equals" ? inAll : inWords || inAll;
}

function placesTest(judge, field, test) {
  const known = places.map(() => undefined);
  const isAnchored = test.kind === "equals";
  const place = field === "loc" ? null : placeTest(field, test);
  const ofPlace = (one) => {
    if (field === "loc") {
      const implied = isAnchored ? [] : one.implied.map((id) => judge.id(id, field));
      // A name that a location only implies ranks below one that is written.
      const lowered = implied.map((hit) => (hit >= HIT && (hit >> 21) & 3 ? hit - (1 << 21) : hit));
      return Math.max(judge.id(one.text, field), ...lowered);
    }
    const texts = field === "country" ? [one.country, names.countryNames[one.country] || ""] : [one[field]];
    const byText = one[field] && (!place || place.isOpen) ? texts.map((text) => judge.text(fold(text), field)) : [];
    return Math.max(NO, place && place.holds(one) ? YES : NO, ...byText);
  };
  return (row) => {
    let best = NO;
    for (const id of row.places) best = Math.max(best, known[id] ?? (known[id] = ofPlace(places[id])));
    return best;
  };
}

function inField(judge, field, test, isWords) {
  if (field === "title") return (row) => titleTest(judge, test, row, isWords);
  if (field === "company" || field === "team") return (row) => (row[field] < 0 ? NO : judge.id(row[field], field));
  if (isPlace(field)) return placesTest(judge, field, test);
  if (field === "tag" || field === "skill") {
    const [values, absent] = field === "tag" ? ["tags", NO] : ["skills", UNKNOWN_WORD];
    return (row, isDefault) => {
      if (!row[values].length) return isDefault ? NO : absent;
      let best = NO;
      for (const id of row[values]) best = Math.max(best, judge.id(id, field));
      return best;
    };
  }
  const words = manifest.words[field];
  const verdicts = Object.fromEntries(words.map((word) => [word, judge.text(word, field)]));
  return (row) => {
    const own = valuesOf(row, field);
    return own.length ? Math.max(...own.map((word) => verdicts[word])) : UNKNOWN_WORD;
  };
}

const DEFAULT = ["title", "company", "team", "loc", "tag", "skill"];
const today = () => {
  const now = new Date();
  return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / DAY;
};

function dateVerdict(test, day, now) {
  if (day === null) return UNKNOWN_AMOUNT;
  return (test.kind === "day" ? holds(test.op, day, test.day) : holds(test.op, now - day, test.days)) ? YES : NO;
}

function salaryVerdict({ op, amount, currency, per }, pay) {
  let best = pay.length ? NO : UNKNOWN_AMOUNT;
  for (const [min, max, code, period] of pay) {
    const paid = max ?? min;
    const isComparable = paid !== null && period === per && (!currency || currency === code);
    best = Math.max(best, !isComparable ? UNKNOWN_AMOUNT : holds(op, paid, amount) ? YES : NO);
  }
  return best;
}

// An atom as a function of a row.
function compile(atom, variants) {
  const { field, test, negated } = atom;
  const now = today();
  let verdict;
  if (test === UNFINISHED) return { verdict: () => YES, judge: null };
  let judge = null;
  if (test.kind === "is") verdict = (row) => ((row.closes === null || row.closes >= now) === (test.state === "open") ? YES : NO);
  else if (test.kind === "none") {
    verdict = (row) => (valuesOf(row, field).length ? NO : YES);
  } else if (test.kind === "salary") verdict = (row) => salaryVerdict(test, row.salary);
  else if (field === "posted") verdict = (row) => dateVerdict(test, row.posted, now);
  else {
    judge = textJudge(test, variants);
    const tests = (field ? [field] : DEFAULT).map((one) => inField(judge, one, test, !!variants));
    verdict = field ? (row) => tests[0](row, false) : (row) => {
      let best = NO;
      for (const one of tests) best = either(best, one(row, true));
      return best;
    };
  }
  return { judge, atom, verdict: negated ? (row) => negate(verdict(row)) : verdict };
}

// Pairs of consecutive words of the query that stand side by side in a value.
function neighbours(pairs, row) {
  if (!pairs.length) return 0;
  const texts = { title: [row.text], company: [row.company], team: [row.team], tag: row.tags, skill: row.skills,
    loc: row.places.flatMap((id) => [places[id].text, ...places[id].implied]) };
  const isNear = ([first, second]) => DEFAULT.some((field) => {
    const is = (word, own) => word.variants.some(({ words, scope, tier }) => words.length === 1 && tier !== INSIDE && asks(scope, field) && fits(words[0], own));
    if ([first, second].some(({ atom }) => atom.field && atom.field !== field)) return false;
    return texts[field].some((id) => id >= 0 && first.judge.id(id, field) && second.judge.id(id, field)
      && cut[id].some((own, at) => at + 1 < cut[id].length && is(first, own) && is(second, cut[id][at + 1])));
  });
  return Math.min(7, pairs.filter(isNear).length);
}

// ---- Search: rows in order, and the values that would narrow or widen them.

const FACETS = ["country", "city", "workplace", "level", "employment", "company", "team", "skill", "tag"];
// The values of a row in a field; none are empty.
const NAMES = { company: "companyName", team: "teamName", skill: "skillNames", tag: "tagNames" };
const valuesOf = (row, field) => [isPlace(field) ? row.places.map((id) => places[id][field]) : row[NAMES[field] || field]].flat().filter(Boolean);
// The facet that a term asks for alone; its values are counted as if the term were not there.
const ownFacet = ({ any }) => (FACETS.includes(any[0].field) && any.every(({ field }) => field === any[0].field) ? any[0].field : null);

function search(query) {
  const read = readings(query.terms);
  const terms = query.terms.map((term) => ({
    facet: ownFacet(term),
    any: term.any.map((atom) => ({ ...compile(atom, read.get(atom)), variants: read.get(atom) })),
  }));
  const pairs = [];
  for (let at = 1; at < terms.length; at++) {
    const pair = [terms[at - 1], terms[at]].map(({ any }) => any.length === 1 && any[0].variants && !any[0].atom.negated && any[0]);
    if (pair.every(Boolean)) pairs.push(pair);
  }
  const counts = Object.fromEntries(FACETS.map((facet) => [facet, new Map()]));
  const count = (facet, row) => {
    row.values ??= Object.fromEntries(FACETS.map((one) => [one, new Set(valuesOf(row, one))]));
    for (const value of row.values[facet]) counts[facet].set(value, (counts[facet].get(value) || 0) + 1);
  };
  const found = [];
  next: for (const row of rows) {
    let rank = 0, open = null;
    for (const { any, facet } of terms) {
      let verdict = NO;
      for (const atom of any) verdict = either(verdict, atom.verdict(row));
      if (verdict < YES) {
        if (!facet || (open && open !== facet)) continue next;
        open = facet;
      } else if (verdict >= HIT) rank += verdict;
    }
    if (open) count(open, row);
    else {
      found.push({ row, rank: rank && rank + neighbours(pairs, row) * 262144 });
      for (const facet of FACETS) count(facet, row);
    }
  }
  found.sort(order(query.sort));
  return { rows: found.map(({ row }) => row), counts };
}

// Rows stand in the order of what is equal otherwise, which sorting keeps.
function order(sort) {
  if (!sort) return (a, b) => b.rank - a.rank;
  const paid = (row) => row.salary.map(([min, max, code, per]) => [code + per, max ?? min]).find(([, amount]) => amount !== null);
  const key = { posted: (row) => row.posted, title: (row) => row.sortTitle, salary: (row) => paid(row) ?? null }[sort.key];
  const isDescending = sort.reverse !== (sort.key === "posted");
  const both = sort.key === "salary" ? (a, b) => compare(a[0], b[0]) || a[1] - b[1] : compare;
  return (first, second) => {
    const [a, b] = [key(first.row), key(second.row)];
    if (a === null || b === null) return (a === null) - (b === null);
    return isDescending ? both(b, a) : both(a, b);
  };
}

// ---- Edits: a facet's buttons show and change what is typed.

const plainValue = (value) => (/^[a-z\d-]+$/i.test(value) ? value : `"${value.replace(/["\\]/g, "\\$&")}"`);
const includes = (term, facet) => term.any.every(({ field, test, negated }) => field === facet && test.kind === "equals" && !negated);
const chosenIn = (query, facet) => query.terms.filter((term) => includes(term, facet)).flatMap(({ any }) => any.map(({ test }) => test.text));

function toggled(text, facet, value) {
  const query = parse(text);
  const term = query.terms.find((one) => includes(one, facet));
  const chosen = chosenIn(query, facet);
  const without = chosen.filter((one) => fold(one) !== fold(value));
  const values = without.length < chosen.length ? without : [...chosen, value];
  const terms = values.map((one) => `${facet}:=${plainValue(one)}`).join(" | ");
  const [start, end] = term ? term.span : [text.length, text.length];
  const before = text.slice(0, start).trimEnd();
  return [before, terms, text.slice(end).trim()].filter(Boolean).join(" ");
}

function sorted(text, sort) {
  const { sort: known } = parse(text);
  const rest = known ? text.slice(0, known.span[0]).trimEnd() + " " + text.slice(known.span[1]).trim() : text;
  return `${rest.trim()}${sort ? ` sort:${sort}` : ""}`.trim();
}

// ---- The page. Every text is set as text, never as markup.

function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

const PAGE = 50, VALUES_SHOWN = 8;
const language = document.documentElement.lang || "en";
const number = new Intl.NumberFormat(language).format;
const fill = (text, ...values) => values.reduce((filled, value, at) => filled.replace(`{${at}}`, () => value), text);
const word = (name) => labels.words[name] || name;

const box = make("input", { id: "q", type: "search", name: "q", autocomplete: "off",
  spellcheck: "false", enterkeyhint: "search", placeholder: labels.example });
const status = make("p", { role: "status", class: "search-count" });
const notes = make("p", { class: "search-notes", hidden: "" });
const sortBox = make("select", { "aria-label": labels.sort },
  ...[["", labels.rank], ["posted", labels.newest], ["-salary", labels.pay], ["title", labels.title]]
    .map(([value, label]) => make("option", { value }, label)));
const results = make("ul", { class: "rows" });
const more = make("button", { type: "button", class: "search-more", hidden: "" }, labels.more);
const filters = make("details", { class: "search-facets" }, make("summary", {}, labels.filter));
const facetParts = make("div", {});
const help = make("details", { class: "search-help" }, make("summary", {}, labels.help),
  make("ul", {}, ...labels.syntax.map(([code, text]) => make("li", {}, make("code", {}, code), ` ${text}`))),
  make("p", {}, labels.limits));
filters.append(facetParts);
const output = make("div", { class: "search-output", hidden: "" },
  make("div", {}, make("div", { class: "search-head" }, status, make("label", {}, sortBox)), notes, results, more), filters);
host.append(make("form", { role: "search", onsubmit: (event) => { event.preventDefault(); commit(); } },
  make("label", { for: "q" }, labels.search), box), help, output);
host.hidden = false;
const wide = matchMedia("(min-width: 58rem)");
(wide.onchange = () => { filters.open = wide.matches; })();

let answer = null, shown = 0, committed = "";
const opened = new Set();

const DATE = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

function amount([min, max, code, per]) {
  const range = [min, max].filter((end, at, all) => end !== null && all.indexOf(end) === at).map(number).join("–");
  return `${range} ${code}/${word(manifest.words.per[per])}`;
}

function resultRow(row) {
  const derived = (bit, text) => (text && row.flags & bit ? `≈${text}` : text);
  const where = row.places.map((id) => places[id].loc);
  const rest = where.length > 2 ? [fill(labels.places, number(where.length - 2))] : [];
  const about = [row.companyName, row.teamName, ...where.slice(0, 2), ...rest, derived(2, word(row.workplace)),
    derived(8, word(row.level)), ...row.employment.filter((kind) => kind !== "full-time").map((kind) => derived(4, word(kind))),
    derived(32, row.salary.length ? amount(row.salary[0]) : "")];
  return make("li", { class: row.flags & 1 ? "pinned" : "" },
    make("a", { href: row.path }, row.title), make("p", {}, about.filter(Boolean).join(" · ")), make("small", {}, row.posted ? DATE.format(row.posted * DAY) : ""));
}

function showMore() {
  const next = answer.rows.slice(shown, shown + PAGE).map(resultRow);
  results.append(...next);
  shown += next.length;
  more.hidden = shown >= answer.rows.length;
  return next[0];
}

function facetPart(query, facet) {
  const chosen = chosenIn(query, facet).map(fold);
  const isChosen = (value) => chosen.length > 0 && chosen.includes(fold(value));
  const counted = [...answer.counts[facet]];
  for (const value of chosenIn(query, facet)) if (!counted.some(([known]) => fold(known) === fold(value))) counted.push([value, 0]);
  if (counted.length < 2 && !chosen.length) return null;
  counted.sort((a, b) => isChosen(b[0]) - isChosen(a[0]) || b[1] - a[1] || compare(a[0], b[0]));
  const isOpen = opened.has(facet);
  const button = ([value, count]) => {
    const label = facet === "country" ? names.countryNames[value] || value : word(value);
    const press = () => enter(toggled(box.value, facet, value));
    return make("li", {}, make("button", { type: "button", "aria-pressed": isChosen(value), "data-value": value, onclick: press },
      make("span", {}, label), make("small", {}, number(count))));
  };
  const values = counted.slice(0, isOpen ? 1000 : VALUES_SHOWN).map(button);
  const open = () => {
    opened.add(facet);
    drawFacets(query);
  };
  const all = counted.length > values.length && !isOpen ? [make("button", { type: "button", class: "all", onclick: open }, fill(labels.all, number(counted.length)))] : [];
  return make("section", { "data-facet": facet }, make("h3", {}, labels.facets[facet]), make("ul", {}, ...values), ...all);
}

function drawFacets(query) {
  // The pressed button is drawn anew: the keyboard stays where it was.
  const { facet } = document.activeElement?.closest?.("[data-facet]")?.dataset || {};
  const { value } = document.activeElement?.dataset || {};
  facetParts.replaceChildren(...FACETS.map((one) => facetPart(query, one)).filter(Boolean));
  if (facet && value) facetParts.querySelector(`[data-facet="${facet}"] [data-value="${CSS.escape(value)}"]`)?.focus();
}

// Shows what the box asks for. Until every part of the index is there, only the newest postings are searched, and said so.
function draw() {
  const text = box.value;
  const isAsked = text.trim() !== "";
  host.classList.toggle("searching", isAsked);
  output.hidden = !isAsked;
  if (!isAsked || !manifest) return;
  const query = parse(text);
  answer = search(query);
  results.replaceChildren();
  shown = 0;
  showMore();
  drawFacets(query);
  sortBox.value = query.sort ? (query.sort.reverse ? "-" : "") + query.sort.key : "";
  const count = answer.rows.length;
  status.textContent = fill(isComplete ? labels.count : labels.loading, number(count), number(rows.length), number(manifest.postings));
  notes.hidden = !query.notes.length && (count > 0 || !isComplete);
  notes.textContent = query.notes.length ? fill(labels.unread, query.notes.join(", ")) : labels.nothing;
}

const address = (text) => location.pathname + (text.trim() ? `?q=${encodeURIComponent(text)}` : "");

// What is typed replaces the entry of the history; what is chosen is a new one, to which the back button leads.
function commit() {
  const text = box.value.trim();
  if (text !== committed) history.pushState(null, "", address(text));
  committed = text;
}

function enter(text) {
  box.value = text;
  draw();
  commit();
}

let loading = null;
async function read(path) {
  const answered = await fetch(host.dataset.folder + path);
  if (!answered.ok) throw answered;
  return answered.json();
}

async function load() {
  const first = await read("index.json");
  names = await read(`names.json?${first.names}`);
  manifest = first;
  names.countryNames = first.countries;
  addShard(first.newest);
  rows.sort(byTies);
  draw();
  const parts = await Promise.all(first.shards.map(([name, hash]) => read(`${name}?${hash}`)));
  rows = [];
  parts.forEach(addShard);
  rows.sort(byTies);
  isComplete = true;
  host.dataset.ready = "yes";
  draw();
}

function start() {
  loading ??= load().catch(() => {
    notes.textContent = location.protocol === "file:" ? labels.file : labels.failed;
    notes.hidden = output.hidden = false;
    loading = null;
  });
}

function fromAddress() {
  box.value = new URLSearchParams(location.search).get("q") || "";
  committed = box.value.trim();
  if (committed) start();
  draw();
}

box.onfocus = start;
box.oninput = () => {
  start();
  draw();
  history.replaceState(null, "", address(box.value));
  committed = box.value.trim();
};
sortBox.onchange = () => enter(sorted(box.value, sortBox.value));
more.onclick = () => showMore()?.querySelector("a").focus();
onpopstate = fromAddress;
onkeydown = (event) => {
  if (event.key === "/" && !event.target.matches?.("input, select") && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === "Escape" && event.target === box && box.value) {
    event.preventDefault();
    enter("");
  }
};
if (location.hash === "#search") box.focus();
fromAddress();
})();
