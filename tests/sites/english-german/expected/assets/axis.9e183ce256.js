// The axis of a timeline, made one that can be moved: wheel, drag, pinch, keys and buttons. What it shows is
// the range that the list follows. Until a reader turns to it, and whenever it shows the whole span, the
// picture that came with the page stays, with its links; else a canvas draws what is seen.
(function () {
  "use strict";
  var view = window.timelineView;
  var nav = document.querySelector("nav.axis");
  if (!view || !nav) return;

  var LO = 4, HI = 5, MARKS = 6, WEIGHT = 7, TITLE = 1;
  var SPAN = 1, GOING_ON = 4;
  var HEIGHT = 160, BASE = 98, ROWS = 4, FEW = 200, FEW_ENOUGH = 60, LEAST = 4;

  var rtl = document.documentElement.dir === "rtl";
  var picture = nav.querySelector(".axis-picture");
  var tools = nav.querySelector(".axis-tools");
  var full = [+nav.getAttribute("data-lo"), +nav.getAttribute("data-hi") + 1];
  var seen = full.slice();
  var stage = document.createElement("div");
  var canvas = document.createElement("canvas");
  var pen = canvas.getContext("2d");
  var width = 0, stale = true;
  var ink = {};
  var waiting = 0, settling = 0, scrolled = 0;
  var pointers = new Map();
  var drag = null, pinch = 0, chosen = null;
  var spots = [];
  var wide = null, close = null, lows = null, highs = null;

  stage.className = "axis-stage";
  stage.tabIndex = 0;
  stage.setAttribute("role", "group");
  stage.setAttribute("aria-label", nav.getAttribute("aria-label"));
  stage.setAttribute("aria-describedby", "axis-keys");
  canvas.setAttribute("aria-hidden", "true");
  canvas.hidden = true;
  picture.parentNode.insertBefore(stage, picture);
  stage.appendChild(picture);
  stage.appendChild(canvas);
  tools.hidden = false;
  document.getElementById("axis-keys").hidden = false;

  // ------------------------------------------------------------ places

  function isFull() {
    return seen[0] <= full[0] && seen[1] >= full[1];
  }

  function placeOf(day) {
    var way = ((day - seen[0]) / (seen[1] - seen[0])) * width;
    return rtl ? width - way : way;
  }

  function dayAt(place) {
    var way = rtl ? width - place : place;
    return seen[0] + (way / width) * (seen[1] - seen[0]);
  }

  function move(lo, hi) {
    // Of an axis without a width no day can be told; to draw one would never end.
    if (!isFinite(lo) || !isFinite(hi)) return;
    var size = Math.min(Math.max(hi - lo, LEAST), full[1] - full[0]);
    var middle = (lo + hi) / 2;
    var first = Math.min(Math.max(middle - size / 2, full[0]), full[1] - size);
    seen = [first, first + size];
    draw();
    clearTimeout(settling);
    settling = setTimeout(settle, 160);
  }

  function zoom(factor, around) {
    var middle = around === undefined ? (seen[0] + seen[1]) / 2 : around;
    move(middle - (middle - seen[0]) * factor, middle + (seen[1] - middle) * factor);
  }

  function pan(share) {
    var way = share * (seen[1] - seen[0]);
    move(seen[0] + way, seen[1] + way);
  }

  function settle() {
    view.select(isFull() ? null : [Math.round(seen[0]), Math.max(Math.round(seen[1]) - 1, Math.round(seen[0]))]);
  }

  // ------------------------------------------------------------ drawing

  function colours() {
    var style = getComputedStyle(document.documentElement);
    var forced = matchMedia("(forced-colors: active)").matches;
    var system = { paper: "Canvas", ink: "CanvasText", quiet: "CanvasText", line: "GrayText", tint: "Canvas", accent: "Highlight", second: "CanvasText" };
    Object.keys(system).forEach(function (name) {
      ink[name] = forced ? system[name] : style.getPropertyValue("--" + name).trim();
    });
    ink.face = getComputedStyle(stage).fontFamily;
  }

  // Days as two plain arrays: they are gone through at every frame.
  function prepare() {
    var events = view.data().events, number = events.length;
    var ranks = new Float64Array(number);
    lows = new Float64Array(number);
    highs = new Float64Array(number);
    wide = [];
    close = [];
    for (var i = 0; i < number; i++) {
      var event = events[i], lo = event[LO], hi = event[HI];
      if (lo === null && hi === null) {
        lows[i] = highs[i] = NaN;
        continue;
      }
      if (lo === null) lo = hi;
      if (hi === null) hi = event[MARKS] & GOING_ON ? full[1] : lo;
      lows[i] = lo;
      highs[i] = hi + 1;
      ranks[i] = event[WEIGHT] * 1e9 + Math.min(hi - lo, 1e8);
      (event[MARKS] & SPAN || hi - lo > 1 ? wide : close).push(i);
    }
    var order = function (one, other) {
      return ranks[other] - ranks[one];
    };
    wide.sort(order);
    close.sort(order);
  }

  function draw() {
    if (!waiting) waiting = requestAnimationFrame(paint);
  }

  function paint() {
    waiting = 0;
    if (!view.data()) return view.load(draw);
    if (!lows) prepare();
    var plain = isFull() && !view.hits() && !chosen;
    if (plain === !canvas.hidden) {
      canvas.hidden = plain;
      picture.classList.toggle("away", !plain);
    }
    if (plain) return;
    fit();
    spots = [];
    pen.clearRect(0, 0, width, HEIGHT);
    paintEras();
    paintDensity();
    paintTicks();
    paintBars();
    paintDots();
    if (chosen) {
      pen.globalAlpha = 0.25;
      pen.fillStyle = ink.accent;
      pen.fillRect(Math.min(chosen[0], chosen[1]), 0, Math.abs(chosen[1] - chosen[0]), 132);
      pen.globalAlpha = 1;
    }
  }

  function fit() {
    var wanted = stage.clientWidth, scale = window.devicePixelRatio || 1;
    if (!stale && wanted === width && canvas.width === Math.round(wanted * scale)) return;
    width = wanted;
    stale = false;
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(HEIGHT * scale);
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.direction = rtl ? "rtl" : "ltr";
    pen.textAlign = "center";
    colours();
  }

  function paintEras() {
    var ends = [];
    view.data().eras.forEach(function (era) {
      var from = placeOf(era[3] === null ? full[0] : era[3]), to = placeOf(era[4] === null ? full[1] : era[4] + 1);
      var left = Math.max(Math.min(from, to), 0), right = Math.min(Math.max(from, to), width);
      if (right <= 0 || left >= width) return;
      // Eras come in the order of time, which runs to the left where the page does.
      var begins = rtl ? width - right : left;
      var row = ends.length && begins < ends[0] ? 1 : 0;
      ends[row] = rtl ? width - left : right;
      pen.globalAlpha = 0.28;
      pen.fillStyle = ink.line;
      pen.fillRect(left, row * 20, right - left, 132 - row * 20);
      pen.globalAlpha = 1;
      pen.fillStyle = ink.line;
      pen.fillRect(left, row * 20, 1, 132 - row * 20);
      pen.font = "13px " + ink.face;
      if (pen.measureText(era[1]).width > right - left - 8) return;
      pen.fillStyle = ink.quiet;
      pen.fillText(era[1], (left + right) / 2, row * 20 + 15);
    });
  }

  function counted(hits) {
    var bins = Math.max(Math.floor(width / 3), 1), steps = new Float64Array(bins + 1), factor = bins / (seen[1] - seen[0]);
    for (var i = 0; i < lows.length; i++) {
      if (hits && !hits[i]) continue;
      if (!(highs[i] > seen[0] && lows[i] < seen[1])) continue;
      var first = Math.max(Math.floor((lows[i] - seen[0]) * factor), 0);
      var last = Math.min(Math.max(Math.ceil((highs[i] - seen[0]) * factor), first + 1), bins);
      var weight = 1 / Math.max((highs[i] - lows[i]) * factor, 1);
      steps[first] += weight;
      steps[last] -= weight;
    }
    for (var at = 1; at <= bins; at++) steps[at] += steps[at - 1];
    return steps.subarray(0, bins);
  }

  function paintDensity() {
    pen.fillStyle = ink.line;
    pen.fillRect(0, BASE, width, 1);
    if (lows.length <= FEW_ENOUGH) return;
    var hits = view.hits(), everything = counted(null), most = 1;
    for (var i = 0; i < everything.length; i++) if (everything[i] > most) most = everything[i];
    area(everything, most, hits ? ink.line : ink.quiet, hits ? 0.6 : 0.35);
    if (hits) area(counted(hits), most, ink.accent, 0.6);
  }

  function area(counts, most, colour, alpha) {
    var size = width / counts.length;
    pen.fillStyle = colour;
    pen.globalAlpha = alpha;
    pen.beginPath();
    for (var i = 0; i < counts.length; i++) {
      var high = Math.sqrt(Math.max(counts[i], 0) / most) * 56;
      if (high > 0.3) pen.rect(rtl ? width - (i + 1) * size : i * size, BASE - high, size, high);
    }
    pen.fill();
    pen.globalAlpha = 1;
  }

  // Years, months or days: the finest that leave room for their names.
  function paintTicks() {
    var data = view.data(), days = seen[1] - seen[0], room = Math.max(Math.floor(width / 64), 2);
    pen.font = "13px " + ink.face;
    var step = [1, 2, 7, 14].filter(function (size) { return days / size <= room; })[0];
    if (step) return dayTicks(step, data);
    step = [1, 3, 6].filter(function (size) { return days / 30.4 / size <= room; })[0];
    if (step) return monthTicks(step, data);
    var years = days / 365.2425, size = 1;
    while (years / size > room) size *= String(size)[0] === "2" ? 2.5 : 2;
    for (var year = Math.floor(view.civil(Math.floor(seen[0]))[0] / size) * size; ; year += size) {
      var day = view.dayNumber(year, 1, 1);
      if (day > seen[1]) return;
      tick(day, view.dayNumber(year + size, 1, 1), yearText(year, data));
    }
  }

  function monthTicks(step, data) {
    var start = view.civil(Math.floor(seen[0])), number = start[0] * 12 + Math.floor((start[1] - 1) / step) * step;
    for (; ; number += step) {
      var year = Math.floor(number / 12), month = number - year * 12, next = number + step;
      var day = view.dayNumber(year, month + 1, 1);
      if (day > seen[1]) return;
      tick(day, view.dayNumber(Math.floor(next / 12), (next % 12 + 12) % 12 + 1, 1), month ? data.months[month] : yearText(year, data));
    }
  }

  function dayTicks(step, data) {
    for (var day = Math.floor(seen[0] / step) * step; day <= seen[1]; day += step) {
      var date = view.civil(day);
      tick(day, day + step, view.digits(date[2]) + " " + data.months[date[1] - 1]);
    }
  }

  function yearText(year, data) {
    var number = view.digits(year > 0 ? year : 1 - year);
    var pattern = year <= 0 ? data.before : year < 1000 || year > 9999 ? data.after : "";
    return pattern ? pattern.replace("{y}", number) : number;
  }

  function tick(day, next, text) {
    var from = placeOf(day), to = placeOf(next);
    pen.fillStyle = ink.line;
    pen.fillRect(from, 128, 1, 6);
    pen.fillStyle = ink.quiet;
    var left = Math.max(Math.min(from, to), 0), right = Math.min(Math.max(from, to), width);
    if (pen.measureText(text).width < right - left) pen.fillText(text, (left + right) / 2, 151);
  }

  function paintBars() {
    var rows = [[], [], [], []], hits = view.hits(), drawn = 0;
    for (var i = 0; i < wide.length && drawn < 60; i++) {
      var number = wide[i];
      if (hits && !hits[number]) continue;
      if (!(highs[number] > seen[0] && lows[number] < seen[1])) continue;
      var one = placeOf(lows[number]), other = placeOf(highs[number]);
      var left = Math.max(Math.min(one, other), 0), right = Math.min(Math.max(one, other), width);
      if (right - left < 4 || (lows.length > FEW_ENOUGH && right - left > 0.9 * width)) continue;
      var event = view.data().events[number];
      if (!(event[MARKS] & SPAN) && right - left > width / 2) continue;
      var row = rows.findIndex(function (taken) {
        return taken.every(function (pair) { return left > pair[1] + 3 || right + 3 < pair[0]; });
      });
      if (row < 0) continue;
      rows[row].push([left, right]);
      drawn++;
      pen.globalAlpha = event[MARKS] & SPAN ? 0.85 : 0.35;
      pen.fillStyle = ink.second;
      pen.fillRect(left, 102 + row * 7, right - left, 5);
      spots.push([(left + right) / 2, 104 + row * 7, (right - left) / 2, number]);
    }
    pen.globalAlpha = 1;
  }

  function paintDots() {
    var hits = view.hits(), shown = [], names = [], events = view.data().events;
    for (var i = 0; i < close.length && shown.length <= FEW; i++) {
      var number = close[i];
      if ((!hits || hits[number]) && highs[number] > seen[0] && lows[number] < seen[1]) shown.push(number);
    }
    if (shown.length > FEW) shown = shown.filter(function (one) { return events[one][WEIGHT] > 3; });
    var stacks = {};
    pen.fillStyle = ink.accent;
    pen.font = "13px " + ink.face;
    shown.forEach(function (number) {
      var place = placeOf((lows[number] + highs[number]) / 2), column = Math.round(place / 9), high = stacks[column] || 0;
      stacks[column] = high + 1;
      if (high > 4) return;
      var y = 93 - high * 9, weight = events[number][WEIGHT];
      pen.beginPath();
      pen.arc(place, y, weight < 4 ? 3 : weight, 0, 7);
      pen.fill();
      spots.push([place, y, 6, number]);
      if (!high && names.length < 12 && shown.length < 80) label(place, events[number][TITLE], names);
    });
  }

  function label(place, text, names) {
    var shown = text.length > 32 ? text.slice(0, 31) + "…" : text, half = pen.measureText(shown).width / 2;
    if (place - half < 0 || place + half > width) return;
    if (names.some(function (taken) { return Math.abs(taken[0] - place) < taken[1] + half + 12; })) return;
    names.push([place, half]);
    pen.fillStyle = ink.ink;
    pen.fillText(shown, place, 38);
    pen.fillStyle = ink.line;
    pen.fillRect(place, 42, 1, 40);
    pen.fillStyle = ink.accent;
  }

  // ------------------------------------------------------------ hands

  function at(event) {
    return event.clientX - stage.getBoundingClientRect().left;
  }

  function spotAt(event) {
    if (canvas.hidden) return null;
    var box = stage.getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
    return spots.filter(function (spot) {
      return Math.abs(spot[0] - x) <= Math.max(spot[2], 8) && Math.abs(spot[1] - y) <= 8;
    })[0];
  }

  stage.addEventListener("wheel", function (event) {
    // Whoever scrolls the page past the axis goes on scrolling it.
    if (event.timeStamp - scrolled < 350) return;
    event.preventDefault();
    width = stage.clientWidth;
    var sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (sideways) pan(((rtl ? -1 : 1) * event.deltaX) / width);
    else zoom(Math.exp(Math.max(Math.min(event.deltaY, 120), -120) / 400), dayAt(at(event)));
  }, { passive: false });

  window.addEventListener("scroll", function (event) {
    scrolled = event.timeStamp;
  }, { passive: true });

  stage.addEventListener("pointerdown", function (event) {
    if (event.button || (canvas.hidden && event.target.closest("a"))) return;
    width = stage.clientWidth;
    pointers.set(event.pointerId, at(event));
    drag = { x: at(event), seen: seen.slice(), selecting: event.shiftKey || isFull(), moved: false };
    if (pointers.size === 2) {
      var places = Array.from(pointers.values());
      pinch = Math.abs(places[0] - places[1]);
      drag.days = places.map(dayAt);
      chosen = null;
    }
  });

  stage.addEventListener("pointermove", function (event) {
    if (!pointers.has(event.pointerId)) return hover(event);
    pointers.set(event.pointerId, at(event));
    if (pointers.size === 2 && pinch) return pinched();
    var way = at(event) - drag.x;
    if (!drag.moved && Math.abs(way) < 4) return;
    if (!drag.moved) stage.setPointerCapture(event.pointerId);
    drag.moved = true;
    if (drag.selecting) {
      chosen = [drag.x, at(event)];
      return draw();
    }
    var days = (((rtl ? 1 : -1) * way) / width) * (drag.seen[1] - drag.seen[0]);
    move(drag.seen[0] + days, drag.seen[1] + days);
  });

  function pinched() {
    var places = Array.from(pointers.values());
    var now = Math.max(Math.abs(places[0] - places[1]), 8);
    drag.moved = true;
    var size = ((drag.seen[1] - drag.seen[0]) * pinch) / now;
    var middle = (drag.days[0] + drag.days[1]) / 2, way = (places[0] + places[1]) / 2 / width;
    var before = (rtl ? 1 - way : way) * size;
    move(middle - before, middle - before + size);
  }

  function hover(event) {
    var spot = spotAt(event);
    var text = spot ? view.data().events[spot[3]][TITLE] : "";
    if (canvas.title !== text) canvas.title = text;
    stage.classList.toggle("on-event", Boolean(spot));
  }

  function released(event) {
    if (!pointers.delete(event.pointerId)) return;
    if (pointers.size) return;
    pinch = 0;
    if (chosen) {
      var days = chosen.map(dayAt).sort(function (one, other) { return one - other; });
      chosen = null;
      if (event.type === "pointerup") return move(days[0], days[1]);
      return draw();
    }
    var spot = !drag.moved && spotAt(event);
    if (spot) location.href = view.page(view.data().events[spot[3]]).querySelector("a").href;
  }
  stage.addEventListener("pointerup", released);
  stage.addEventListener("pointercancel", released);

  stage.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    var steps = { ArrowLeft: rtl ? 0.2 : -0.2, ArrowRight: rtl ? -0.2 : 0.2 };
    if (steps[event.key]) pan(steps[event.key]);
    else if (event.key === "+" || event.key === "=") zoom(0.7);
    else if (event.key === "-" || event.key === "_") zoom(1 / 0.7);
    else if (event.key === "Home" || event.key === "0") move(full[0], full[1]);
    else return;
    event.preventDefault();
  });

  tools.addEventListener("click", function (event) {
    var what = event.target.getAttribute("data-do");
    if (what === "in") zoom(0.5);
    if (what === "out") zoom(2);
    if (what === "earlier") pan(-0.5);
    if (what === "later") pan(0.5);
    if (what === "all") move(full[0], full[1]);
  });

  // Who comes near is about to move it, or to search.
  function ready() {
    view.load(function () {
      if (!lows) prepare();
    });
  }

  [stage, document.getElementById("find")].forEach(function (part) {
    part.addEventListener("pointerenter", ready);
    part.addEventListener("focusin", ready);
  });

  // ------------------------------------------------------------ what changes elsewhere

  view.drawn = function () {
    var days = view.range();
    if (!pointers.size) {
      var lo = days ? Math.max(days[0], full[0]) : full[0], hi = days ? Math.min(days[1] + 1, full[1]) : full[1];
      if (hi - lo >= 1) seen = [lo, Math.max(hi, lo + LEAST)];
    }
    // The width stays: a hand that is at work on the axis reckons with it.
    stale = true;
    draw();
  };

  new ResizeObserver(function () {
    if (!canvas.hidden) draw();
  }).observe(stage);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () {
    stale = true;
    if (!canvas.hidden) draw();
  });
})();
