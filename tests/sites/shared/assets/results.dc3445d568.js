// What a search finds, and how it is shown: the list that is left, names, events and articles, the filters with
// their counts, and advice where nothing is found. search.js knows what is found, find.js what is asked for.
(function () {
  "use strict";

  var EVENTS = 0;
  // How many events are shown at once, how many names and articles, and of how many parts of the data.
  var MANY = 50, NAMES = 8, ARTICLES = 10, AT_ONCE = 1;
  // Choices that are shown, and from how many on they can be searched.
  var CHOICES = 60, SEARCHABLE = 12;
  var MARKED = 400;
  // Milliseconds without a key after which more is read.
  var PAUSE = 500;
  var PLURALS = ["zero", "one", "two", "few", "many", "other"];

  window.timelineResults = function (finder) {
    var form = finder.form, view = finder.view;
    var listed = form.getAttribute("data-list") || "events";
    var split = form.hasAttribute("data-split"), of = form.getAttribute("data-of");
    var own = listed === "events" ? form.getAttribute("data-year") || "" : "";
    var root = form.getAttribute("data-root");
    var results = document.querySelector(".results"), told = document.querySelector(".results-articles");
    var hits = null, last = null, entries = null, asked = null;
    var texts = { query: "", found: [] };
    var limit = MANY, reach = AT_ONCE, sought = "", turn = 0;
    var choices = {};
    // What waits until all is shown, whatever is asked for meanwhile.
    var after = [];

    function all(selector, inside) {
      return Array.prototype.slice.call((inside || document).querySelectorAll(selector));
    }

    function make(name, className, text) {
      var element = document.createElement(name);
      if (className) element.className = className;
      if (text) element.textContent = text;
      return element;
    }

    function hide(element, hidden) {
      if (element && element.hidden !== hidden) element.hidden = hidden;
    }

    function count(found) {
      var sum = 0;
      for (var i = 0; i < found.length; i++) sum += found[i];
      return sum;
    }

    function both(one, other) {
      for (var i = 0; i < one.length; i++) one[i] &= other[i];
      return one;
    }

    function store() {
      return finder.engine().store;
    }

    function total() {
      return finder.data().totals[EVENTS];
    }

    function numbered(amount, name) {
      var forms = form.getAttribute(name).split("|"), rule = PLURALS.indexOf(new Intl.PluralRules(finder.data().lang).select(amount));
      return forms[rule].replace("%(num)s", finder.digits(amount));
    }

    // ---------------------------------------------------------- what is found

    // What holds the words that are typed; null where none are.
    function words() {
      var query = (finder.state().q || [""])[0];
      if (!query) return null;
      if (!asked || asked.query !== query) {
        var found = finder.engine().search(query);
        found.query = query;
        return found.terms.length ? found : null;
      }
      return asked.terms.length ? asked : null;
    }

    function eraOf(id) {
      var era = finder.data().eras.filter(function (one) { return one[0] === id; })[0];
      return era && [era[3] === null ? -Infinity : era[3], era[4] === null ? Infinity : era[4]];
    }

    // The events that have a value of a filter.
    function having(group, value) {
      if (group === "status") return finder.engine().having("=s" + finder.data().statuses.indexOf(value));
      if (group !== "era") return finder.engine().having("=" + group + "/" + value);
      var days = eraOf(value);
      return days ? store().within(days[0], days[1]) : new Uint8Array(total());
    }

    // The filters of which something is chosen, each with the events that it leaves.
    function chosen() {
      var state = finder.state();
      return all("[data-group]", form).map(function (box) { return box.getAttribute("data-group"); })
        .filter(function (group) { return state[group]; })
        .map(function (group) {
          var found = new Uint8Array(total());
          state[group].forEach(function (value) {
            var some = having(group, value);
            for (var i = 0; i < found.length; i++) found[i] |= some[i];
          });
          return { group: group, events: found };
        });
    }

    // All that belongs to this page: what the search and the filters choose from.
    function ground() {
      var found = of ? finder.engine().having("=" + of) : new Uint8Array(total()).fill(1);
      return found;
    }

    function compute() {
      var found = { words: words(), active: Object.keys(finder.state()).length > 0 };
      if (listed === "articles") return articlesOf(found);
      var open = ground(), filters = chosen(), days = finder.range();
      found.total = count(open);
      if (found.words) both(open, found.words.events);
      found.unfiltered = found.words ? count(open) : 0;
      if (days) both(open, store().within(days[0], days[1]));
      var left = filters.reduce(function (some, one) { return both(some, one.events); }, open.slice());
      found.hits = found.active ? left : null;
      found.shown = count(left);
      found.entries = entries || onPage();
      found.facets = facets(open, filters, own ? found.entries : null);
      found.names = namesFound(found.words);
      found.articles = of ? [] : articleRows(found.words).slice(0, ARTICLES);
      found.events = found.active && split && !own ? eventsFound(left) : null;
      if (found.active && !found.shown && found.words) found.advice = advice(found.words);
      return found;
    }

    function articlesOf(found) {
      found.articles = found.active ? articleRows(found.words) : [];
      found.entries = entries || articlesOnPage();
      if (found.active && !found.articles.length && found.words) found.advice = advice(found.words);
      return found;
    }

    // ---------------------------------------------------------- the entries of this page, each with its number

    // The list of a page is in the order in which events are numbered.
    function onPage() {
      if (listed !== "events") return [];
      var items = all('main li[id^="e-"]'), before = items.filter(function (item) { return item.closest(".continuing"); });
      var rest = items.filter(function (item) { return before.indexOf(item) < 0; });
      var open = ground(), numbers = [];
      eachYear(function (year, from, to) {
        if (split && year !== own) return;
        for (var i = from; i < to; i++) if (open[i]) numbers.push(i);
      });
      if (numbers.length !== rest.length) return byId(items, open);
      return rest.map(function (item, i) { return [item, numbers[i]]; }).concat(byId(before, open));
    }

    // Calls *each* with years, each with the numbers of its events: from the first to before the last.
    function eachYear(each) {
      var runs = finder.data().years, at = 0;
      if (!runs) return each("", 0, total());
      runs.split(" ").forEach(function (run) {
        var cut = run.lastIndexOf(":"), from = at;
        at += +run.slice(cut + 1);
        each(run.slice(0, cut), from, at);
      });
    }

    function byId(items, open) {
      if (!items.length) return [];
      if (finder.data().ids)
        return items.map(function (item) { return [item, finder.engine().placeOf(item.id.slice(2))]; });
      var places = {};
      for (var i = 0; i < open.length; i++) {
        var row = open[i] && store().row("rows", i);
        if (row) places[row[0]] = i;
      }
      return items.map(function (item) { return [item, places[item.id.slice(2)]]; });
    }

    // The place of an event in the list; -1 where it is not known, or not yet.
    function placeOf(id) {
      if (finder.data().ids) return finder.engine().placeOf(id);
      var found = (entries || onPage()).filter(function (one) { return one[0].id === "e-" + id; })[0];
      return found ? found[1] : -1;
    }

    function articlesOnPage() {
      var items = all("main .articles > li"), numbers = [];
      // Plain pages come behind the articles, and are in no list.
      for (var i = 0; i < finder.data().totals[2] - (finder.data().pages || 0); i++) numbers.push(i);
      return items.map(function (item, i) {
        var href = item.querySelector(".title a").getAttribute("href").replace(/index\.html$/, "");
        if (items.length === numbers.length) return [item, i, href];
        return [item, numbers.filter(function (one) { return root + (store().row("articles", one) || [""])[0] === href; })[0], href];
      });
    }

    // ---------------------------------------------------------- names, events, articles

    // The people, places and topics of that name, those with the most events first.
    function namesFound(found) {
      if (of || !found) return [];
      var rows = [];
      found.names.forEach(function (is, number) {
        if (is && rows.length < 64) rows.push(store().row("names", number));
      });
      return rows.filter(Boolean).sort(function (one, other) { return other[4] - one[4]; }).slice(0, NAMES);
    }

    // The first events, of few parts at first: more come when these are shown.
    function eventsFound(left) {
      var rows = [], parts = new Set(), more = false, cut = false;
      eachYear(function (year, from, to) {
        for (var i = from; i < to && !more && !cut; i++) {
          if (!left[i] || !year) continue;
          more = rows.length >= limit;
          var part = more ? "" : store().partOf("rows", i);
          cut = !more && (part === undefined || (!parts.has(part) && parts.size >= reach));
          if (more || cut) return;
          parts.add(part);
          rows.push([i, store().row("rows", i), year]);
        }
      });
      return { rows: rows, more: more, cut: cut };
    }

    // Articles whose titles and summaries hold the words, then those whose texts do.
    function articleRows(found) {
      if (!found) return [];
      var rows = [], rest = {}, inTexts = texts.query === found.query ? texts.found : [];
      for (var i = 0; i < found.articles.length; i++) {
        if (found.articles[i] && (listed === "articles" || rows.length < ARTICLES)) rows.push([i, rowOfArticle(i)]);
        else if (inTexts.length) {
          var row = store().row("articles", i);
          if (row) rest[row[0]] = [i, row];
        }
      }
      return rows.concat(inTexts.map(function (address) { return rest[address]; }).filter(Boolean));
    }

    // On the list of articles their numbers are enough.
    function rowOfArticle(number) {
      return listed === "articles" ? null : store().row("articles", number);
    }

    // Texts are searched elsewhere, and take a moment; what is shown meanwhile stays.
    function askTexts() {
      var query = (finder.state().q || [""])[0];
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
      var old = item.querySelector(".around"), query = (finder.state().q || [""])[0];
      if (old) old.remove();
      if (texts.query !== query || texts.found.indexOf(address) < 0) return;
      view.around(root + address, query).then(function (line) {
        if (line && (finder.state().q || [""])[0] === query && !item.querySelector(".around"))
          (item.querySelector("div.what") || item.querySelector(".entry")).appendChild(line);
      });
    }

    // Where nothing is found: the known words nearest to the typed ones, and what there is without the filters.
    function advice(found) {
      var query = found.query;
      found.unknown.forEach(function (term) {
        var near = finder.engine().nearest(term);
        if (near) query = replaced(query, term, near);
      });
      return { near: query !== found.query ? query : "", filters: Object.keys(finder.state()).length > 1 };
    }

    // The *query* with *near* in place of the word that *term* is.
    function replaced(query, term, near) {
      return query.replace(/[\p{L}\p{N}\p{M}_\u0640]+/gu, function (word) {
        return finder.engine().fold(word) === term.word ? near : word;
      });
    }

    // ---------------------------------------------------------- what filters have

    // How many events there would be of each value: of those that the words and all other filters leave.
    // On the page of one year only its own *entries* count.
    function facets(open, filters, entries) {
      // To count takes the figures of all events: they are read when a reader opens a filter.
      if (!form.querySelector("[data-group][open]")) return null;
      var columns = store().columns(), counts = {}, failing = new Uint8Array(open.length), by = {};
      if (!columns) return null;
      all("[data-group]", form).forEach(function (one) {
        counts[one.getAttribute("data-group")] = new Map();
      });
      filters.forEach(function (filter, number) {
        by[filter.group] = number + 1;
        for (var i = 0; i < open.length; i++) if (!filter.events[i]) failing[i] = failing[i] ? 255 : number + 1;
      });
      var statuses = finder.data().statuses, eras = counts.era ? finder.data().eras : [];
      function take(i) {
        if (open[i] && failing[i] !== 255) add(i, failing[i]);
      }
      if (entries) entries.forEach(function (one) { take(one[1]); });
      else for (var i = 0; i < open.length; i++) take(i);
      return counts;

      function add(i, only) {
        for (var at = columns.starts[i]; at < columns.starts[i + 1]; at++) {
          var key = columns.named[at], group = columns.groups[key];
          if (counts[group] && (!only || by[group] === only)) raise(counts[group], columns.ids[key]);
        }
        if (counts.status && columns.status[i] && (!only || by.status === only)) raise(counts.status, statuses[columns.status[i]]);
        if (!only || by.era === only)
          eras.forEach(function (era) {
            if (store().overlaps(columns, i, era[3] === null ? -Infinity : era[3], era[4] === null ? Infinity : era[4])) raise(counts.era, era[0]);
          });
      }
    }

    function raise(counts, value) {
      counts.set(value, (counts.get(value) || 0) + 1);
    }

    // What can be chosen of a filter: value, name, language of the name.
    function values(group) {
      var data = finder.data();
      if (group === "status")
        return form.getAttribute("data-statuses").split("|").map(function (one) {
          var at = one.indexOf(":");
          return [one.slice(0, at), one.slice(at + 1), ""];
        });
      if (group === "era") return data.eras.map(function (era) { return [era[0], era[1], era[2]]; });
      var at = 0, found = [];
      data.taxonomies.forEach(function (one) {
        for (var i = at; one[0] === group && i < at + one[1]; i++) {
          var row = store().row("names", i);
          if (row && group + "/" + row[1] !== of) found.push([row[1], row[2], row[3]]);
        }
        at += one[1];
      });
      return found;
    }

    function hasChoices(group) {
      var data = finder.data();
      if (group === "era") return data.eras.length > 0;
      if (group === "status") return data.used.length > 0;
      return data.taxonomies.some(function (one) {
        return one[0] === group && one[1] > (of && of.split("/")[0] === group ? 1 : 0);
      });
    }

    function showFacets(counts) {
      all("[data-group]", form).forEach(function (box) {
        var group = box.getAttribute("data-group"), values = finder.state()[group] || [];
        showChosen(box, group, values);
        hide(box, !values.length && !hasChoices(group));
        if (counts && box.open) fill(box, group, counts[group], values);
      });
    }

    // The names of what is chosen, next to the name of the filter.
    function showChosen(box, group, chosen) {
      var place = box.querySelector(".chosen-values");
      if (!chosen.length) return place.replaceChildren();
      store().whole(
        function () { return chosen.map(function (value) { return nameOf(group, value); }); },
        function (names) {
          place.replaceChildren();
          names.forEach(function (name, number) {
            var item = make("bdi", "", name[0]);
            if (name[1]) item.lang = name[1];
            place.append(number ? form.getAttribute("data-comma") : "", item);
          });
        },
        finder.failed
      );
    }

    function nameOf(group, value) {
      if (group === "era" || group === "status") {
        var found = values(group).filter(function (one) { return one[0] === value; })[0];
        return found ? [found[1], found[2]] : [value, ""];
      }
      var number = finder.engine().numberOf(group + "/" + value), row = number < 0 ? null : store().row("names", number);
      return row ? [row[2], row[3]] : [value, ""];
    }

    function fill(box, group, counts, chosen) {
      store().whole(
        function () { return values(group); },
        function (rows) {
          choices[group] = { rows: rows, counts: counts, chosen: chosen };
          draw(box, group);
        },
        finder.failed
      );
    }

    // The choices of a filter: those that are chosen first, then those of most events; a field finds the others.
    function draw(box, group) {
      var held = choices[group];
      if (!held) return;
      var list = box.querySelector("ul") || begin(box, group), field = box.querySelector(".choice-find");
      var engine = finder.engine(), typed = field ? engine.fold(field.value.trim()) : "";
      var rows = held.rows
        .map(function (row) { return { row: row, count: held.counts.get(row[0]) || 0, on: held.chosen.indexOf(row[0]) >= 0 }; })
        .filter(function (one) { return one.on || one.count; });
      hide(field, rows.length < SEARCHABLE && !typed);
      if (typed)
        rows = rows.filter(function (one) {
          return one.on || (" " + engine.fold(one.row[1])).indexOf(" " + typed) >= 0 || engine.fold(one.row[1]).indexOf("ال" + typed) >= 0;
        });
      if (group !== "era" && group !== "status")
        rows.sort(function (one, other) {
          return other.on - one.on || other.count - one.count || one.row[1].localeCompare(other.row[1], finder.data().lang);
        });
      var held_ = document.activeElement && list.contains(document.activeElement) ? document.activeElement.value : null;
      list.replaceChildren.apply(list, rows.slice(0, CHOICES).map(function (one) { return choice(group, one); }));
      hide(box.querySelector(".choice-more"), rows.length <= CHOICES);
      if (held_ !== null) {
        var again = all("input", list).filter(function (input) { return input.value === held_; })[0];
        if (again) again.focus({ preventScroll: true });
      }
    }

    function choice(group, one) {
      var item = make("li"), label = make("label"), input = make("input"), name = make("span", "value", one.row[1]);
      input.type = "checkbox";
      input.name = group;
      input.value = one.row[0];
      input.checked = one.on;
      input.autocomplete = "off";
      name.dir = "auto";
      if (one.row[2]) name.lang = one.row[2];
      label.append(input, name, " ", make("span", "count", finder.digits(one.count)));
      item.appendChild(label);
      return item;
    }

    // What a filter unfolds to: a field where it has many choices, and the list of these.
    function begin(box, group) {
      var set = box.appendChild(make("fieldset")), label = box.querySelector(".choice-name");
      var legend = set.appendChild(make("legend", "unseen", label.textContent)), field = set.appendChild(make("input", "choice-find"));
      if (label.lang) legend.lang = label.lang;
      field.type = "search";
      field.placeholder = form.getAttribute("data-among");
      field.setAttribute("aria-label", form.getAttribute("data-among"));
      field.autocomplete = "off";
      field.spellcheck = false;
      field.addEventListener("input", function () {
        draw(box, group);
      });
      var list = set.appendChild(make("ul"));
      set.appendChild(make("p", "choice-more", form.getAttribute("data-more"))).hidden = true;
      return list;
    }

    all("[data-group]", form).forEach(function (box) {
      box.addEventListener("toggle", function () {
        if (!box.open) return;
        fold(box);
        refresh();
      });
      box.addEventListener("keydown", function (event) {
        if (event.key !== "Escape" || !box.open) return;
        event.preventDefault();
        fold(null);
        box.querySelector("summary").focus();
      });
    });

    // One filter is open at a time, and none once a reader is elsewhere.
    function fold(but) {
      all("[data-group][open]", form).forEach(function (box) {
        if (box !== but) box.open = false;
      });
    }

    ["click", "focusin"].forEach(function (name) {
      document.addEventListener(name, function (event) {
        if (event.target.closest) fold(event.target.closest("[data-group]"));
      });
    });

    // ---------------------------------------------------------- what is shown

    function filterPage(found) {
      var shown = 0;
      found.entries.forEach(function (one) {
        var out = found.active && !found.hits[one[1]];
        if (!out) shown++;
        hide(one[0], out);
      });
      all(".month, .year").forEach(function (section) {
        hide(section, found.active && !section.querySelector('li[id^="e-"]:not([hidden])'));
      });
      // The year of a single event that is left of several keeps its heading; a chapter needs all of its time.
      all(".chapter").forEach(function (section) {
        hide(section, found.active);
      });
      return shown;
    }

    function filterYears(found) {
      var counts = {}, open = found.hits;
      eachYear(function (year, from, to) {
        var sum = 0;
        for (var i = from; i < to; i++) sum += !open || open[i];
        counts[year] = (counts[year] || 0) + sum;
      });
      if (of && !open) return all(".years a").forEach(function (link) { link.hash = finder.address(); });
      all(".years li").forEach(function (item) {
        var link = item.querySelector("a"), place = item.querySelector(".count");
        link.hash = finder.address();
        if (!place) return;
        var year = decodeURIComponent(link.pathname).replace(/index\.html$/, "").split("/").filter(Boolean).pop();
        place.textContent = finder.digits(counts[year] || 0);
        hide(item, found.active && !counts[year]);
      });
    }

    function entry(date, href, title, lang) {
      var item = make("li"), line = make("div", "entry"), what = make("p", "what"), link = make("a", "", title);
      link.href = href;
      link.dir = lang ? "auto" : document.documentElement.dir;
      if (lang) link.lang = lang;
      what.appendChild(link);
      line.appendChild(make("p", "when", date || "\u00a0"));
      line.appendChild(what);
      item.appendChild(line);
      return item;
    }

    function yearOf(number) {
      var found = "";
      eachYear(function (year, from, to) {
        if (number >= from && number < to) found = year;
      });
      return found;
    }

    function hrefOf(number, row, year) {
      if (year === undefined) year = yearOf(number);
      var page = root + form.getAttribute("data-home") + (split && year ? year + "/" : "");
      return (split && year) || own ? page + "#e-" + row[0] : "#e-" + row[0];
    }

    function showNames(rows) {
      var box = results.querySelector(".found-names");
      if (box) box.remove();
      if (!rows.length) return;
      box = results.insertBefore(make("ul", "found-names"), results.firstChild);
      rows.forEach(function (row) {
        var item = box.appendChild(make("li")), link = make("a", "", row[2]);
        link.href = root + finder.data().lang + "/" + row[0] + "/" + row[1] + "/" + (location.protocol === "file:" ? "index.html" : "");
        if (row[3]) link.lang = row[3];
        link.dir = "auto";
        item.append(link, ": ", make("span", "count", numbered(row[4], "data-events")));
      });
    }

    function showEvents(found) {
      var list = results.querySelector("ol"), more = results.querySelector(".more"), rows = found ? found.rows : [];
      list.replaceChildren.apply(
        list,
        rows.map(function (one) { return entry(one[1][3], hrefOf(one[0], one[1], one[2]), one[1][1], one[1][2]); })
      );
      hide(list, !rows.length);
      hide(more, !found || !(found.more || found.cut));
    }

    function showArticles(rows) {
      if (!told) return;
      var list = told.querySelector("ol");
      list.replaceChildren.apply(
        list,
        rows.map(function (one) {
          var item = entry(one[1][3], root + one[1][0], one[1][1], one[1][2]);
          showAround(item, one[1][0]);
          return item;
        })
      );
      hide(told, !rows.length);
    }

    function showAdvice(found) {
      var box = form.querySelector(".advice");
      if (box) box.remove();
      if (!found.advice) return;
      var unfiltered = listed === "events" || listed === "map" ? found.unfiltered : 0;
      box = make("span", "advice");
      if (found.advice.near) offer(box, form.getAttribute("data-near").replace("%(words)s", found.advice.near), { q: [found.advice.near] });
      if (unfiltered && found.advice.filters)
        offer(box, form.getAttribute("data-unfiltered").replace("%(count)s", finder.digits(unfiltered)), { q: finder.state().q });
      if (box.firstChild) form.querySelector(".shown").after(box);
    }

    function offer(box, text, wish) {
      var button = make("button", "", text);
      button.type = "button";
      button.dir = "auto";
      button.addEventListener("click", function () {
        finder.become(wish);
        form.elements.q.focus();
      });
      box.append(" ", button);
    }

    // What was typed is marked where it is, without a change of the page: where browsers can.
    function markFound(found) {
      if (!window.Highlight || !CSS.highlights) return;
      CSS.highlights.delete("found");
      if (!found.words) return;
      var ranges = [], lists = "main :is(.entries, .articles) > li:not([hidden]) :is(.what, .title, .summary), main .found-names a";
      all(lists).slice(0, MARKED).forEach(function (place) {
        var walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
        while (walker.nextNode())
          finder.engine().marks(walker.currentNode.data, found.words.terms).forEach(function (pair) {
            var range = new Range();
            range.setStart(walker.currentNode, pair[0]);
            range.setEnd(walker.currentNode, pair[1]);
            ranges.push(range);
          });
      });
      CSS.highlights.set("found", new Highlight(...ranges));
    }

    function tell(found, shown, total) {
      var text = form.getAttribute("data-shown").replace("%(shown)s", finder.digits(shown)).replace("%(all)s", finder.digits(total));
      form.querySelector(".shown").textContent = found.active ? text : "";
      hide(form.querySelector("[type=reset]"), !found.active);
      showAdvice(found);
      markFound(found);
    }

    function showArticleList(found) {
      var is = {}, shown = 0;
      found.articles.forEach(function (one) { is[one[0]] = true; });
      found.entries.forEach(function (one) {
        var out = found.active && !is[one[1]];
        if (!out) shown++;
        hide(one[0], out);
        showAround(one[0], found.active ? one[2].slice(root.length) : "");
      });
      tell(found, shown, found.entries.length);
    }

    function show(found) {
      last = found;
      entries = found.entries;
      if (found.words) {
        asked = found.words;
        asked.keep();
      }
      if (listed === "articles") return showArticleList(found);
      hits = found.hits;
      showFacets(found.facets);
      if (listed !== "events") {
        tell(found, found.shown, found.total);
        return view.drawn && view.drawn();
      }
      var shown = filterPage(found), everything = split && !own;
      if (split) filterYears(found);
      showNames(found.names);
      showEvents(found.events);
      showArticles(found.articles);
      hide(results, !found.names.length && !(found.events && found.events.rows.length));
      tell(found, everything ? found.shown : shown, everything ? found.total : entries.length);
      if (view.drawn) view.drawn();
      if (found.events && found.events.cut && found.events.rows.length < limit) goOn();
    }

    // What few parts of the data hold is shown; more are read once no further key comes.
    function goOn() {
      var now = turn;
      setTimeout(function () {
        if (now !== turn) return;
        reach += 4;
        refresh();
      }, PAUSE);
    }

    function apply(then) {
      var query = finder.address();
      if (query !== sought) {
        sought = query;
        limit = MANY;
        reach = AT_ONCE;
      }
      askTexts();
      refresh(then);
    }

    function refresh(then) {
      var now = ++turn, waiting = true;
      if (typeof then === "function") after.push(then);
      store().whole(
        compute,
        function (found) {
          waiting = false;
          if (now !== turn) return;
          finder.busy(false);
          finder.came();
          show(found);
          after.splice(0).forEach(function (one) { one(); });
        },
        function () {
          waiting = false;
          if (now === turn) finder.failed();
        }
      );
      if (waiting) finder.busy(true);
    }

    if (results && results.querySelector(".more"))
      results.querySelector(".more").addEventListener("click", function () {
        var before = results.querySelectorAll("ol a").length;
        limit += 2 * MANY;
        reach += 8;
        refresh(function () {
          var links = results.querySelectorAll("ol a");
          if (links[before]) links[before].focus();
        });
      });

    return {
      apply: apply,
      hits: function () { return hits; },
      placeOf: placeOf,
      ground: ground,
      href: hrefOf,
      // The data are others: their numbers are no longer those that were known.
      forget: function () { entries = asked = null; },
      last: function () { return last; },
      // What the axis shows: the years that are asked for, else those of the eras.
      range: function () {
        var days = (finder.state().era || []).map(eraOf).filter(Boolean);
        if (finder.range() || !days.length) return finder.range();
        return [Math.min.apply(null, days.map(function (one) { return one[0]; })), Math.max.apply(null, days.map(function (one) { return one[1]; }))];
      },
    };
  };
})();
