// The data of the search, and which words find what. Data come in parts, each a script, named by a head; what is
// asked for and not there yet is noted, loaded, and asked for again. Texts come folded by
// timeline_gen/text/search_words.py; what is typed is folded here in the same way, by tables in the head.
(function () {
  "use strict";

  var EVENTS = 0, NAMES = 1, ARTICLES = 2;
  var WORD = /[\p{L}\p{N}_]+/gu;
  var TOKEN = /[\p{L}\p{N}\p{M}_\u0640]+/gu;
  var DATE = /(^|[^\p{L}\p{N}])(?:(\d{3,4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?|(\d{1,2})[/.](\d{1,2})[/.](\d{3,4}))(?![\p{L}\p{N}])/gu;
  var ARABIC = /^[\u0620-\u064a]/;
  var ARTICLE = /^[وف]?(?:[بك]?ال|لل)(?=[\p{L}\p{N}_]{2})/u;
  var LONG = /^(?:[وف][بكل](?=[\p{L}\p{N}_]{4})|[وفبكل](?=[\p{L}\p{N}_]{5}))/u;
  var JOINED = "وفبكلس";
  var HIJRI = /^(?:ه|هجري|هجريه|ah|h)$/;
  var GREGORIAN = /^(?:م|ميلادي|ميلاديه|ad|ce)$/;
  var BEFORE = ["bce", "bc", "ق م", "قبل الميلاد", "av j c", "av jc", "v chr"];
  // Parts that are read for a word; where its letters are in more, a list of all that begin so is read instead.
  // For stems, and for the nearest word, a few more are read.
  var FEW = 2, SOME = 4;
  // Letters of what has such a list, at most.
  var LETTERS = 4;
  var KEPT = 16;

  // Endings that come off, in steps: of each step the first that fits. "ies:y:2" makes "countries" "country",
  // since two letters and more remain. An ending that stays ("ss:ss:1") keeps later ones of its step away.
  var STEMS = {
    en: [
      "isations:ise:3 isation:ise:3 izations:ise:3 ization:ise:3 izing:ise:3 ising:ise:3 ized:ise:3 izes:ise:3 ize:ise:3",
      "ies:y:2 sses:ss:1 ches:ch:1 shes:sh:1 xes:x:2 ss:ss:1 us:us:1 is:is:1 s::3",
      "eed:ee:1 ied:y:2 ing::4 ed::3",
      "bb:b:2 dd:d:2 gg:g:2 ll:l:2 mm:m:2 nn:n:2 pp:p:2 rr:r:2 tt:t:2",
      "e::2 y:i:2",
    ],
    fr: ["eaux:eau:1 aux:al:2 ss:ss:1 us:us:1 s::3 x::3", "ements::4 ement::4 ee:e:3 er:e:3 ant::4", "e::3"],
    de: ["innen::4 in::5", "ern::3 em::3 er::3 en::3 es::3 e::3 n::4 ss:ss:1 s::3"],
  };

  function rulesOf(steps) {
    return steps.map(function (step) {
      return step.split(" ").map(function (rule) {
        var parts = rule.split(":");
        return { ending: parts[0], instead: parts[1], least: +parts[2] };
      });
    });
  }

  function stem(word, steps) {
    steps.forEach(function (rules) {
      for (var i = 0; i < rules.length; i++) {
        var rule = rules[i];
        if (!word.endsWith(rule.ending) || word.length - rule.ending.length < rule.least) continue;
        word = word.slice(0, word.length - rule.ending.length) + rule.instead;
        return;
      }
    });
    return word;
  }

  // ------------------------------------------------------------ numbers as texts

  var VALUES = new Uint8Array(128);
  Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_").forEach(function (sign, value) {
    VALUES[sign.charCodeAt(0)] = value;
  });

  // Calls *each* with the numbers in *text*.
  function numbers(text, each) {
    for (var i = 0, number = 0, unit = 1; i < text.length; i++) {
      var digit = VALUES[text.charCodeAt(i)];
      number += (digit & 31) * unit;
      unit *= 32;
      if (digit > 31) continue;
      each(number);
      number = 0;
      unit = 1;
    }
  }

  // Marks the numbers of the set *text* in *found*.
  function mark(text, found) {
    if (text[0] !== "!") {
      var last = -1;
      return numbers(text, function (gap) {
        last += gap + 1;
        found[last] = 1;
      });
    }
    for (var i = 1, held = 0, bits = 0, at = 0; i < text.length; i++) {
      held = (held << 6) | VALUES[text.charCodeAt(i)];
      bits += 6;
      if (bits < 8) continue;
      bits -= 8;
      var byte = (held >> bits) & 255;
      for (var bit = 0; bit < 8; bit++) if (byte & (1 << bit)) found[at + bit] = 1;
      at += 8;
    }
  }

  // ------------------------------------------------------------ parts

  // The data that *head* lists; *fetch* loads the script at an address and calls what follows, or what fails.
  function Store(head, folder, fetch) {
    var missing = {}, loading = {}, lists = {}, tables = {}, quiet = false, columns = null;

    function part(name) {
      var held = window.timelineParts[name];
      if (held === undefined && !quiet) missing[name] = true;
      return held;
    }

    // Calls *then* with what *make* makes, once all parts that this takes are there.
    function whole(make, then, failed) {
      missing = {};
      var made = make(), names = Object.keys(missing);
      if (!names.length) return then(made);
      var left = names.length, broken = false;
      names.forEach(function (name) {
        load(name, function (came) {
          broken = broken || !came || window.timelineParts[name] === undefined;
          if (--left) return;
          if (broken) failed();
          else whole(make, then, failed);
        });
      });
    }

    function load(name, then) {
      var file = head.file || name;
      if (loading[file]) return loading[file].push(then);
      loading[file] = [then];
      fetch(folder + file + ".js", function (came) {
        var waiting = loading[file];
        delete loading[file];
        waiting.forEach(function (one) {
          one(came);
        });
      });
    }

    // The parts of a kind: each with what the list says of it, and its name.
    function list(kind) {
      var text = head[kind];
      if (lists[kind]) return lists[kind];
      if (typeof text === "object") text = text.blocks || part(text.at);
      if (text === undefined) return [];
      return (lists[kind] = lines(text));
    }

    function lines(text) {
      return (text ? text.split("\n") : []).map(function (line) {
        var at = line.lastIndexOf(" ");
        return { first: line.slice(0, at), name: line.slice(at + 1) };
      });
    }

    // The part that has the row of a number among those of a kind, and which row of it that is.
    function partOf(kind, number) {
      var found = counted(list(kind), number);
      if (!found || !head[kind].blocks) return found;
      var block = found.one, text = block.lines ? "" : part(block.name);
      if (text === undefined) return undefined;
      block.lines = block.lines || lines(text);
      return counted(block.lines, found.at);
    }

    function counted(some, number) {
      if (!some.length) return undefined;
      if (!some.starts) {
        var sum = 0;
        some.starts = some.map(function (one) {
          var start = sum;
          sum += parseInt(one.first, 10);
          return start;
        });
      }
      var place = last(some.starts, number);
      return { one: some[place], name: some[place].name, at: number - some.starts[place] };
    }

    // The row of a number among those of a kind.
    function row(kind, number) {
      var place = partOf(kind, number), rows = place && part(place.name);
      return rows && rows[place.at];
    }

    // Which of the *starts*, which rise, is the last that is no more than *value*.
    function last(starts, value) {
      var low = 0, high = starts.length - 1;
      while (low < high) {
        var middle = (low + high + 1) >> 1;
        if (starts[middle] <= value) low = middle;
        else high = middle - 1;
      }
      return low;
    }

    // The entries of a part, by their keys in order.
    function table(name) {
      if (tables[name]) return tables[name];
      var text = part(name);
      if (text === undefined) return null;
      var found = { keys: [], flags: [], texts: [] };
      text.split("\n").forEach(function (line) {
        var at = line.lastIndexOf(":"), key = line.slice(0, at), flag = key[0] === "=" ? "" : key[at - 1];
        if (at < 1) return;
        if (flag !== "+" && flag !== "-") flag = "";
        found.keys.push(flag ? key.slice(0, -1) : key);
        found.flags.push(flag);
        found.texts.push(line.slice(at + 1));
      });
      return (tables[name] = found);
    }

    // The parts of a kind that entries which begin with *start* may be in.
    function around(kind, start) {
      var some = list(kind);
      if (!some.length) return [];
      if (!some.firsts)
        some.firsts = some.map(function (one) {
          return one.first;
        });
      return some.slice(last(some.firsts, start), last(some.firsts, start + "\uffff") + 1);
    }

    // Calls *each* with the key, flag and text of the entries in *parts* whose keys begin with *start*.
    function entries(parts, start, each) {
      parts.forEach(function (one) {
        var held = table(one.name);
        if (!held) return;
        var i = last(held.keys, start);
        if (held.keys[i] < start) i++;
        for (; i < held.keys.length && held.keys[i].startsWith(start); i++) each(held.keys[i], held.flags[i], held.texts[i]);
      });
    }

    // The entry of exactly that key; null where there is none, undefined where that is not known yet.
    function exact(kind, key) {
      var one = around(kind, key)[0], held = one && table(one.name);
      if (!one) return lists[kind] ? null : undefined;
      if (!held) return undefined;
      var i = last(held.keys, key);
      return held.keys[i] === key ? { flag: held.flags[i], text: held.texts[i] } : null;
    }

    // ---------------------------------------------------------- columns

    // Days, weight, status and names of all events.
    function allColumns() {
      if (columns) return columns;
      var some = list("columns"), held = some.map(function (one) { return part(one.name); });
      if (!some.length || held.indexOf(undefined) >= 0) return head.totals[EVENTS] ? null : (columns = empty(0));
      columns = empty(head.totals[EVENTS]);
      var at = 0;
      held.forEach(function (one) {
        at = filled(one, at, columns);
      });
      columns.starts[at] = columns.named.length;
      return columns;
    }

    function empty(count) {
      return {
        lo: new Float64Array(count), hi: new Float64Array(count), marks: new Uint8Array(count), weight: new Uint8Array(count),
        status: new Uint8Array(count), starts: new Uint32Array(count + 1), named: [], numbers: new Map(), groups: [], ids: [],
      };
    }

    function filled(one, from, all) {
      var at = from, keys = one.names.map(function (key) {
        if (!all.numbers.has(key)) {
          var at = key.indexOf("/");
          all.numbers.set(key, all.groups.push(key.slice(0, at)) - 1);
          all.ids.push(key.slice(at + 1));
        }
        return all.numbers.get(key);
      });
      days(one.days, function (lo, hi) {
        all.lo[at] = lo;
        all.hi[at++] = hi;
      });
      var i = 2 * from;
      numbers(one.marks, function (value) {
        if (i % 2 === 0) all.marks[i >> 1] = value;
        else {
          all.weight[i >> 1] = value % 6;
          all.status[i >> 1] = Math.floor(value / 6);
        }
        i++;
      });
      one.named.split(".").slice(0, -1).forEach(function (text, number) {
        all.starts[from + number] = all.named.length;
        numbers(text, function (value) {
          all.named.push(keys[value]);
        });
      });
      return at;
    }

    // Calls *each* with first and last day of each event; NaN is one that is not known.
    function days(text, each) {
      var before = 0, first = null, at = 0;
      (text.match(/~|[g-z0-9_-]*[A-Za-f]/g) || []).forEach(function (one) {
        var value = NaN;
        if (one !== "~") numbers(one, function (number) {
          value = before + (number % 2 ? -(number + 1) / 2 : number / 2);
        });
        if (at++ % 2 === 0) {
          first = value;
          if (value === value) before = value;
        } else {
          if (first !== first && value === value) before = value;
          each(first, value);
        }
      });
    }

    // The events that may have happened from day *lo* to day *hi*; parts of other times are not read.
    function within(lo, hi) {
      var found = new Uint8Array(head.totals[EVENTS]), at = 0;
      list("columns").forEach(function (one) {
        var said = one.first.split(" "), ends = said[1].split(","), from = at;
        at += +said[0];
        if (one.first.endsWith(" ,") || ends[0] === "" || +ends[0] > hi || (ends[1] !== "" && +ends[1] < lo)) return;
        var held = columns ? true : part(one.name);
        if (!held) return;
        var i = from;
        if (!columns && !one.columns) filled(held, 0, (one.columns = empty(+said[0])));
        var own = columns || one.columns, shift = columns ? 0 : from;
        for (; i < at; i++) if (overlaps(own, i - shift, lo, hi)) found[i] = 1;
      });
      return found;
    }

    function overlaps(all, i, lo, hi) {
      var first = all.lo[i], end = all.hi[i];
      if (first !== first && end !== end) return false;
      if (first !== first) first = end;
      if (end !== end) end = all.marks[i] & 4 ? Infinity : first;
      return first <= hi && end >= lo;
    }

    return {
      head: head,
      whole: whole,
      row: row,
      partOf: function (kind, number) { return (partOf(kind, number) || {}).name; },
      around: around,
      entries: entries,
      exact: exact,
      columns: allColumns,
      within: within,
      overlaps: overlaps,
      // What *make* makes of what is there, without asking for more.
      there: function (make) {
        var before = quiet;
        quiet = true;
        try {
          return make();
        } finally {
          quiet = before;
        }
      },
    };
  }

  // ------------------------------------------------------------ words

  window.timelineSearch = function (data, folder, fetch) {
    var store = Store(data, folder, fetch);
    var letters = {}, joining = {}, elided = null, kept = new Map();
    var signs = new RegExp("[" + data.signs + "]+", "gu");
    var languages = Object.keys(STEMS).filter(function (code) {
      return data.languages.some(function (one) {
        return one.split("-")[0] === code;
      });
    });
    var steps = languages.map(function (code) {
      return rulesOf(STEMS[code]);
    });
    data.letters.split("\n").forEach(function (pair) {
      var letter = Array.from(pair)[0];
      if (letter) letters[letter] = pair.slice(letter.length);
    });
    data.joining.split(" ").forEach(function (word) {
      joining[word] = true;
    });
    elided = new RegExp(
      "(?:^|[^\\p{L}\\p{N}_])((?:\\p{L}{1,2}|" + data.elided.split(" ").join("|") + ")['’ʼ]([\\p{L}\\p{N}_][\\p{L}\\p{N}\\p{M}_]+))",
      "giu"
    );

    function plain(text) {
      var out = "";
      for (var letter of text) out += letters[letter] === undefined ? letter : letters[letter];
      return out;
    }

    function fold(text) {
      var lower = text.normalize("NFKC").toLowerCase().replace(/ß/g, "ss").replace(/ς/g, "σ");
      return plain(plain(lower).normalize("NFD")).replace(signs, "").normalize("NFC");
    }

    // Whether the site knows *rest* as a word, or from what is joined to it.
    function isKnown(rest) {
      var entry = rest.length > 1 && store.exact("words", rest);
      return Boolean(entry) && entry.flag !== "-";
    }

    // What is left of an Arabic word without what is joined to it: the article wherever two letters remain,
    // single letters where the rest is known.
    function bare(word) {
      if (!ARABIC.test(word)) return [];
      var found = [], match = ARTICLE.exec(word);
      if (match) {
        var rest = word.slice(match[0].length);
        if (/لل$/.test(match[0])) found.push("ل" + rest);
        else if (match[0].length > 2) found.push("ال" + rest);
        found.push(rest);
        return found;
      }
      if (JOINED.indexOf(word[0]) >= 0 && isKnown(word.slice(1))) found.push(word.slice(1));
      if (/^[وف][بكلس]/.test(word) && isKnown(word.slice(2))) found.push(word.slice(2));
      if ((match = LONG.exec(word)) && found.indexOf(word.slice(match[0].length)) < 0) found.push(word.slice(match[0].length));
      return found;
    }

    function stemsOf(word) {
      if (word.length < 3 || !/^[a-z]/.test(word)) return [];
      return steps.map(function (one) {
        return stem(word, one);
      });
    }

    // ---------------------------------------------------------- what is typed

    function Term(word, at) {
      this.word = word;
      this.at = at;
      this.number = /^\p{Nd}+$/u.test(word);
      this.forms = this.number ? [word] : [word].concat(bare(word));
      this.stems = this.number ? [] : stemsOf(word);
      // Keys of dates that it may mean.
      this.dates = [];
    }

    // Whether the folded *word* of a text is what is meant.
    Term.prototype.fits = function (word) {
      if (this.number) return word === this.word;
      var forms = this.forms;
      function begins(other) {
        return forms.some(function (form) {
          return other.startsWith(form);
        });
      }
      if (begins(word)) return true;
      if (ARABIC.test(word)) return store.there(function () { return bare(word); }).some(begins);
      return this.hasStem(word);
    };

    Term.prototype.hasStem = function (word) {
      if (!this.stems.length) return false;
      var stems = stemsOf(word), own = this.stems;
      return stems.some(function (one, i) {
        return one.length > 2 && one === own[i];
      });
    };

    // A number as a year: of which calendar, the word behind it may say.
    function yearKeys(number, behind) {
      if (BEFORE.some(function (words) { return behind.startsWith(words + " "); })) return ["=b" + number];
      var word = behind.split(" ")[0];
      if (HIJRI.test(word)) return ["=h" + number];
      if (GREGORIAN.test(word) || number > 1600) return ["=y" + number];
      return ["=y" + number, (number < 1000 ? "=b" : "=h") + number];
    }

    function isOfYear(behind) {
      var word = behind.split(" ")[0], before = BEFORE.filter(function (words) { return behind.startsWith(words + " "); })[0];
      return HIJRI.test(word) || GREGORIAN.test(word) ? 1 : before ? before.split(" ").length : 0;
    }

    // "1950s", "1950er", "١٩٥٦م": a number that letters are written to.
    function suffixed(term) {
      var decade = /^(\d{2,3})0(?:s|er|ern|ies)$/.exec(term.word), year = /^(\d{3,4})(?:م|ه)$/.exec(term.word);
      if (decade) term.dates.push("=c" + decade[1]);
      if (year) term.dates = term.dates.concat(yearKeys(+year[1], term.word.slice(-1) + " "));
    }

    function wanted(text) {
      var folded = fold(text), words = Array.from(folded.matchAll(WORD)), terms = [], rests = {}, numeric = numericDates(folded);
      for (var match of text.matchAll(elided)) rests[fold(match[1])] = fold(match[2]);
      for (var i = 0; i < words.length; i++) {
        var term = new Term(words[i][0], i);
        var behind = words.slice(i + 1, i + 4).map(function (one) { return one[0]; }).join(" ") + " ";
        if (term.number && term.word.length < 5) term.dates = yearKeys(+term.word, behind);
        else if (!term.number) suffixed(term);
        if (numeric[words[i].index]) term.dates.push(numeric[words[i].index]);
        if (rests[term.word]) term.forms.push(rests[term.word]);
        terms.push(term);
        if (term.number) i += isOfYear(behind);
      }
      named(terms);
      return terms;
    }

    // Months and days of dates in figures, by their places in *text*: 1956-07-26, 26/7/1956.
    function numericDates(text) {
      var found = {};
      for (var match of text.matchAll(DATE)) {
        var start = match.index + match[1].length, month = match[2] ? match[3] : match[6], day = match[2] ? match[4] : match[5];
        var at = start + (match[2] || match[5]).length + 1;
        found[at] = "=m" + +month;
        if (day) found[match[2] ? at + month.length + 1 : start] = "=t" + +day;
      }
      return found;
    }

    function dateKey(meaning) {
      var number = +meaning.slice(1), kinds = { m: "=m", h: "=n", d: "=d" };
      return kinds[meaning[0]] + (meaning[0] === "d" && !number ? "00" : number);
    }

    // Names of months and decades, of one word to three, days next to them, and words that many write as one.
    function named(terms) {
      terms.forEach(function (term, number) {
        term.forms.forEach(function (form) {
          if (data.dates[form]) give([term], number, data.dates[form], terms);
        });
        for (var count = 2; count < 4; count++) {
          var some = terms.slice(number, number + count), name = some.map(function (one) { return one.word; }).join(" ");
          if (some.length === count && data.dates[name]) give(some, number, data.dates[name], terms);
        }
        var next = terms[number + 1];
        if (next && joining[term.word])
          [term, next].forEach(function (one) {
            one.forms.push(term.word + next.word);
          });
      });
    }

    function give(some, number, meaning, terms) {
      some.forEach(function (term) {
        term.dates.push(dateKey(meaning));
      });
      if (meaning[0] !== "m") return;
      [terms[number - 1], terms[number + some.length]].forEach(function (term) {
        var day = term && /^(\d{1,2})(?:st|nd|rd|th|er)?$/.exec(term.word);
        if (day) term.dates.push("=t" + +day[1]);
      });
    }

    // ---------------------------------------------------------- what is found

    function nothing() {
      var found = data.totals.map(function (total) {
        return new Uint8Array(total);
      });
      found.known = false;
      return found;
    }

    function add(found, text) {
      found.known = true;
      text.split(";").forEach(function (some, kind) {
        if (some) mark(some, found[kind]);
      });
    }

    function addAll(found, start) {
      // Of very many words the list of parts is long itself, and not needed for a first letter.
      var many = typeof data.words === "object" && start.length <= LETTERS, parts = many ? null : store.around("words", start);
      var list = many || parts.length > FEW ? store.exact("beginnings", start) : null;
      if (list) return add(found, list.text);
      if (list === undefined) return;
      store.entries(parts || store.around("words", start), start, function (key, flag, text) {
        add(found, text);
      });
    }

    function addExact(found, key) {
      var entry = store.exact("words", key);
      if (entry) add(found, entry.text);
    }

    function addStems(found, term) {
      var starts = new Set(term.stems.filter(function (one) { return one.length > 2; }).map(function (one) { return one.slice(0, -1); }));
      starts.forEach(function (start) {
        var parts = store.around("words", start);
        if (parts.length > SOME) return;
        store.entries(parts, start, function (key, flag, text) {
          if (term.hasStem(key)) add(found, text);
        });
      });
    }

    // What holds a word: events, names and articles.
    function holders(term) {
      var name = [term.forms, term.dates].join("|"), found = kept.get(name);
      if (found) return found;
      found = nothing();
      if (term.number) addExact(found, term.word);
      else {
        term.forms.forEach(function (form) {
          addAll(found, form);
        });
        addStems(found, term);
      }
      term.dates.forEach(function (key) {
        addExact(found, key);
      });
      return found;
    }

    function keep(terms, all) {
      terms.forEach(function (term, number) {
        kept.set([term.forms, term.dates].join("|"), all[number]);
      });
      while (kept.size > KEPT) kept.delete(kept.keys().next().value);
    }

    // Which events, names and articles hold all that is typed.
    function search(text) {
      var terms = wanted(text), found = { terms: terms, events: null, names: null, articles: null, unknown: [] };
      var all = terms.map(holders);
      found.keep = function () {
        keep(terms, all);
      };
      all.forEach(function (own, number) {
        if (!own.known) found.unknown.push(terms[number]);
        ["events", "names", "articles"].forEach(function (kind, place) {
          if (!number) found[kind] = own[place].slice();
          else for (var i = 0, into = found[kind]; i < into.length; i++) into[i] &= own[place][i];
        });
      });
      return found;
    }

    // The events of the entry *key*.
    function having(key) {
      var found = nothing();
      addExact(found, key);
      return found[EVENTS];
    }

    // The number of a name, given as taxonomy and id; -1 where there is none.
    function numberOf(key) {
      var found = nothing();
      addExact(found, "=" + key);
      return found[NAMES].indexOf(1);
    }

    // The place of an event in the list; -1 where there is none.
    function placeOf(id) {
      var entry = store.exact("ids", "=" + id), place = -1;
      if (entry) numbers(entry.text, function (number) {
        place = number;
      });
      return place;
    }

    // The words of *text* that are meant, as pairs of where they begin and end.
    function marks(text, terms) {
      var found = [];
      for (var match of text.matchAll(TOKEN)) {
        var word = fold(match[0]);
        if (terms.some(function (term) { return term.fits(word); }))
          found.push([match.index, match.index + match[0].length]);
      }
      return found;
    }

    // Steps from one word to another: a letter more, fewer, another, or two in turn. More than *most* is *most* + 1.
    function distance(one, other, most) {
      if (Math.abs(one.length - other.length) > most) return most + 1;
      var before = null, above = [], row = [], i, j;
      for (j = 0; j <= other.length; j++) above[j] = j;
      for (i = 1; i <= one.length; i++) {
        row = [i];
        for (j = 1; j <= other.length; j++) {
          row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
          if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
        }
        before = above;
        above = row;
      }
      return row[other.length];
    }

    // The known word nearest to an unknown one, as it is written in a title or a name; empty where none is near.
    function nearest(term) {
      var best = "", held = "", least = term.word.length > 5 ? 3 : 2, most = 0;
      if (term.word.length < 3 || term.number) return "";
      function look(word, flag, text) {
        if (flag || word[0] === "=") return;
        var away = distance(term.word, word, least);
        if (away < least || (best && away === least && text.length > most)) {
          best = word;
          held = text;
          least = away;
          most = text.length;
        }
      }
      // Where all is in one file or two, the first letters may be wrong, too.
      [term.word.slice(0, 2), term.word[1] + term.word[0], term.word[0], ""].some(function (start) {
        var parts = store.around("words", start);
        if (parts.length <= SOME) store.entries(parts, start, look);
        return best;
      });
      return best && written(best, held);
    }

    function written(word, text) {
      var found = nothing();
      add(found, text);
      var kinds = [["names", NAMES, 2], ["rows", EVENTS, 1], ["articles", ARTICLES, 1]];
      for (var i = 0; i < kinds.length; i++) {
        var number = found[kinds[i][1]].indexOf(1), row = number < 0 ? null : store.row(kinds[i][0], number);
        for (var match of ((row && row[kinds[i][2]]) || "").matchAll(TOKEN)) if (fold(match[0]) === word) return match[0];
      }
      return word;
    }

    return {
      store: store, fold: fold, wanted: wanted, search: search, marks: marks, nearest: nearest, having: having,
      numberOf: numberOf, placeOf: placeOf,
    };
  };
})();
