// The axis of a timeline, made one that can be moved: drag, pinch, keys, buttons, and the wheel with Ctrl. What it
// shows is the range that the list follows. While it shows the whole span, the picture that came with the page
// stays, with its links; else the same is drawn anew for what is seen, as docs/axis.md says.
(function () {
  "use strict";
  var view = window.timelineView, layout = window.axisLayout;
  var nav = document.querySelector("nav.axis");
  if (!view || !layout || !nav) return;

  var ID = 0, TITLE = 1, LANG = 2, DATE = 3;
  var SPAN = 1, GOING_ON = 4;
  var FEW = 60, SHOWN = 40, LEAST = 4, DOT = 0.62, LEVELS = 5, THIN = 0.012, LONGEST = 11, WHOLE = 20, LINE = 6, NEVER = 1000, WIDE = 44, LANE = 1.65, GAP = 0.6;
  // Events whose figures are read for a search only, at most, and milliseconds without a key before they are.
  var MANY = 20000, CALM = 500;

  var rtl = document.documentElement.dir === "rtl";
  var picture = nav.querySelector(".axis-picture");
  var tools = nav.querySelector(".axis-buttons");
  var said = nav.querySelector(".axis-range");
  var whole = said.innerHTML;
  var full = [+nav.dataset.lo, +nav.dataset.hi + 1];
  var folded = nav.dataset.folds.trim().split(" ").filter(Boolean).map(function (fold) {
    return fold.split(":").map(Number);
  });
  var scale = layout.scale(full[0], full[1] - 1, folded);
  var rows = { eras: +nav.dataset.eras, names: +nav.dataset.names, lines: +nav.dataset.lines, bars: +nav.dataset.bars };
  // The groups that have a row each, as the legend names them.
  var groups = Array.from(nav.querySelectorAll(".legend li")).map(function (item) {
    var name = item.querySelector("a");
    return { id: item.dataset.id, classes: item.className, name: name ? name.textContent : "" };
  });
  var top = rows.eras * 1.6 + rows.names * 1.25 + 0.9, base = top + (groups.length ? groups.length * LANE : 3.3);
  var floor = groups.length ? base : base + 0.4 + rows.bars * 0.5;
  var least = Math.min(LEAST * scale.even, 1);
  // What is seen, as shares of the whole way: so a reader moves to where the events are, and never into a fold.
  var seen = [0, 1];
  var stage = document.createElement("div");
  var live = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  var card = document.createElement("div");
  var pen = document.createElement("canvas").getContext("2d");
  var width = 0, rem = 16, waiting = 0, settling = 0;
  var pointers = new Map();
  var drag = null, pinch = 0, chosen = null, moved = false;
  var shownFor = null;
  // What is not shown lends no masks: the picture that moves has its own.
  var fades = picture.querySelector("defs").outerHTML.replace(/(id="|url\(#)/g, "$1live-");
  var all = null, order = null, lows = null, highs = null, laneOf = null, asked = "", calm = 0;

  stage.className = "axis-stage";
  stage.tabIndex = 0;
  stage.setAttribute("role", "group");
  stage.setAttribute("aria-label", nav.getAttribute("aria-label"));
  stage.setAttribute("aria-describedby", "axis-keys");
  live.setAttribute("class", picture.getAttribute("class") + " live away");
  live.setAttribute("width", "100%");
  live.setAttribute("height", picture.getAttribute("height"));
  live.setAttribute("direction", rtl ? "rtl" : "ltr");
  card.className = "axis-card";
  card.hidden = true;
  picture.parentNode.insertBefore(stage, picture);
  stage.append(picture, live, card);
  tools.hidden = false;
  said.setAttribute("role", "status");
  document.getElementById("axis-keys").hidden = false;

  // ------------------------------------------------------------ places

  function isFull() {
    return seen[0] <= 0 && seen[1] >= 1;
  }

  function days() {
    return seen.map(scale.dayAt);
  }

  function share(day) {
    return (scale.along(day) - seen[0]) / (seen[1] - seen[0]);
  }

  function wayAt(place) {
    return seen[0] + ((rtl ? width - place : place) / width) * (seen[1] - seen[0]);
  }

  function move(lo, hi) {
    // Of an axis without a width no place can be told; to draw one would never end.
    if (!isFinite(lo) || !isFinite(hi)) return;
    var size = Math.min(Math.max(hi - lo, least), 1);
    var first = Math.min(Math.max((lo + hi - size) / 2, 0), 1 - size);
    seen = [first, first + size];
    draw();
    clearTimeout(settling);
    settling = setTimeout(settle, 160);
  }

  function zoom(factor, around) {
    var middle = around === undefined ? (seen[0] + seen[1]) / 2 : around;
    move(middle - (middle - seen[0]) * factor, middle + (seen[1] - middle) * factor);
  }

  function pan(part) {
    var way = part * (seen[1] - seen[0]);
    way = Math.min(Math.max(way, -seen[0]), 1 - seen[1]);
    move(seen[0] + way, seen[1] + way);
  }

  function settle() {
    var range = days();
    view.select(isFull() ? null : [Math.round(range[0]), Math.max(Math.round(range[1]) - 1, Math.round(range[0]))]);
  }

  // ------------------------------------------------------------ events

  function prepare() {
    var columns = view.columns(), open = view.ground();
    if (!columns) return;
    all = columns;
    lows = new Float64Array(all.lo.length);
    highs = new Float64Array(all.lo.length);
    order = [];
    laneOf = all.ids.map(function (id, name) {
      return groups.findIndex(function (group) { return group.id === all.groups[name] + "/" + id; });
    });
    open.forEach(function (is, number) {
      var lo = all.lo[number], hi = all.hi[number];
      if (lo !== lo) lo = hi;
      if (hi !== hi) hi = all.marks[number] & GOING_ON ? full[1] - 1 : lo;
      lows[number] = lo;
      highs[number] = hi + 1;
      if (is && lo === lo) order.push(number);
    });
    order.sort(function (one, other) {
      return all.weight[other] - all.weight[one] || one - other;
    });
  }

  // Those in view, the most important first.
  function inView() {
    var hits = view.hits(), range = days();
    return order.filter(function (number) {
      return (!hits || hits[number]) && highs[number] > range[0] && lows[number] < range[1];
    });
  }

  // The row of an event: that of the first of its names that has one, else the last.
  function lane(number) {
    if (!groups.length) return 0;
    for (var at = all.starts[number]; at < all.starts[number + 1]; at++) if (laneOf[all.named[at]] >= 0) return laneOf[all.named[at]];
    return groups.length - 1;
  }

  function textSize(text) {
    return pen.measureText(text).width / rem;
  }

  function shortened(text) {
    if (textSize(text) <= LONGEST) return text;
    var words = text.split(" "), kept = words.shift();
    while (words.length && textSize(kept + " " + words[0] + "…") <= LONGEST) kept += " " + words.shift();
    return kept + "…";
  }

  // ------------------------------------------------------------ drawing

  function draw() {
    if (!waiting) waiting = requestAnimationFrame(paint);
  }

  function paint() {
    waiting = 0;
    if (!order) return view.whole(prepare, draw);
    var plain = isFull() && !view.hits() && !chosen;
    picture.classList.toggle("away", !plain);
    live.classList.toggle("away", plain);
    enable();
    tell();
    if (plain) return;
    measure();
    var found = inView(), held = live.contains(document.activeElement) && document.activeElement.getAttribute("href");
    var inRows = groups.length ? lanes(found) : ["", ""];
    live.innerHTML =
      fades + eras() + (groups.length ? inRows[0] : found.length > FEW ? density(found, top, 3.3) : "") + line(0, base, 1, 'class="line"') + folds() +
      marks(found.slice(0, found.length > FEW ? SHOWN : FEW)) + inRows[1] + ticks() + choice();
    var again = held && live.querySelector('[href="' + CSS.escape(held) + '"]');
    if (again) again.focus({ preventScroll: true });
  }

  function measure() {
    var style = getComputedStyle(stage);
    width = stage.clientWidth;
    rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    pen.font = 0.8125 * rem + "px " + style.fontFamily;
  }

  function escape(text) {
    return text.replace(/[&<>"]/g, function (sign) { return "&#" + sign.charCodeAt(0) + ";"; });
  }

  // A place on the screen, in hundredths from the left.
  function x(way) {
    return (rtl ? 1 - way : way) * 100;
  }

  function box(from, to, y, height, more) {
    var left = Math.min(x(from), x(to));
    return '<rect x="' + left + '%" y="' + y + 'rem" width="' + Math.abs(x(to) - x(from)) + '%" height="' + height + 'rem" ' + more + "/>";
  }

  function line(from, y, to, more) {
    return '<rect x="' + Math.min(x(from), x(to)) + '%" y="' + y + 'rem" width="' + Math.abs(x(to) - x(from)) + '%" height="1" ' + more + "/>";
  }

  function upright(way, y, height, more) {
    return '<rect x="' + x(way) + '%" y="' + y + 'rem" width="1" height="' + height + 'rem" ' + more + "/>";
  }

  function text(way, y, anchor, words, more) {
    return '<text x="' + x(way) + '%" y="' + y + 'rem" text-anchor="' + anchor + '" ' + (more || "") + ">" + escape(words) + "</text>";
  }

  function eras() {
    var ends = [], bands = [];
    if (!rows.eras) return "";
    view.data().eras.forEach(function (era) {
      var from = Math.max(share(era[3] === null ? full[0] : era[3]), 0);
      var to = Math.min(share(era[4] === null ? full[1] : era[4] + 1), 1);
      if (to <= 0 || from >= 1 || to <= from) return;
      var row = 0;
      while (row < ends.length && from < ends[row] - 1e-9) row++;
      row = Math.min(row, Math.max(rows.eras, 1) - 1);
      ends[row] = Math.max(ends[row] || 0, to);
      bands.push([era, from, to, row]);
    });
    return bands.map(function (band) {
      var after = Math.min.apply(null, [1].concat(bands.filter(function (other) {
        return other[3] === band[3] && other[1] > band[1];
      }).map(function (other) { return other[1]; })));
      var room = (after - band[1]) * width / rem, y = band[3] * 1.6;
      return '<g class="band">' + box(band[1], band[2], y, 1.5, "") +
        (textSize(band[0][1]) + 0.8 <= room ? text(band[1], y + 1.05, "start", band[0][1], 'dx="' + (rtl ? -0.4 : 0.4) + 'rem"') : "") + "</g>";
    }).join("");
  }

  // How many events there are at what time: all, and those of weight; in groups, those of each in its row.
  function density(found, y, height, most) {
    var total = counted(found), heavy = counted(found.filter(function (number) { return all.weight[number] > 3; }));
    most = most || Math.max.apply(null, total);
    return '<svg y="' + y + 'rem" width="100%" height="' + height + 'rem" viewBox="0 0 1000 100" preserveAspectRatio="none">' +
      outline(total, most, "density") + (groups.length ? "" : outline(heavy, most, "density weighty")) + "</svg>";
  }

  function counted(found) {
    var bins = Math.max(Math.floor(width / 4), 1), counts = new Float64Array(bins);
    found.forEach(function (number) {
      var first = Math.min(Math.max(Math.floor(share(lows[number]) * bins), 0), bins - 1);
      var last = Math.min(Math.max(Math.floor(share(highs[number] - 1) * bins), first), bins - 1);
      for (var at = first; at <= last; at++) counts[at] += 1 / (last - first + 1);
    });
    return counts;
  }

  function outline(counts, most, name) {
    var path = "M0 100", bins = counts.length;
    for (var bin = 0; bin < bins; bin++)
      path += "V" + Math.round(100 - 100 * Math.sqrt(counts[rtl ? bins - 1 - bin : bin] / Math.max(most, 1))) + "H" + ((bin + 1) * 1000) / bins;
    return '<path class="' + name + '" d="' + path + 'V100Z"/>';
  }

  // The rows of groups: what is behind their marks, and their names, which are over them.
  function lanes(found) {
    var inside = groups.map(function () { return []; });
    found.forEach(function (number) { inside[lane(number)].push(number); });
    var many = found.length > FEW, most = 1;
    if (many) inside.forEach(function (numbers) { most = Math.max(most, Math.max.apply(null, counted(numbers))); });
    var names = "", drawing = groups.map(function (group, number) {
      var y = top + (number + 1) * LANE, drawn = many ? density(inside[number], y - 1.5, 1.5, most) : "";
      var behind = many || !group.name ? null : layout.room(inside[number].map(reach), textSize(group.name), width / rem);
      if (behind !== null) names += text(behind, y - 0.5, "start", group.name, 'class="group ' + group.classes + '" dx="' + (rtl ? -GAP : GAP) + 'rem"');
      return '<g class="' + group.classes + '">' + drawn + "</g>" + (number + 1 < groups.length ? line(0, y, 1, 'class="rule"') : "");
    });
    return [drawing.join(""), names];
  }

  // Where the mark of an event begins and ends: a dot is at the middle of its time.
  function reach(number) {
    var from = Math.max(share(lows[number]), 0), to = Math.min(share(highs[number]), 1);
    return to - from >= THIN ? [from, to] : [(from + to) / 2, (from + to) / 2];
  }

  function folds() {
    return folded.map(function (fold) {
      var ends = fold.map(share), middle = (ends[0] + ends[1]) / 2;
      if (middle < 0 || middle > 1) return "";
      return '<svg class="fold" x="' + x(middle) + '%" y="' + base + 'rem" width="1" height="1"><rect x="-.4rem" y="-.5rem" width=".8rem" height="1rem"/><path d="M-7 8L-1 -8M1 8L7 -8"/></svg>';
    }).join("");
  }

  function marks(numbers) {
    var titles = titlesOf(numbers), taken = {}, dots = {};
    var shapes = numbers.map(function (number) {
      var from = share(lows[number]), to = share(highs[number]), shape = { number: number, from: from, to: to, row: -1, lane: lane(number) };
      var left = Math.max(from, 0), right = Math.min(to, 1);
      if (right - left >= THIN && (all.marks[number] & SPAN || right - left < 0.6)) shape.row = barRow(taken, shape.lane, left, right);
      shape.at = Math.min(Math.max(shape.row < 0 ? (from + to) / 2 : (left + right) / 2, 0), 1);
      shape.from = left;
      shape.to = right;
      if (shape.row < 0) (dots[shape.lane] = dots[shape.lane] || []).push(shape);
      return shape;
    });
    Object.keys(dots).forEach(function (one) {
      var inside = dots[one].sort(function (one, other) { return one.at - other.at || one.number - other.number; });
      layout.stacked(inside.map(function (dot) { return dot.at; }), width / rem, DOT, groups.length ? 2 : LEVELS).forEach(function (level, number) {
        inside[number].level = level;
      });
    });
    var wide = width / rem >= WIDE;
    var short = shapes.map(function (shape) {
      var title = titles[shape.number][TITLE] || "";
      return wide ? [shortened(title), ""] : layout.broken(title, LINE, textSize);
    });
    var labels = shapes.map(function (shape, number) { return [shape.at, Math.max.apply(null, short[number].map(textSize)) || NEVER]; });
    var placed = layout.place(labels, wide ? rows.names : rows.lines, [width / rem], true);
    placed.forEach(function (spot) { shapes[spot.number].spot = spot; });
    if (wide) {
      var sizes = shapes.map(function (shape) {
        var size = textSize(titles[shape.number][TITLE] || "");
        return size <= WHOLE ? size : 0;
      });
      layout.extended(labels, sizes, placed, [width / rem]).forEach(function (label) {
        short[label[0]][0] = titles[shapes[label[0]].number][TITLE];
      });
    }
    return shapes.map(function (shape, number) {
      return mark(shape, titles[shape.number], short[number], wide ? 1.25 : 2.4);
    }).join("");
  }

  // What is shown of events; what is not there yet comes, and is drawn then.
  function titlesOf(numbers) {
    var found = {}, lacking = numbers.filter(function (number) {
      found[number] = view.there(function () { return view.row(number); });
      if (found[number]) return false;
      found[number] = [];
      return true;
    });
    var wish = lacking.join();
    if (wish && wish !== asked) view.whole(function () { lacking.forEach(view.row); }, draw);
    asked = wish;
    return found;
  }

  // The row of bars that has room for one more; -1 where none has.
  function barRow(taken, inside, left, right) {
    var most = groups.length ? 1 : rows.bars;
    for (var row = 0; row < most; row++) {
      var used = taken[inside + "/" + row] = taken[inside + "/" + row] || [];
      if (used.some(function (pair) { return left < pair[1] + 0.004 && pair[0] < right + 0.004; })) continue;
      used.push([left, right]);
      return row;
    }
    return -1;
  }

  function mark(shape, event, short, height) {
    var grouped = groups.length > 0, foot = grouped ? top + (shape.lane + 1) * LANE : base;
    var y = foot - (grouped ? 0.66 : 0.45) - (shape.level || 0) * DOT, bar = grouped ? foot - 0.36 : foot + 0.35 + shape.row * 0.5;
    var name = "", spot = shape.spot, weight = all.weight[shape.number];
    if (spot) {
      var row = top - spot.row * height, more = short[1] ? ' <tspan x="' + x(shape.at) + '%" dy="1.05rem">' + escape(short[1]) + "</tspan></text>" : "</text>";
      name = '<g class="name at-18">' + upright(shape.at, row - 0.9, foot - row + 0.9, 'class="stem"') +
        text(shape.at, row - (short[1] ? 2.25 : 1.2), spot.anchor, short[0]).replace("</text>", more) + "</g>";
    }
    var form = shape.row < 0
      ? '<g class="dot"><circle class="hit" cx="' + x(shape.at) + '%" cy="' + y + 'rem" r=".75rem"/><circle cx="' + x(shape.at) + '%" cy="' + y + 'rem" r="' + (weight > 4 ? 0.3 : weight > 3 ? 0.26 : 0.2) + 'rem"/></g>'
      : box(shape.from, shape.to, grouped ? foot - LANE : base, grouped ? LANE : 1.5, 'class="hit"') +
        box(shape.from, shape.to, bar, grouped ? 0.3 : 0.35, 'class="stretch" rx="2"' + (all.marks[shape.number] & SPAN ? "" : ' mask="url(#live-soft-both)"'));
    // An event whose row has not come yet has no address: its mark leads nowhere until it is drawn again.
    return '<a class="mark weight-' + weight + (grouped ? " " + groups[shape.lane].classes : "") + '"' + (event[ID] ? ' href="' + escape(view.href(shape.number, [event[ID]])) + '"' : "") +
      ' data-number="' + shape.number + '" data-id="' + escape(event[ID] || "") + '"' +
      (event[LANG] ? ' lang="' + escape(event[LANG]) + '"' : "") + ' aria-label="' + escape(event[TITLE] || "") + '">' + name + form + "</a>";
  }

  // ------------------------------------------------------------ ticks

  // Years, months or days: the finest that leave room for their names.
  function ticks() {
    var data = view.data(), range = days(), first = view.civil(Math.floor(range[0]))[0], last = view.civil(Math.floor(range[1]))[0];
    var daily = (scale.even * width) / rem / (seen[1] - seen[0]);
    var size = Math.max(textSize(yearText(first, data)), textSize(yearText(last, data))) + GAP;
    var month = Math.max.apply(null, data.months.map(textSize)) + GAP, starts = [];
    var step = [1, 2, 7, 14].filter(function (one) { return one * daily >= month + textSize("28 "); })[0];
    if (step) starts = dayStarts(step, range);
    else if ((step = [1, 2, 3, 6].filter(function (one) { return one * 30.436875 * daily >= Math.max(month, size); })[0])) starts = monthStarts(step, range);
    else starts = layout.years(first, last, layout.round(size / daily / 365.2425)).map(function (year) {
      return [view.dayNumber(year, 1, 1), yearText(year, data)];
    });
    starts = islands(range).reduce(function (found, island) {
      var inside = starts.filter(function (one) { return one[0] >= island[0] && one[0] <= island[1]; });
      return found.concat(inside.length ? inside : onlyTick(island, data));
    }, []);
    // Years are ahead of months. What is at an end is moved into the axis: it is not to push another aside.
    function rank(one) {
      var at = (share(one[0]) * width) / rem, half = textSize(one[1]) / 2;
      return (one[3] ? -4 : 0) + (one[2] ? 2 : 0) + (at < half || at > width / rem - half ? 1 : 0);
    }
    starts.sort(function (one, other) { return rank(one) - rank(other) || one[0] - other[0]; });
    var labels = starts.map(function (one) { return [share(one[0]), textSize(one[1])]; });
    return layout.place(labels, 1, [width / rem], false).map(function (spot) {
      var at = labels[spot.number][0];
      return '<g class="tick">' + upright(at, floor, 0.5, "") + text(at, floor + 1.35, spot.anchor, starts[spot.number][1]) + "</g>";
    }).join("");
  }

  // The stretches of time between the folds, as far as they are seen.
  function islands(range) {
    var edges = [full[0]];
    folded.forEach(function (fold) { edges.push(fold[0], fold[1]); });
    edges.push(full[1] - 1);
    var found = [];
    for (var i = 0; i < edges.length; i += 2) {
      var lo = Math.max(edges[i], range[0]), hi = Math.min(edges[i + 1], range[1]);
      if (lo <= hi) found.push([lo, hi]);
    }
    return found;
  }

  // The one tick of a stretch in which no step begins: its roundest year, and ahead of all others.
  function onlyTick(island, data) {
    var first = view.civil(Math.floor(island[0]))[0], last = view.civil(Math.floor(island[1]))[0];
    for (var size = layout.round(last - first + 1); size >= 1; size = layout.below(size)) {
      var days = layout.years(first, last, size).map(function (year) { return view.dayNumber(year, 1, 1); });
      days = days.filter(function (day) { return day >= island[0] && day <= island[1]; });
      if (days.length) return [[days[0], yearText(view.civil(days[0])[0], data), 0, true]];
    }
    var middle = Math.round((island[0] + island[1]) / 2);
    return [[middle, yearText(view.civil(middle)[0], data), 0, true]];
  }

  function monthStarts(step, range) {
    var data = view.data(), start = view.civil(Math.floor(range[0])), found = [];
    for (var number = start[0] * 12 + Math.floor((start[1] - 1) / step) * step; ; number += step) {
      var year = Math.floor(number / 12), month = number - year * 12, day = view.dayNumber(year, month + 1, 1);
      if (day > range[1]) return found;
      found.push([day, month ? data.months[month] : yearText(year, data), month]);
    }
  }

  function dayStarts(step, range) {
    var found = [];
    for (var day = Math.ceil(range[0] / step) * step; day <= range[1]; day += step) found.push([day, dayText(day)]);
    return found;
  }

  function dayText(day) {
    var date = view.civil(day);
    return view.digits(date[2]) + " " + view.data().months[date[1] - 1];
  }

  function yearText(year, data) {
    var number = view.digits(year > 0 ? year : 1 - year);
    var pattern = year <= 0 ? data.before : year < 1000 || year > 9999 ? data.after : "";
    return pattern ? pattern.replace("{y}", number) : number;
  }

  function choice() {
    return chosen ? '<rect class="chosen" x="' + Math.min(chosen[0], chosen[1]) + '" width="' + Math.abs(chosen[1] - chosen[0]) + '" height="' + base + 'rem"/>' : "";
  }

  // ------------------------------------------------------------ what is said, and what can be done

  function tell() {
    if (isFull()) {
      if (said.innerHTML !== whole) said.innerHTML = whole;
      return;
    }
    var data = view.data(), range = days(), ends = [Math.round(range[0]), Math.max(Math.round(range[1]) - 1, Math.round(range[0]))];
    var long = range[1] - range[0], said_ = ends.map(function (day) {
      var date = view.civil(day), year = yearText(date[0], data);
      return long > 1100 ? year : long > 92 ? data.months[date[1] - 1] + " " + year : dayText(day) + " " + year;
    });
    var one = document.createElement("bdi"), other = document.createElement("bdi");
    one.textContent = said_[0];
    other.textContent = said_[1];
    if (said.textContent !== said_[0] + " – " + said_[1]) said.replaceChildren(one, " – ", other);
  }

  function enable() {
    var out = { earlier: seen[0] <= 0, later: seen[1] >= 1, in: seen[1] - seen[0] <= least, out: isFull(), all: isFull() && !view.range() };
    tools.querySelectorAll("button").forEach(function (button) {
      var off = Boolean(out[button.dataset.do]);
      if (off && document.activeElement === button) stage.focus({ preventScroll: true });
      button.disabled = off;
    });
  }

  // ------------------------------------------------------------ the card of a mark

  function show(link) {
    if (shownFor === link && !card.hidden) return;
    shownFor = link;
    var id = link.dataset.id || link.getAttribute("href").split("#e-")[1] || link.getAttribute("href").replace(/index\.html$/, "").split("/").filter(Boolean).pop();
    var event = view.data() && view.there(function () { return rowOf(link, id); });
    var title = link.querySelector("title"), image = document.querySelector('[id="e-' + CSS.escape(id) + '"] img');
    card.replaceChildren();
    if (image) {
      var small = document.createElement("img");
      small.src = image.currentSrc || image.src;
      small.alt = "";
      card.appendChild(small);
    }
    if (event) card.appendChild(make("p", "when", event[DATE]));
    var line = make("p", "title", ""), to = make("a", "", event ? event[TITLE] : title ? title.textContent : link.getAttribute("aria-label") || "");
    to.href = link.getAttribute("href");
    to.dir = "auto";
    to.tabIndex = -1;
    line.appendChild(to);
    card.appendChild(line);
    card.hidden = false;
    var shape = shapeOf(link);
    var around = stage.getBoundingClientRect(), middle = shape.left + shape.width / 2 - around.left;
    var left = Math.min(Math.max(middle - card.offsetWidth / 2, 0), Math.max(around.width - card.offsetWidth, 0));
    card.style.left = left + "px";
    card.style.top = shape.bottom - around.top + 10 + "px";
    if (title) title.remove(), link.setAttribute("aria-label", title.textContent);
    // The first finger comes before the dates.
    if (!event) view.whole(function () { return rowOf(link, id); }, function (row) {
      if (!row || shownFor !== link || card.hidden) return;
      shownFor = null;
      show(link);
    });
  }

  // What is shown of the event of a mark, which in the picture of the page has no number.
  function rowOf(link, id) {
    var number = link.dataset.number ? +link.dataset.number : view.placeOf(id);
    return number >= 0 ? view.row(number) : null;
  }

  function make(name, className, words) {
    var element = document.createElement(name);
    element.className = className;
    element.textContent = words;
    return element;
  }

  function markOf(event) {
    return event.target.closest && event.target.closest("a.mark[href]");
  }

  function shapeOf(link) {
    return (link.querySelector(".dot circle:last-child") || link.querySelector(".stretch")).getBoundingClientRect();
  }

  // The mark that a hand means: the nearest within reach, since marks may lie close to one another.
  function nearest(event) {
    var best = null, reach = event.pointerType === "touch" ? 22 : 12;
    stage.querySelectorAll(".axis-picture:not(.away) a.mark[href]").forEach(function (link) {
      var shape = shapeOf(link);
      var away = Math.hypot(
        Math.max(shape.left - event.clientX, 0, event.clientX - shape.right),
        Math.max(shape.top - event.clientY, 0, event.clientY - shape.bottom)
      );
      if (away < reach) {
        best = link;
        reach = away;
      }
    });
    return best || markOf(event);
  }

  function point(event) {
    if (event.pointerType === "touch" || pointers.size || card.contains(event.target)) return;
    var link = nearest(event);
    if (link) show(link);
    else card.hidden = true;
    stage.classList.toggle("on-event", Boolean(link));
  }

  stage.addEventListener("pointerleave", function (event) {
    if (event.pointerType !== "touch") card.hidden = true;
  });
  stage.addEventListener("focusin", function (event) {
    if (markOf(event)) show(markOf(event));
  });
  stage.addEventListener("focusout", function () {
    card.hidden = true;
  });

  // A click leads to the event; a finger sees first what it is, and goes there from the card.
  stage.addEventListener("click", function (event) {
    if (card.contains(event.target)) return;
    if (moved) return event.preventDefault();
    var link = event.detail ? nearest(event) : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (event.pointerType === "touch") show(link);
    else location.href = link.href.baseVal;
  });
  stage.addEventListener("dragstart", function (event) {
    event.preventDefault();
  });

  // ------------------------------------------------------------ hands

  function at(event) {
    return event.clientX - stage.getBoundingClientRect().left;
  }

  // The wheel belongs to the page; with Ctrl, as two fingers on a touchpad send it, it zooms.
  stage.addEventListener("wheel", function (event) {
    var sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (!event.ctrlKey && !event.metaKey && (!sideways || isFull())) return;
    event.preventDefault();
    width = stage.clientWidth;
    if (sideways && !event.ctrlKey) pan(((rtl ? -1 : 1) * event.deltaX) / width);
    else zoom(Math.exp(Math.max(Math.min(event.deltaY, 120), -120) / 400), wayAt(at(event)));
  }, { passive: false });

  stage.addEventListener("pointerdown", function (event) {
    moved = false;
    if (event.button || card.contains(event.target)) return;
    width = stage.clientWidth;
    pointers.set(event.pointerId, at(event));
    drag = { x: at(event), seen: seen.slice(), selecting: event.shiftKey || isFull() };
    if (pointers.size === 2) {
      var places = Array.from(pointers.values());
      pinch = Math.abs(places[0] - places[1]);
      drag.ways = places.map(wayAt);
      chosen = null;
    }
  });

  stage.addEventListener("pointermove", function (event) {
    if (!pointers.has(event.pointerId)) return point(event);
    pointers.set(event.pointerId, at(event));
    if (pointers.size === 2 && pinch) return pinched();
    var way = at(event) - drag.x;
    if (!moved && Math.abs(way) < 4) return;
    if (!moved) stage.setPointerCapture(event.pointerId);
    moved = true;
    card.hidden = true;
    if (drag.selecting) {
      chosen = [drag.x, at(event)];
      return draw();
    }
    var share = (((rtl ? 1 : -1) * way) / width) * (drag.seen[1] - drag.seen[0]);
    share = Math.min(Math.max(share, -drag.seen[0]), 1 - drag.seen[1]);
    move(drag.seen[0] + share, drag.seen[1] + share);
  });

  function pinched() {
    var places = Array.from(pointers.values());
    var now = Math.max(Math.abs(places[0] - places[1]), 8);
    moved = true;
    var size = ((drag.seen[1] - drag.seen[0]) * pinch) / now;
    var middle = (drag.ways[0] + drag.ways[1]) / 2, way = (places[0] + places[1]) / 2 / width;
    var before = (rtl ? 1 - way : way) * size;
    move(middle - before, middle - before + size);
  }

  function released(event) {
    if (!pointers.delete(event.pointerId) || pointers.size) return;
    pinch = 0;
    drag = null;
    if (!chosen) return;
    var ways = chosen.map(wayAt).sort(function (one, other) { return one - other; });
    chosen = null;
    if (event.type === "pointerup") return move(ways[0], ways[1]);
    draw();
  }
  stage.addEventListener("pointerup", released);
  stage.addEventListener("pointercancel", released);

  stage.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    var steps = { ArrowLeft: rtl ? 0.2 : -0.2, ArrowRight: rtl ? -0.2 : 0.2 };
    if (event.key === "Escape" && !card.hidden) card.hidden = true;
    else if (steps[event.key]) pan(steps[event.key]);
    else if (event.key === "+" || event.key === "=") zoom(0.7);
    else if (event.key === "-" || event.key === "_") zoom(1 / 0.7);
    else if (event.key === "Home" || event.key === "0") move(0, 1);
    else return;
    event.preventDefault();
  });

  tools.addEventListener("click", function (event) {
    var what = event.target.getAttribute("data-do");
    if (what === "in") zoom(0.5);
    if (what === "out") zoom(2);
    if (what === "earlier") pan(-0.5);
    if (what === "later") pan(0.5);
    if (what === "all") move(0, 1);
  });

  // An era moves the axis to its time, and the list follows.
  document.querySelectorAll("[data-era]").forEach(function (link) {
    link.addEventListener("click", function (event) {
      event.preventDefault();
      view.load(function () {
        var era = view.data().eras.filter(function (one) { return one[0] === link.dataset.era; })[0];
        if (!era) return;
        var on = link.getAttribute("aria-current");
        if (on) return move(0, 1);
        move(scale.along(era[3] === null ? full[0] : era[3]), scale.along(era[4] === null ? full[1] : era[4] + 1));
        link.setAttribute("aria-current", "true");
      });
    });
  });

  // A reader who comes near is about to move it.
  function ready() {
    view.whole(function () {
      if (!order) prepare();
    }, function () {});
  }

  stage.addEventListener("pointerenter", ready);
  stage.addEventListener("focusin", ready);

  // ------------------------------------------------------------ what changes elsewhere

  view.drawn = function () {
    var range = view.range();
    if (!pointers.size) {
      var lo = range ? Math.max(range[0], full[0]) : full[0], hi = range ? Math.min(range[1] + 1, full[1]) : full[1];
      if (hi - lo >= 1) seen = [scale.along(lo), Math.max(scale.along(hi), scale.along(lo) + least)];
    }
    if (isFull())
      document.querySelectorAll("[data-era][aria-current]").forEach(function (link) { link.removeAttribute("aria-current"); });
    // The figures of all events are many: a search does not wait for them, and of very many events goes without.
    clearTimeout(calm);
    if (order || !isFull()) draw();
    else if (view.data().totals[0] <= MANY) calm = setTimeout(draw, CALM);
  };

  enable();
  new ResizeObserver(function () {
    if (picture.classList.contains("away")) draw();
  }).observe(stage);
})();
