// The words of a search. Texts come folded by timeline_gen/text/search_words.py; what is typed is folded here
// in the same way, by tables that come with the data. Then both lose what a language joins to its words and
// puts at their ends: here, where all words of the site are known.
(function () {
  "use strict";

  // The columns of an event, of an article and of a name in the data.
  var TITLE = 1, LO = 4, HI = 5, MARKS = 6, NAMES = 9, KEYS = 11, ARTICLE_KEYS = 4, NAME_KEYS = 4;
  var SPAN = 1;
  var WORD = /[\p{L}\p{N}_]+/gu;
  var TOKEN = /[\p{L}\p{N}\p{M}_\u0640]+/gu;
  var ARABIC = /^[\u0620-\u064a]/;
  var ARTICLE = /^[وف]?(?:[بك]?ال|لل)(?=[\p{L}\p{N}_]{2})/u;
  var LONG = /^(?:[وف][بكل](?=[\p{L}\p{N}_]{4})|[وفبكل](?=[\p{L}\p{N}_]{5}))/u;
  var JOINED = "وفبكلس";
  var HIJRI = /^(?:ه|هجري|هجريه|ah|h)$/;
  var GREGORIAN = /^(?:م|ميلادي|ميلاديه|ad|ce)$/;
  var YEAR = 366, CENTURY = 36525;

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

  // ------------------------------------------------------------ days

  var civil = window.timelineView.civil;

  // Year and month of the tabular Hijri calendar, which differs from that of Umm al-Qura by a day at most.
  function hijri(number) {
    var days = number + 492148, year = Math.floor((30 * days + 10646) / 10631);
    var first = Math.floor((11 * year + 3) / 30) + 354 * (year - 1);
    return [year, Math.min(12, Math.ceil((days - first + 0.5) / 29.5))];
  }

  function daysOf(event) {
    var first = event[LO] === null ? event[HI] : event[LO];
    return first === null ? null : [first, event[HI] === null ? first : event[HI]];
  }

  // Whether an event may have been in a year: what is known to a century only is not in all of its years.
  function inYear(year, calendar) {
    return function (event) {
      var days = daysOf(event);
      if (!days || days[1] - days[0] > (event[MARKS] & SPAN ? CENTURY : 11 * YEAR)) return false;
      return calendar(days[0])[0] <= year && year <= calendar(days[1])[0];
    };
  }

  function inMonth(month, calendar) {
    return function (event) {
      var days = daysOf(event);
      if (!days || days[1] - days[0] > 62) return false;
      var first = calendar(days[0]), last = calendar(days[1]);
      var from = first[0] * 12 + first[1] - 1, to = last[0] * 12 + last[1] - 1;
      return ((month - 1 - from) % 12 + 12) % 12 <= to - from;
    };
  }

  function inDecade(fits) {
    return function (event) {
      var days = daysOf(event);
      if (!days || days[1] - days[0] > 11 * YEAR) return false;
      for (var year = civil(days[0])[0]; year <= civil(days[1])[0]; year++) if (fits(year)) return true;
      return false;
    };
  }

  function dateTest(meaning) {
    var number = +meaning.slice(1);
    if (meaning[0] === "m") return inMonth(number, civil);
    if (meaning[0] === "h") return inMonth(number, hijri);
    return inDecade(function (year) {
      return year % 100 >= number && year % 100 < number + 10;
    });
  }

  function numberTest(number, behind) {
    var plain = inYear(number, civil), islamic = inYear(number, hijri);
    if (HIJRI.test(behind)) return islamic;
    if (GREGORIAN.test(behind) || number > 1600 || number < 1000) return plain;
    return function (event) {
      return plain(event) || islamic(event);
    };
  }

  // ------------------------------------------------------------ words

  window.timelineSearch = function (data) {
    var letters = {}, joining = {}, elided = null;
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

    // ---------------------------------------------------------- the words of the site

    // Each word, with the numbers of the events, names and articles that hold it.
    var words = new Map();
    // Letters of JOINED behind which something was seen, as bits.
    var behind = new Map();

    function take(keys, kind, number) {
      keys.split(" ").forEach(function (word) {
        if (!word) return;
        var held = words.get(word);
        if (!held) words.set(word, (held = { events: [], names: [], articles: [], others: null, stems: null }));
        held[kind].push(number);
      });
    }

    data.events.forEach(function (event, number) {
      take(event[KEYS], "events", number);
    });
    data.names.forEach(function (name, number) {
      take(name[NAME_KEYS], "names", number);
    });
    data.articles.forEach(function (article, number) {
      take(article[ARTICLE_KEYS], "articles", number);
    });
    words.forEach(function (_, word) {
      var letter = JOINED.indexOf(word[0]);
      if (letter >= 0 && word.length > 3) behind.set(word.slice(1), (behind.get(word.slice(1)) || 0) | (1 << letter));
    });

    function isWord(rest) {
      var seen = behind.get(rest) || 0;
      return (rest.length > 1 && words.has(rest)) || (rest.length > 2 && (seen & (seen - 1)) !== 0);
    }

    // What is left of an Arabic word without what is joined to it: the article wherever two letters remain,
    // single letters where the rest is a word of the site or has been seen behind two of them.
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
      if (JOINED.indexOf(word[0]) >= 0 && isWord(word.slice(1))) found.push(word.slice(1));
      if (/^[وف][بكلس]/.test(word) && isWord(word.slice(2))) found.push(word.slice(2));
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

    function Term(word) {
      this.word = word;
      this.number = /^\p{Nd}+$/u.test(word);
      this.forms = this.number ? [word] : [word].concat(bare(word));
      this.stems = this.number ? [] : stemsOf(word);
      this.dates = [];
    }

    // Whether the folded *word* is what is meant; *held* keeps what is found out of it.
    Term.prototype.fits = function (word, held) {
      if (this.number) return word === this.word;
      var forms = this.forms, i, j;
      for (i = 0; i < forms.length; i++) if (word.startsWith(forms[i])) return true;
      if (ARABIC.test(word)) {
        var others = held ? held.others || (held.others = bare(word)) : bare(word);
        for (j = 0; j < others.length; j++)
          for (i = 0; i < forms.length; i++) if (others[j].startsWith(forms[i])) return true;
        return false;
      }
      if (!this.stems.length) return false;
      var stems = held ? held.stems || (held.stems = stemsOf(word)) : stemsOf(word);
      for (i = 0; i < stems.length; i++) if (stems[i].length > 2 && stems[i] === this.stems[i]) return true;
      return false;
    };

    Term.prototype.means = function (event) {
      return this.dates.some(function (test) {
        return test(event);
      });
    };

    // "1950s", "1950er", "١٩٥٦م": a number that letters are written to.
    function suffixed(term) {
      var decade = /^(\d{2,3}0)(?:s|er|ern|ies)$/.exec(term.word), year = /^(\d{3,4})(?:م|ه)$/.exec(term.word);
      if (decade)
        term.dates.push(
          inDecade(function (one) {
            return one >= +decade[1] && one < +decade[1] + 10;
          })
        );
      if (year) term.dates.push(numberTest(+year[1], term.word.slice(-1)));
    }

    function wanted(text) {
      var folded = fold(text).match(WORD) || [], terms = [], rests = {};
      for (var match of text.matchAll(elided)) rests[fold(match[1])] = fold(match[2]);
      for (var i = 0; i < folded.length; i++) {
        var word = folded[i], before = terms[terms.length - 1];
        if (before && before.number && before.at === i - 1 && (HIJRI.test(word) || GREGORIAN.test(word))) continue;
        var term = new Term(word);
        term.at = i;
        if (term.number && word.length < 5) term.dates.push(numberTest(+word, folded[i + 1] || ""));
        else if (!term.number) suffixed(term);
        if (rests[word]) term.forms.push(rests[word]);
        terms.push(term);
      }
      named(terms);
      return terms;
    }

    // Names of months and decades, of one word to three, and words that many write as one.
    function named(terms) {
      terms.forEach(function (term, number) {
        term.forms.forEach(function (form) {
          if (data.dates[form]) term.dates.push(dateTest(data.dates[form]));
        });
        for (var count = 2; count < 4; count++) {
          var some = terms.slice(number, number + count), name = some.map(wordOf).join(" ");
          if (some.length === count && data.dates[name]) give(some, "dates", dateTest(data.dates[name]));
        }
        var next = terms[number + 1];
        if (next && joining[term.word]) give([term, next], "forms", term.word + next.word);
      });
    }

    function wordOf(term) {
      return term.word;
    }

    function give(terms, what, value) {
      terms.forEach(function (term) {
        term[what].push(value);
      });
    }

    // ---------------------------------------------------------- what is found

    function mark(found, numbers) {
      for (var i = 0; i < numbers.length; i++) found[numbers[i]] = 1;
    }

    function holders(term) {
      var found = {
        events: new Uint8Array(data.events.length),
        names: new Uint8Array(data.names.length),
        articles: new Uint8Array(data.articles.length),
        known: false,
      };
      words.forEach(function (held, word) {
        if (!term.fits(word, held)) return;
        found.known = true;
        mark(found.events, held.events);
        mark(found.names, held.names);
        mark(found.articles, held.articles);
      });
      return found;
    }

    // Which events, names and articles hold all that is typed: an event also by what it names and when it was.
    function search(text) {
      var terms = wanted(text), found = { terms: terms, events: null, names: null, articles: null, unknown: [] };
      terms.forEach(function (term) {
        var own = holders(term);
        data.events.forEach(function (event, number) {
          if (own.events[number]) return;
          for (var i = 0; i < event[NAMES].length; i++) if (own.names[event[NAMES][i]]) own.events[number] = 1;
          if (term.dates.length && term.means(event)) own.events[number] = 1;
        });
        if (!own.known && own.events.indexOf(1) < 0) found.unknown.push(term);
        ["events", "names", "articles"].forEach(function (kind) {
          if (!found[kind]) found[kind] = own[kind];
          else
            found[kind].forEach(function (_, number) {
              found[kind][number] &= own[kind][number];
            });
        });
      });
      return found;
    }

    // The words of *text* that are meant, as pairs of where they begin and end.
    function marks(text, terms) {
      var found = [];
      for (var match of text.matchAll(TOKEN)) {
        var word = fold(match[0]), held = words.get(word);
        if (terms.some(function (term) { return term.fits(word, held); }))
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
      var best = "", least = term.word.length > 5 ? 3 : 2, most = 0;
      if (term.word.length < 3 || term.number) return "";
      words.forEach(function (held, word) {
        var away = distance(term.word, word, least), count = held.events.length + held.names.length;
        if (away < least || (best && away === least && count > most)) {
          best = word;
          least = away;
          most = count;
        }
      });
      return best && written(best);
    }

    function written(word) {
      var held = words.get(word);
      var texts = held.names.map(function (number) { return data.names[number][2]; })
        .concat(held.events.map(function (number) { return data.events[number][TITLE]; }))
        .concat(held.articles.map(function (number) { return data.articles[number][1]; }));
      for (var i = 0; i < texts.length; i++)
        for (var match of texts[i].matchAll(TOKEN)) if (fold(match[0]) === word) return match[0];
      return word;
    }

    return { fold: fold, wanted: wanted, search: search, marks: marks, nearest: nearest };
  };
})();
