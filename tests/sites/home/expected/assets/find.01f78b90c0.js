// The search of a timeline and of the list of articles. Its data are a script of their own, loaded when a
// reader first turns to the search: pages opened from a folder can load scripts and nothing else.
// Which words find what is the matter of search.js, which is loaded then, too.
(function () {
  "use strict";
  var form = document.querySelector("form.finder");
  if (!form) return;

  // The columns of an event, of an article and of a name in the data.
  var ID = 0, TITLE = 1, LANG = 2, DATE = 3, LO = 4, HI = 5, MARKS = 6, STATUS = 8, NAMES = 9, YEAR = 10;
  var GOING_ON = 4;
  var MANY = 50;
  // Milliseconds between two changes of the range of the axis that are two steps.
  var PAUSE = 1000;

  var data = null;
  var engine = null;
  var waiting = [];
  var listed = form.getAttribute("data-list") || "events";
  var own = listed === "events" ? form.getAttribute("data-year") || "" : "";
  var split = form.hasAttribute("data-split");
  var of = form.getAttribute("data-of");
  var root = form.getAttribute("data-root");
  var results = document.querySelector(".results");
  var state = {};
  var hits = null;
  var texts = { query: "", found: [] };
  var limit = MANY;
  var later = 0;
  var drawn = 0;
  var at = "";

  function all(selector, inside) {
    return Array.prototype.slice.call((inside || document).querySelectorAll(selector));
  }

  function make(name, className, text) {
    var element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  // ------------------------------------------------------------ days

  function civil(number) {
    var shifted = number + 719468;
    var era = Math.floor(shifted / 146097);
    var ofEra = shifted - era * 146097;
    var year = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365);
    var ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
    var fromMarch = Math.floor((5 * ofYear + 2) / 153);
    var month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
    return [year + era * 400 + (month < 3 ? 1 : 0), month, ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1];
  }

  function dayNumber(year, month, day) {
    var shifted = month < 3 ? year - 1 : year;
    var era = Math.floor(shifted / 400);
    var ofEra = shifted - era * 400;
    var ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
    return era * 146097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719468;
  }

  // "2019", "2019-10" or "2019-10-05" as its first and last day.
  function daysOf(text) {
    var match = /^\s*([-−]?\d{1,7})(?:-(\d\d?))?(?:-(\d\d?))?\s*$/.exec(latin(text));
    if (!match) return null;
    var year = +match[1].replace("−", "-"), month = +match[2] || 0, day = +match[3] || 0;
    var first = dayNumber(year, month || 1, day || 1);
    if (day) return [first, first];
    if (month) return [first, (month === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1)) - 1];
    return [first, dayNumber(year + 1, 1, 1) - 1];
  }

  function two(number) {
    return (number < 10 ? "0" : "") + number;
  }

  // A day as it stands in the address: as short as it can be said.
  function textOf(day, last) {
    var date = civil(last ? day + 1 : day);
    if (date[1] === 1 && date[2] === 1) return String(last ? date[0] - 1 : date[0]);
    date = civil(day);
    return date[0] + "-" + two(date[1]) + "-" + two(date[2]);
  }

  function latin(text) {
    return text.replace(/[٠-٩۰-۹]/g, function (digit) {
      return String(digit.charCodeAt(0) & 15);
    });
  }

  function digits(value) {
    var text = String(value);
    if (!data || data.digits[0] === "0") return text;
    return text.replace(/\d/g, function (digit) {
      return data.digits[+digit];
    });
  }

  // ------------------------------------------------------------ data

  function load(then) {
    if (data) return then();
    waiting.push(then);
    if (waiting.length > 1) return;
    form.setAttribute("aria-busy", "true");
    fetchScript(window.timelineSearch ? "" : form.getAttribute("data-engine"), function () {
      fetchScript(form.getAttribute("data-source"), arrived);
    });
  }

  function fetchScript(address, then) {
    if (!address) return then();
    var script = document.createElement("script");
    script.src = address;
    script.onload = then;
    script.onerror = function () {
      waiting = [];
      form.removeAttribute("aria-busy");
      script.remove();
      form.querySelector(".shown").textContent = form.getAttribute("data-failed");
    };
    document.head.appendChild(script);
  }

  function arrived() {
    data = Object.assign({}, window.timelineData, { events: window.timelineData.events.filter(isOf) });
    engine = window.timelineSearch(data);
    form.removeAttribute("aria-busy");
    fill();
    waiting.splice(0).forEach(function (then) {
      then();
    });
  }

  // A timeline of a person, place or tag has the events that name it.
  function isOf(event) {
    return !of || event[NAMES].some(function (number) {
      var name = window.timelineData.names[number];
      return name[0] + "/" + name[1] === of;
    });
  }

  function compare(one, other) {
    return one[1].localeCompare(other[1], data.lang);
  }

  // Each choice gets what there is to choose; one without a choice goes.
  function fill() {
    var used = {};
    data.events.forEach(function (event) {
      event[NAMES].forEach(function (number) {
        used[number] = true;
      });
    });
    all("select[data-names]", form).forEach(function (select) {
      var names = data.names
        .filter(function (name, number) {
          return name[0] === select.name && used[number] && select.name + "/" + name[1] !== of;
        })
        .map(function (name) {
          return [name[1], name[2], name[3]];
        });
      options(select, names.sort(compare));
    });
    if (form.elements.era) options(form.elements.era, data.eras);
    if (form.elements.status) {
      var used = {};
      data.events.forEach(function (event) {
        used[data.statuses[event[STATUS]]] = true;
      });
      all("option", form.elements.status).forEach(function (option) {
        if (option.value && !used[option.value]) option.remove();
      });
      form.elements.status.closest(".field").hidden = form.elements.status.options.length < 2;
    }
  }

  function options(select, rows) {
    rows.forEach(function (row) {
      var option = make("option", "", row[1]);
      option.value = row[0];
      if (row[2]) option.lang = row[2];
      select.appendChild(option);
    });
    select.closest(".field").hidden = !rows.length;
  }

  // ------------------------------------------------------------ the state, in the fields and in the address

  function fields() {
    return all("input, select", form);
  }

  function read() {
    state = {};
    fields().forEach(function (field) {
      var value = field.value.trim();
      if (value) state[field.name] = value;
    });
  }

  function show() {
    fields().forEach(function (field) {
      field.value = state[field.name] || "";
    });
  }

  function fromAddress() {
    state = {};
    var hash = location.hash.slice(1);
    if (hash.indexOf("=") < 0) return false;
    new URLSearchParams(hash).forEach(function (value, name) {
      if (form.elements[name] && value) state[name] = value;
      if (name === "at") at = value;
    });
    return Object.keys(state).length > 0;
  }

  function address() {
    var text = new URLSearchParams(state).toString();
    return text ? "#" + text : "";
  }

  // A choice is a step that Back undoes; each letter of a search is none.
  function keep(step) {
    var hash = address(), there = hash || location.pathname + location.search;
    if (hash === location.hash || (!hash && location.hash.indexOf("=") < 0)) return;
    if (step) history.pushState(null, "", there);
    else history.replaceState(null, "", there);
  }

  // ------------------------------------------------------------ what is found

  // What the axis shows: the years that are asked for, else those of the era.
  function shown() {
    return range() || eraDays();
  }

  function range() {
    var from = daysOf(state.from || ""), to = daysOf(state.to || "");
    if (!from && !to) return null;
    return [from ? from[0] : -Infinity, to ? to[1] : Infinity];
  }

  function within(event, lo, hi) {
    var first = event[LO], last = event[HI];
    if (first === null && last === null) return false;
    if (first === null) first = last;
    if (last === null) last = event[MARKS] & GOING_ON ? Infinity : first;
    return first <= hi && last >= lo;
  }

  var asked = null;

  // What holds the words that are typed; null where none are.
  function sought() {
    if (!state.q) return null;
    if (!asked || asked.query !== state.q) asked = Object.assign(engine.search(state.q), { query: state.q });
    return asked.terms.length ? asked : null;
  }

  function eraDays() {
    var era = state.era && data.eras.filter(function (one) { return one[0] === state.era; })[0];
    return era ? [era[3] === null ? -Infinity : era[3], era[4] === null ? Infinity : era[4]] : null;
  }

  function picked() {
    return all("select[data-names]", form)
      .filter(function (select) {
        return state[select.name];
      })
      .map(function (select) {
        for (var i = 0; i < data.names.length; i++)
          if (data.names[i][0] === select.name && data.names[i][1] === state[select.name]) return i;
        return -1;
      });
  }

  // Which events are asked for: those that hold the words, and fit the filters.
  function search() {
    var words = sought(), names = picked(), spans = [range(), eraDays()].filter(Boolean);
    var status = state.status ? data.statuses.indexOf(state.status) : -1;
    var found = new Uint8Array(data.events.length);
    data.events.forEach(function (event, number) {
      if (words && !words.events[number]) return;
      for (var i = 0; i < names.length; i++) if (event[NAMES].indexOf(names[i]) < 0) return;
      if (status >= 0 && event[STATUS] !== status) return;
      for (i = 0; i < spans.length; i++) if (!within(event, spans[i][0], spans[i][1])) return;
      found[number] = 1;
    });
    return found;
  }

  // ------------------------------------------------------------ what is shown

  var rows = null;

  // The entries of this page, by the number of their event.
  function entries() {
    if (rows) return rows;
    var numbers = {};
    data.events.forEach(function (event, number) {
      numbers[event[ID]] = number;
    });
    rows = all('main li[id^="e-"]').map(function (element) {
      return [element, numbers[element.id.slice(2)]];
    });
    return rows;
  }

  function hide(element, hidden) {
    if (element.hidden !== hidden) element.hidden = hidden;
  }

  function filterPage(active) {
    var shown = 0;
    entries().forEach(function (row) {
      var out = active && !hits[row[1]];
      if (!out) shown++;
      hide(row[0], out);
    });
    all(".month, .year").forEach(function (section) {
      hide(section, active && !section.querySelector('li[id^="e-"]:not([hidden])'));
    });
    // The year of a single event that is left of several keeps its heading; a chapter needs all of its time.
    all(".chapter").forEach(function (section) {
      hide(section, active);
    });
    return shown;
  }

  function filterYears(active) {
    var counts = {};
    data.events.forEach(function (event, number) {
      if (!active || hits[number]) counts[event[YEAR]] = (counts[event[YEAR]] || 0) + 1;
    });
    all(".years li").forEach(function (item) {
      var link = item.querySelector("a"), count = item.querySelector(".count");
      link.hash = address();
      if (!count) return;
      var year = decodeURIComponent(link.pathname).replace(/index\.html$/, "").split("/").filter(Boolean).pop();
      count.textContent = digits(counts[year] || 0);
      hide(item, active && !counts[year]);
    });
  }

  function entry(date, href, title, lang) {
    var item = make("li"), line = make("div", "entry"), what = make("p", "what"), link = make("a", "", title);
    link.href = href;
    link.dir = lang ? "auto" : document.documentElement.dir;
    if (lang) link.lang = lang;
    what.appendChild(link);
    line.appendChild(make("p", "when", date || " "));
    line.appendChild(what);
    item.appendChild(line);
    return item;
  }

  function eventHref(event) {
    var year = split ? event[YEAR] : "", page = root + form.getAttribute("data-home") + (year ? year + "/" : "");
    return year || own ? page + "#e-" + event[ID] : "#e-" + event[ID];
  }

  function eventEntry(event) {
    return entry(event[DATE], eventHref(event), event[TITLE], event[LANG]);
  }

  // Articles whose titles and summaries hold the words, then those whose texts do.
  function articleRows() {
    var words = of ? null : sought(), rest = {};
    if (!words) return [];
    var named = data.articles.filter(function (article, number) {
      if (words.articles[number]) return true;
      rest[article[0]] = article;
      return false;
    });
    var told = texts.query === state.q ? texts.found : [];
    return named.concat(
      told.map(function (address) {
        return rest[address];
      }).filter(Boolean)
    );
  }

  // Texts are searched elsewhere, and take a moment; what is shown meanwhile stays.
  function askTexts() {
    var query = state.q || "";
    if (!view.searchTexts || texts.query === query) return;
    texts = { query: query, found: [] };
    setTimeout(function () {
      if (texts.query !== query) return;
      view.searchTexts(query).then(function (found) {
        if (texts.query !== query) return;
        texts.found = found;
        apply();
      });
    }, 150);
  }

  function showAround(item, address) {
    var old = item.querySelector(".around"), query = state.q;
    if (old) old.remove();
    if (texts.query !== query || texts.found.indexOf(address) < 0) return;
    view.around(root + address, query).then(function (line) {
      if (line && state.q === query && !item.querySelector(".around"))
        (item.querySelector("div.what") || item.querySelector(".entry")).appendChild(line);
    });
  }

  function articlesFound() {
    var found = articleRows().slice(0, 10), box = results.querySelector(".found-articles");
    if (box) box.remove();
    if (!found.length) return 0;
    box = make("section", "found-articles");
    box.appendChild(make("h2", "", form.getAttribute("data-articles")));
    var list = box.appendChild(make("ol", "entries brief"));
    found.forEach(function (article) {
      var item = list.appendChild(entry(article[3], root + article[0], article[1], article[2]));
      showAround(item, article[0]);
    });
    results.appendChild(box);
    return found.length;
  }

  // The people, places and topics of that name, each with the number of its events.
  function namesFound() {
    var words = of ? null : sought(), box = results.querySelector(".found-names");
    if (box) box.remove();
    if (!words) return 0;
    var counts = {};
    data.events.forEach(function (event) {
      event[NAMES].forEach(function (number) {
        if (words.names[number]) counts[number] = (counts[number] || 0) + 1;
      });
    });
    var numbers = Object.keys(counts).sort(function (one, other) {
      return counts[other] - counts[one];
    });
    if (!numbers.length) return 0;
    box = results.insertBefore(make("ul", "found-names"), results.firstChild);
    numbers.slice(0, 8).forEach(function (number) {
      var name = data.names[number], item = box.appendChild(make("li")), link = make("a", "", name[2]);
      link.href = root + data.lang + "/" + name[0] + "/" + name[1] + "/" + (location.protocol === "file:" ? "index.html" : "");
      if (name[3]) link.lang = name[3];
      item.appendChild(link);
      item.appendChild(document.createTextNode(" "));
      item.appendChild(make("span", "count", digits(counts[number])));
    });
    return numbers.length;
  }

  // Where nothing is found: the known words nearest to the typed ones, and what there is without the filters.
  function nothingFound(shown) {
    var words = sought(), box = form.querySelector(".advice");
    if (box) box.remove();
    if (shown || !words) return;
    box = make("span", "advice");
    var query = state.q, unfiltered = count(listed === "events" ? words.events : words.articles);
    words.unknown.forEach(function (term) {
      var near = engine.nearest(term);
      if (near) query = replaced(query, term, near);
    });
    if (query !== state.q) advise(box, form.getAttribute("data-near").replace("%(words)s", query), { q: query });
    if (unfiltered && Object.keys(state).length > 1)
      advise(box, form.getAttribute("data-unfiltered").replace("%(count)s", digits(unfiltered)), { q: state.q });
    if (box.firstChild) form.querySelector(".shown").after(box);
  }

  // The *query* with *near* in place of the word that *term* is.
  function replaced(query, term, near) {
    return query.replace(/[\p{L}\p{N}\p{M}_\u0640]+/gu, function (word) {
      return engine.fold(word) === term.word ? near : word;
    });
  }

  function advise(box, text, wish) {
    var button = make("button", "", text);
    button.type = "button";
    button.dir = "auto";
    button.addEventListener("click", function () {
      state = wish;
      show();
      update();
      form.elements.q.focus();
    });
    box.appendChild(document.createTextNode(" "));
    box.appendChild(button);
  }

  // What was typed is marked where it stands, without a change of the page: where browsers can.
  function markFound() {
    if (!window.Highlight || !CSS.highlights) return;
    var words = sought();
    CSS.highlights.delete("found");
    if (!words) return;
    var ranges = [], places = all("main :is(.entries, .articles) > li:not([hidden]) :is(.what, .title, .summary)").slice(0, 400);
    places.forEach(function (place) {
      var walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      while (walker.nextNode())
        engine.marks(walker.currentNode.data, words.terms).forEach(function (pair) {
          var range = new Range();
          range.setStart(walker.currentNode, pair[0]);
          range.setEnd(walker.currentNode, pair[1]);
          ranges.push(range);
        });
    });
    CSS.highlights.set("found", new Highlight(...ranges));
  }

  function listFound(active) {
    var list = results.querySelector("ol"), more = results.querySelector(".more"), found = [];
    list.textContent = "";
    if (active && split && !own)
      data.events.forEach(function (event, number) {
        if (hits[number] && event[YEAR]) found.push(event);
      });
    var some = document.createDocumentFragment();
    found.slice(0, limit).forEach(function (event) {
      some.appendChild(eventEntry(event));
    });
    list.appendChild(some);
    hide(list, !found.length);
    hide(more, found.length <= limit);
    hide(results, articlesFound() + namesFound() + found.length === 0);
  }

  function tell(shown, total, active) {
    var text = form.getAttribute("data-shown").replace("%(shown)s", digits(shown)).replace("%(all)s", digits(total));
    form.querySelector(".shown").textContent = active ? text : "";
    hide(form.querySelector("[type=reset]"), !active);
    nothingFound(shown);
    markFound();
  }

  function filterArticles(active) {
    var found = {}, shown = 0, items = all("main .articles > li");
    articleRows().forEach(function (article) {
      found[root + article[0]] = article[0];
    });
    items.forEach(function (item) {
      var href = item.querySelector(".title a").getAttribute("href").replace(/index\.html$/, "");
      var out = active && !found[href];
      if (!out) shown++;
      hide(item, out);
      showAround(item, active ? found[href] : "");
    });
    tell(shown, items.length, active);
  }

  function count(found) {
    var sum = 0;
    for (var i = 0; i < found.length; i++) sum += found[i];
    return sum;
  }

  function apply() {
    var active = Object.keys(state).length > 0;
    askTexts();
    if (listed === "articles") return filterArticles(active);
    hits = active ? search() : null;
    if (listed === "map") {
      tell(active ? count(hits) : data.events.length, data.events.length, active);
      return view.drawn && view.drawn();
    }
    var shown = filterPage(active);
    if (split) filterYears(active);
    listFound(active);
    if (split && !own) shown = active ? count(hits) : data.events.length;
    tell(shown, split && !own ? data.events.length : entries().length, active);
    if (view.drawn) view.drawn();
  }

  function update(same) {
    clearTimeout(later);
    keep(!same);
    load(apply);
  }

  // Each letter is followed at once; the address, which browsers let nobody change too often, after a moment.
  function typed() {
    clearTimeout(later);
    limit = MANY;
    read();
    load(apply);
    later = setTimeout(keep, 150);
  }

  // What the axis and the search of whole texts share.
  var view = (window.timelineView = {
    load: load,
    civil: civil,
    dayNumber: dayNumber,
    digits: digits,
    wanted: function (text) {
      return engine.wanted(text);
    },
    marks: function (text, terms) {
      return engine.marks(text, terms);
    },
    fold: function (text) {
      return engine.fold(text);
    },
    drawn: null,
    data: function () {
      return data;
    },
    hits: function () {
      return hits;
    },
    range: shown,
    again: apply,
    address: address,
    // The days that the list is to follow; null for all.
    select: function (days) {
      read();
      delete state.from;
      delete state.to;
      if (days) {
        state.from = textOf(days[0], false);
        state.to = textOf(days[1], true);
      }
      show();
      // To draw the axis along is one step, however many ranges it passes.
      var now = Date.now();
      update(now - drawn < PAUSE);
      drawn = now;
    },
    href: eventHref,
  });

  form.hidden = false;
  all(".year-field input", form).forEach(function (field) {
    field.inputMode = "numeric";
  });
  form.addEventListener("input", typed);
  form.addEventListener("change", function (event) {
    if (event.target.tagName === "SELECT") update();
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    read();
    update();
  });
  form.addEventListener("reset", function () {
    setTimeout(function () {
      state = {};
      update();
      form.elements.q.focus();
    }, 0);
  });
  ["focusin", "pointerenter"].forEach(function (name) {
    form.addEventListener(name, function () {
      load(function () {});
    });
  });
  if (results)
    results.querySelector(".more").addEventListener("click", function () {
      var last = limit;
      limit += 2 * MANY;
      listFound(true);
      results.querySelectorAll("ol a")[last].focus();
    });
  window.addEventListener("popstate", function () {
    var asked = location.hash.indexOf("=") > 0;
    // A link to an event on the page leaves the search as it is.
    if (location.hash === address() || (location.hash && !asked) || (!asked && !data)) return;
    fromAddress();
    load(begin);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    event.preventDefault();
    var filters = form.querySelector("details");
    if (filters) filters.open = true;
    form.elements.q.focus();
  });

  function begin() {
    show();
    apply();
    var filters = form.querySelector("details");
    if (filters && fields().some(function (field) { return field.value && field.name !== "from" && field.name !== "to"; })) filters.open = true;
    // The event that was in view in another language.
    var entry = at && document.getElementById("e-" + at);
    if (entry && !entry.hidden) entry.scrollIntoView();
    at = "";
  }

  if (fromAddress()) load(begin);

  // An event that was on this page before its years got pages of their own.
  if (split && !own && /^#e-./.test(location.hash)) {
    var sought = decodeURIComponent(location.hash.slice(1));
    if (!document.getElementById(sought))
      load(function () {
        data.events.forEach(function (event) {
          if ("e-" + event[ID] !== sought || !event[YEAR]) return;
          location.replace(eventHref(event).replace("/#", location.protocol === "file:" ? "/index.html#" : "/#"));
        });
      });
  }
})();
