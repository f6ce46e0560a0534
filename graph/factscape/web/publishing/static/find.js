"use strict";
// Search without a server: names are folded and compared here, by the rules of factscape's index.
//
// Sets `factscape.find(text)` to a Promise of hits, best first:
//   [{iri, en, zh, name, reason, score, kind: {en, zh} | null, address}, …]
// and `factscape.load(name)`, which loads what is large when it is first needed: the names are a
// script beside this one.
(() => {
  const factscape = (globalThis.factscape ??= {});
  if (factscape.find) return; // the query page needs it before others do
  const here = document.currentScript.src;
  const BASE = "https://w3id.org/factscape/";
  const MOST = 20;
  const BEHIND = 5;
  const BEGINS = 75; // the least score of what a name begins with
  const APOSTROPHES = /['`\u02b9\u02bb\u02bc\u2018\u2019\u2032\uff07]/u;
  const ACCENTS = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/u;
  const UNSEEN = /[\p{Cf}\p{Cs}\ufe00-\ufe0f]/u;
  const BETWEEN = /[\p{P}\p{Z}\p{Cc}\p{Sk}]/u;
  const DENSE = "\u3007\u3400-\u4dbf\u4e00-\u9fff\u{20000}-\u{3ffff}\u3040-\u30ff\u31f0-\u31ff\uac00-\ud7af";
  const WORDS = new RegExp(`[${DENSE}]+|[^${DENSE} ]+`, "gu");
  const IS_DENSE = new RegExp(`[${DENSE}]`, "u");
  const PLAIN = new Map(Object.entries({
    "æ": "ae", "ð": "d", "ø": "o", "þ": "th", "đ": "d", "ħ": "h", "ı": "i", "ĸ": "k", "ł": "l",
    "ŋ": "n", "œ": "oe", "ŧ": "t", "ß": "ss", "ς": "σ",
  }));

  /** Fold width, case, accents and punctuation away; words are left apart by spaces. */
  function folded(text, characters, keepAccents) {
    let found = "";
    for (const char of text.slice(0, 1000).normalize("NFKD").toLowerCase()) {
      if (APOSTROPHES.test(char) || (!keepAccents && ACCENTS.test(char)) || UNSEEN.test(char)) continue;
      if (BETWEEN.test(char)) found += " ";
      else {
        const plain = keepAccents ? char : PLAIN.get(char) ?? char;
        found += characters.get(plain) ?? plain;
      }
    }
    return found.normalize("NFC").replace(/(?<=[0-9]) +(?=[0-9])/g, ".");
  }

  const NONE = new Map();
  const squeezed = (text) => text.replaceAll(" ", "");
  const written = (text) => squeezed(folded(text, NONE, false));
  const accented = (text, characters) => squeezed(folded(text, characters, true));

  /** Make what was loaded ready to be searched: every name with its key and words. */
  function prepared(names) {
    const [from, to] = names.characters.map((text) => Array.from(text));
    const characters = new Map(from.map((char, place) => [char, to[place]]));
    const entries = [];
    names.things.forEach((thing, number) => {
      for (const packed of thing.slice(6)) {
        const [text, role, initials, ...spoken] = typeof packed === "string" ? [packed, 0, ""] : packed;
        const spaced = folded(text, characters, false);
        const words = role === 2 ? [] : spaced.match(WORDS) ?? [];
        const key = squeezed(spaced) || text.trim().toLowerCase();
        entries.push({ number, text, role, initials, spoken, words, key });
      }
    });
    return { characters, entries, names };
  }

  /** Say how a name with the key of the text differs from it. */
  function judged(text, entry, characters) {
    if (entry.role === 2) return [95, "identifier"];
    if (written(text) !== written(entry.text)) return [90, "other script"];
    if (accented(text, characters) !== accented(entry.text, characters)) return [90, "without accents"];
    return entry.role === 1 ? [95, "alias"] : [100, "name"];
  }

  /** Return how well a name fits and why, null where it does not. */
  function fits(asked, entry, characters) {
    const { text, key, spoken, words } = asked;
    if (entry.key === key) return judged(text, entry, characters);
    if (entry.spoken.includes(key) || entry.spoken.includes(spoken)) return [85, "pinyin"];
    if (entry.key.startsWith(key)) return [80, "beginning of a name"];
    if (words.length && entry.words.length > 1 && words.every((word) => entry.words.includes(word))) {
      return [70, "word of a name"];
    }
    if (entry.key.includes(key)) return [60, "part of a name"];
    if (entry.initials && entry.initials === key) return [55, "initials"];
    const [read = ""] = entry.spoken;
    if (read.startsWith(key)) return [50, "pinyin"];
    if (read.includes(key)) return [45, "pinyin"];
    if (entry.initials.startsWith(key)) return [40, "initials"];
    return null;
  }

  /** Return how many typos a name with this key is allowed. */
  function tolerance(key) {
    if (IS_DENSE.test(key)) return key.length >= 3 ? 1 : 0;
    return key.length < 4 ? 0 : key.length < 8 ? 1 : 2;
  }

  /** Return how many letters are wrong, missing, superfluous or exchanged; past `most` any number. */
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let [two, one] = [[], Array.from({ length: b.length + 1 }, (_, place) => place)];
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= b.length; j += 1) {
        const same = a[i - 1] === b[j - 1] ? 0 : 1;
        row[j] = Math.min(row[j - 1] + 1, one[j] + 1, one[j - 1] + same);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          row[j] = Math.min(row[j], two[j - 2] + 1);
        }
      }
      if (Math.min(...row) > most) return most + 1;
      [two, one] = [one, row];
    }
    return one[b.length];
  }

  function mistyped(key, entry) {
    const whole = [entry.key, entry.spoken[0] ?? ""].map((text) => [text, 0]);
    const parts = entry.words.length > 1 ? entry.words.map((text) => [text, 1]) : [];
    let best = null;
    for (const [text, word] of [...whole, ...parts]) {
      const most = tolerance(text.length > key.length ? text : key);
      const far = most ? distance(key, text, most) : 1;
      if (far > 0 && far <= most && (best === null || 2 * far + word < best)) best = 2 * far + word;
    }
    return best === null ? null : [40 - 5 * best, "typo"];
  }

  function keep(found, entry, match) {
    const [score, reason] = match;
    const known = found.get(entry.number);
    if (!known || score > known.score) found.set(entry.number, { score, reason, name: entry.text });
  }

  const KINDS = new Set(["id", "metric", "unit", "period", "source", "claim", "ontology"]);
  const CAPITALS = new Set(["unit", "period", "claim"]);
  const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

  /** Say whether a part of an IRI is a file's name as it is (`naming.py` says why not). */
  function isPlain(part) {
    const plain = /^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/.test(part);
    return plain && !/(?:\.html|\.json|\.ttl|\.)$/i.test(part) && !DEVICES.test(part);
  }

  function pageAt(stem) {
    const lang = document.documentElement.lang === "zh" ? "zh/" : "";
    return new URL(`${lang}${stem}.html`, new URL("..", here)).href;
  }

  /** Find what a text may mean; with `typos` also what it is but for a few letters. */
  function search(text, { characters, entries, names }, typos = true) {
    const spaced = folded(text, characters, false);
    const key = squeezed(spaced) || text.trim().toLowerCase();
    const spoken = /^(?:[a-z]+[1-5])+$/.test(key) ? key.replace(/[1-5]/g, "") : key;
    const asked = { text, key, spoken, words: spaced.match(WORDS) ?? [] };
    const found = new Map();
    // The text may be an IRI, or a prefixed name.
    const iris = [text.replace(/^<|>$/g, "")];
    for (const [prefix, base] of names.prefixes) if (text.startsWith(`${prefix}:`)) iris.push(base + text.slice(prefix.length + 1));
    names.things.forEach(([page, iri], number) => {
      if (iris.includes(iri || BASE + page)) found.set(number, { score: 100, reason: "identifier", name: text });
    });
    for (const entry of entries) {
      const match = fits(asked, entry, characters);
      if (match) keep(found, entry, match);
    }
    const whole = [...found.values()].some((match) => match.score > 80);
    if (typos && !whole && found.size < MOST && key.length <= 40) {
      for (const entry of entries) {
        const match = found.has(entry.number) ? null : mistyped(key, entry);
        if (match) keep(found, entry, match);
      }
    }
    // Things come in the order of their rank, and sorting keeps it among equals.
    return [...found].map(([number, match]) => {
      const [page, iri, en, zh, kind, background] = names.things[number];
      const [kindEn, kindZh] = names.kinds[kind] ?? [];
      return {
        number, page, whole: match.score, iri: iri || BASE + page, en, zh: zh || en, name: match.name, reason: match.reason,
        score: match.score - BEHIND * background,
        kind: kind < 0 ? null : { en: kindEn, zh: kindZh },
        address: pageAt(page),
      };
    }).sort((a, b) => b.score - a.score || a.number - b.number).slice(0, MOST);
  }

  // Where no name begins like that it may name a thing and a metric, in either order, with a year: by
  // the rules of factscape/web/looking/figures.py.
  const METRICS = 6;
  const SHOWN = 12;
  const PARTS = { words: 10, characters: 24 };

  /** Yield the ways to part a text in two: between words, or where there is none anywhere. */
  function* halves(text) {
    let [parts, gap, most] = [text.split(/\s+/u).filter(Boolean), " ", PARTS.words];
    if (parts.length === 1 && /[^\x00-\x7f]/.test(text)) {
      [parts, gap, most] = [Array.from(parts[0]).slice(0, PARTS.characters), "", PARTS.characters];
    }
    for (let place = 1; place < Math.min(parts.length, most); place += 1) {
      yield [parts.slice(0, place).join(gap), parts.slice(place).join(gap)];
    }
  }

  /** Return what has exactly this name; only where nothing has it, what is read so, or has these initials. */
  function resolved(text, index) {
    const hits = search(text, index, false);
    const stages = [(hit) => hit.whole >= 90, (hit) => hit.whole === 85, (hit) => hit.reason === "initials"];
    for (const stage of stages) {
      const found = hits.filter(stage);
      if (found.length) return found;
    }
    return [];
  }

  function figuresMeant(text, index, { figures, pages, patterns }) {
    const [YEAR, MARKS, SMALL] = ["year", "marks", "small"].map((name) => new RegExp(patterns[name], "giu"));
    const year = (text.match(YEAR) ?? [""])[0].slice(0, 4);
    const rest = text.replace(YEAR, " ").replace(MARKS, " ");
    const parted = [...new Set([rest, rest.replace(SMALL, " ")])].flatMap((one) => [...halves(one.trim())]);
    const measured = new Set(figures.map(([, , , metric]) => pages[metric]));
    const isMetric = (hit) => measured.has(hit.page);
    const known = new Map();
    const exact = (name) => {
      if (!known.has(name)) known.set(name, resolved(name, index));
      return known.get(name);
    };
    const near = (name) => search(name, index);
    for (const metricsOf of [exact, near]) {
      for (const [one, other] of parted) {
        for (const [name, metric] of [[one, other], [other, one]]) {
          for (const thing of exact(name).slice(0, 2)) {
            const metrics = metricsOf(metric).filter(isMetric).slice(0, METRICS);
            const found = figuresOf(thing.page, metrics.map((hit) => hit.page), year, figures, pages);
            if (found.length) return [...found, thing, ...metrics];
          }
        }
      }
    }
    return [];
  }

  /** Return the figures of a thing by its page: of the whole of it and of that very year first. */
  function figuresOf(thing, metrics, year, figures, pages) {
    const found = figures.filter(([, , of, metric, begins, ends]) => pages[of] === thing && metrics.includes(pages[metric])
      && (!year || (begins && begins.slice(0, 4) <= year && ends > `${year}-01-01`)));
    const rank = ([, , , metric, , , period, part]) => [part, Number(!year || period !== year), metrics.indexOf(pages[metric])];
    const sorted = found.map((figure) => [rank(figure), figure]).sort(
      ([a], [b]) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2],
    );
    return sorted.slice(0, SHOWN).map(([, [page, iri, , , , , , , kind, en, zh]]) => ({
      iri: iri || BASE + page, en: en[0], zh: zh[0], name: (document.documentElement.lang === "zh" ? zh : en)[1],
      reason: "figure", score: 100, kind: kind || null, address: pageAt(page),
    }));
  }

  // What may be loaded beside this script; a policy lets nothing else become one.
  const SCRIPTS = new Map(["names.js", "figures.js", "library.js", "facts.js", "oxigraph.js"].map(
    (name) => [name, new URL(name, here).href],
  ));
  const addressOf = (name) => {
    if (!SCRIPTS.has(name)) throw new TypeError(`${name} is no script of this site`);
    return SCRIPTS.get(name);
  };
  const policy = globalThis.trustedTypes?.createPolicy("factscape-files", { createScriptURL: addressOf })
    ?? { createScriptURL: addressOf };
  const loading = new Map();

  /** Load a script once; files cannot be fetched from a disk, but scripts can. */
  factscape.load = (name) => {
    if (!loading.has(name)) {
      loading.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = policy.createScriptURL(name);
        script.addEventListener("load", () => resolve());
        script.addEventListener("error", () => reject(new Error(`${name} cannot be read`)));
        document.head.append(script);
      }));
    }
    return loading.get(name);
  };

  /** The names, ready to be searched. */
  let ready = null;
  const known = () => (ready ??= factscape.load("names.js").then(() => prepared(factscape.names)));

  factscape.find = async (text) => {
    const asked = text.trim().slice(0, 300);
    if (!asked) return [];
    const index = await known();
    const hits = search(asked, index);
    if (hits[0]?.score >= BEGINS) return hits;
    await factscape.load("figures.js");
    const meant = figuresMeant(asked, index, factscape.figures);
    const named = new Set(meant.map((hit) => hit.iri));
    return [...meant, ...hits.filter((hit) => !named.has(hit.iri))];
  };
  globalThis.factscapeSearch = factscape.find; // what search.js asks where it is there

  let pages = null;

  /** Return where the page of this site about a thing is, null where its name does not say it. */
  factscape.pageOf = (iri) => {
    const rest = iri.startsWith(BASE) ? iri.slice(BASE.length) : "";
    const [path, fragment, ...more] = rest.split("#");
    const [kind, ...slugs] = path.split("/");
    const parts = fragment === undefined ? slugs : [...slugs, fragment];
    const terms = kind === "ontology";
    const ours = KINDS.has(kind) && !more.length && rest.length <= 200 && (terms ? !slugs.length : slugs.length);
    const capitals = terms || CAPITALS.has(kind) || rest === rest.toLowerCase();
    if (!ours || !capitals || !parts.length || !parts.every(isPlain)) return null;
    const behind = fragment === undefined ? [] : terms ? [fragment] : ["-", fragment];
    const stem = [kind, ...slugs, ...behind].join("/");
    // Statements and passages have no names; of all else what has a page is known.
    pages ??= factscape.names && new Set(factscape.names.things.map(([page]) => page));
    const there = kind === "claim" || behind[0] === "-" || !pages || pages.has(stem);
    return there ? pageAt(stem) : null;
  };
})();
