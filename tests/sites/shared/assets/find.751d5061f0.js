// The search of a timeline, of the list of articles and of the map: what is chosen, in the fields, in the address and
// in the history. Data, and what finds and shows, are scripts of their own (search.js, results.js), loaded when a
// reader first turns to the search: pages opened from a folder can load scripts and nothing else.
(function () {
  "use strict";
  var form = document.querySelector("form.finder");
  if (!form) return;

  // Milliseconds between two changes of the range of the axis that are two steps, and before a wait is told.
  var PAUSE = 1000, LATE = 400;

  var data = null, engine = null, shown = null;
  var waiting = [], fresh = false;
  // What is chosen: names of fields, each with its values.
  var state = {};
  var later = 0, drawn = 0, telling = 0;
  var at = "";
  var filters = form.querySelector("details.filters");

  function all(selector, inside) {
    return Array.prototype.slice.call((inside || document).querySelectorAll(selector));
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

  // A day as it is in the address: as short as it can be.
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
    if (shown) return then();
    waiting.push(then);
    if (waiting.length > 1) return;
    busy(true);
    var left = 3, broken = false;
    function came(well) {
      broken = broken || !well;
      if (--left) return;
      if (broken || !window.timelineData) failed();
      else arrived();
    }
    script(window.timelineSearch ? "" : form.getAttribute("data-engine"), came);
    script(window.timelineResults ? "" : form.getAttribute("data-results"), came);
    script(window.timelineData ? "" : form.getAttribute("data-source"), came);
  }

  // Loads the script at *address*; *then* hears whether it came.
  function script(address, then) {
    if (!address) return then(true);
    var element = document.createElement("script");
    element.src = address;
    element.onload = element.onerror = function (event) {
      element.remove();
      then(event.type === "load");
    };
    document.head.appendChild(element);
  }

  function arrived() {
    data = window.timelineData;
    engine = window.timelineSearch(data, form.getAttribute("data-source").replace(/\.js$/, "/"), script);
    if (shown) shown.forget();
    else shown = window.timelineResults(finder);
    busy(false);
    waiting.splice(0).forEach(function (then) {
      then();
    });
  }

  // A part that does not come may be of data that were published anew meanwhile: once they are asked for again.
  function failed() {
    var begun = Boolean(shown), source = form.getAttribute("data-source");
    if (!begun || fresh || location.protocol === "file:") return lost();
    fresh = true;
    script(source + "?" + Date.now(), function (well) {
      if (!well) return lost();
      arrived();
      shown.apply();
    });
  }

  function lost() {
    waiting = [];
    busy(false);
    fresh = false;
    form.querySelector(".shown").textContent = form.getAttribute("data-failed");
  }

  // Data that take their time are seen to come, and heard.
  function busy(on) {
    clearTimeout(telling);
    if (on) form.setAttribute("aria-busy", "true");
    else form.removeAttribute("aria-busy");
    if (on)
      telling = setTimeout(function () {
        form.querySelector(".shown").textContent = form.getAttribute("data-loading");
      }, LATE);
  }

  // ------------------------------------------------------------ the state, in the fields and in the address

  // Names of fields: those that are typed in, and those of which several values may be chosen.
  function typedIn() {
    return all("input:not([type=checkbox])[name]", form);
  }

  function groups() {
    return all("[data-group]", form).map(function (one) {
      return one.getAttribute("data-group");
    });
  }

  function read() {
    var before = state;
    state = {};
    typedIn().forEach(function (field) {
      var value = field.value.trim();
      if (value) state[field.name] = [value];
    });
    groups().forEach(function (name) {
      if (before[name]) state[name] = before[name];
    });
  }

  function show() {
    typedIn().forEach(function (field) {
      field.value = (state[field.name] || [""])[0];
    });
  }

  // Adds a value to those that are chosen, or takes it away.
  function choose(name, value, on) {
    read();
    var values = (state[name] || []).filter(function (one) { return one !== value; });
    if (on) values.push(value);
    delete state[name];
    if (values.length) state[name] = values;
    update();
  }

  function fromAddress() {
    var known = typedIn().map(function (field) { return field.name; }), several = groups();
    var hash = location.hash.slice(1);
    state = {};
    if (hash.indexOf("=") < 0) return false;
    new URLSearchParams(hash).forEach(function (value, name) {
      if (name === "at") at = value;
      if (!value) return;
      if (known.indexOf(name) >= 0) state[name] = [value];
      else if (several.indexOf(name) >= 0 && (state[name] || []).indexOf(value) < 0) state[name] = (state[name] || []).concat(value);
    });
    return Object.keys(state).length > 0;
  }

  function address() {
    var params = new URLSearchParams();
    Object.keys(state).forEach(function (name) {
      state[name].forEach(function (value) {
        params.append(name, value);
      });
    });
    var text = params.toString();
    return text ? "#" + text : "";
  }

  // A choice is a step that Back undoes; each letter of a search is none.
  function keep(step) {
    var hash = address(), there = hash || location.pathname + location.search;
    if (hash === location.hash || (!hash && location.hash.indexOf("=") < 0)) return;
    if (step) history.pushState(null, "", there);
    else history.replaceState(null, "", there);
  }

  function range() {
    var from = daysOf((state.from || [""])[0]), to = daysOf((state.to || [""])[0]);
    if (!from && !to) return null;
    return [from ? from[0] : -Infinity, to ? to[1] : Infinity];
  }

  function update(same) {
    clearTimeout(later);
    keep(!same);
    load(follow);
  }

  function follow() {
    shown.apply();
  }

  // Each letter is followed at once; the address, which browsers let no script change too often, after a moment.
  function typed(event) {
    if (!event.target.name || event.target.type === "checkbox") return;
    clearTimeout(later);
    read();
    load(follow);
    later = setTimeout(keep, 150);
  }

  // What finds and shows gets of this script.
  var finder = {
    form: form,
    digits: digits,
    civil: civil,
    range: range,
    address: address,
    choose: choose,
    busy: busy,
    failed: failed,
    came: function () { fresh = false; },
    engine: function () { return engine; },
    data: function () { return data; },
    state: function () { return state; },
    // Takes *wish* for all that is chosen.
    become: function (wish) {
      state = wish;
      show();
      update();
    },
  };

  // What the axis, the map, the search of whole texts and the way to another language share.
  var view = (window.timelineView = finder.view = {
    load: load,
    civil: civil,
    dayNumber: dayNumber,
    digits: digits,
    address: address,
    wanted: function (text) { return engine.wanted(text); },
    search: function (text) { return engine.search(text); },
    marks: function (text, terms) { return engine.marks(text, terms); },
    drawn: null,
    data: function () { return data; },
    hits: function () { return shown ? shown.hits() : null; },
    range: function () { return shown ? shown.range() : null; },
    // What *make* makes of the data, once all that this takes is there.
    whole: function (make, then) {
      load(function () {
        engine.store.whole(make, then, function () {});
      });
    },
    columns: function () { return shown && engine.store.columns(); },
    ground: function () { return shown.ground(); },
    row: function (number) { return engine.store.row("rows", number); },
    there: function (make) { return engine.store.there(make); },
    placeOf: function (id) { return shown.placeOf(id); },
    href: function (number, row) { return shown.href(number, row); },
    again: function () { if (shown) shown.apply(); },
    // The days that the list is to follow; null for all.
    select: function (days) {
      read();
      delete state.from;
      delete state.to;
      if (days) {
        state.from = [textOf(days[0], false)];
        state.to = [textOf(days[1], true)];
      }
      show();
      // To draw the axis along is one step, however many ranges it passes.
      var now = Date.now();
      update(now - drawn < PAUSE);
      drawn = now;
    },
  });

  form.hidden = false;
  all(".year-field input", form).forEach(function (field) {
    field.inputMode = "numeric";
  });
  form.addEventListener("input", typed);
  form.addEventListener("change", function (event) {
    if (event.target.type === "checkbox") choose(event.target.name, event.target.value, event.target.checked);
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    read();
    update();
  });
  form.addEventListener("reset", function (event) {
    event.preventDefault();
    finder.become({});
    form.elements.q.focus();
  });
  ["focusin", "pointerenter"].forEach(function (name) {
    form.addEventListener(name, function () {
      load(function () {});
    });
  });
  if (filters)
    filters.addEventListener("toggle", function () {
      if (filters.open) load(follow);
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
    if (event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]")) return;
    event.preventDefault();
    if (filters) filters.open = true;
    form.elements.q.focus();
  });

  function begin() {
    show();
    var chosen = Object.keys(state).some(function (name) { return name !== "from" && name !== "to"; });
    if (filters && chosen) filters.open = true;
    shown.apply(function () {
      // The event that was in view in another language.
      var entry = at && document.getElementById("e-" + at);
      if (entry && !entry.hidden) entry.scrollIntoView();
      at = "";
    });
  }

  if (fromAddress()) load(begin);

  // An event that was on this page before its years got pages of their own.
  if (form.hasAttribute("data-split") && !form.getAttribute("data-year") && /^#e-./.test(location.hash)) {
    var id = decodeURIComponent(location.hash.slice(3));
    if (!document.getElementById("e-" + id))
      view.whole(
        function () { return engine.placeOf(id); },
        function (place) {
          var href = place < 0 ? "" : shown.href(place, [id]);
          if (href && href[0] !== "#") location.replace(href.replace("/#", location.protocol === "file:" ? "/index.html#" : "/#"));
        }
      );
  }
})();
