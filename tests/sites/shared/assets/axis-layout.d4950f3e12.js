// Where things are on an axis: what docs/axis.md says, as timeline_gen/pages/parts works it out for the picture.
// A shared table, tests/data/axis_layout.json, holds the two equal. Lengths are in rem, places are shares of the
// width from the side on which time begins.
window.axisLayout = (function () {
  "use strict";
  var FOLD = 0.05, GAP = 0.6, SHORTEST = 8, ROUND = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500];

  // Days as shares of the way from lo to hi: evenly, but for the folds.
  function scale(lo, hi, folds) {
    var folded = folds.reduce(function (sum, fold) { return sum + fold[1] - fold[0]; }, 0);
    var even = (1 - FOLD * folds.length) / Math.max(hi + 1 - lo - folded, 1);
    var knots = [[lo, 0]];
    folds.forEach(function (fold) {
      var last = knots[knots.length - 1], way = last[1] + (fold[0] - last[0]) * even;
      knots.push([fold[0], way], [fold[1], way + FOLD]);
    });
    knots.push([hi + 1, 1]);

    function between(value, from, to) {
      var at = 0;
      while (at < knots.length - 2 && knots[at + 1][from] <= value) at++;
      var first = knots[at], last = knots[at + 1];
      var share = (value - first[from]) / (last[from] - first[from]);
      return first[to] + (last[to] - first[to]) * Math.min(Math.max(share, 0), 1);
    }

    return {
      even: even,
      along: function (day) { return between(day, 0, 1); },
      dayAt: function (way) { return between(way, 1, 0); },
    };
  }

  // Labels, most important first, in rows; rank says how many of them may be placed at each width.
  function place(labels, rows, widths, stems, ranks) {
    var placed = [], taken = {};
    widths.forEach(function (width, step) {
      var most = ranks ? ranks[step] : labels.length;
      for (var number = 0; number < Math.min(labels.length, most); number++) {
        var spot = taken[number] ? null : free(number, labels, placed, rows, width, stems);
        if (!spot) continue;
        taken[number] = true;
        placed.push(spot);
      }
    });
    return placed;
  }

  function free(number, labels, placed, rows, width, stems) {
    for (var row = rows - 1; row >= 0; row--) {
      var inside = ["middle", "start", "end"]
        .map(function (anchor) { return { number: number, row: row, anchor: anchor, width: width }; })
        .filter(function (spot) {
          var edge = edges(spot, labels, width);
          return edge[0] >= 0 && edge[1] <= width;
        });
      if (!stems) inside = inside.slice(0, 1);
      for (var i = 0; i < inside.length; i++)
        if (placed.every(function (other) { return apart(inside[i], other, labels, width, stems); })) return inside[i];
    }
    return null;
  }

  function edges(spot, labels, width) {
    var at = labels[spot.number][0] * width, size = labels[spot.number][1];
    var left = at - { middle: size / 2, start: 0, end: size }[spot.anchor];
    return [left, left + size];
  }

  function apart(one, other, labels, width, stems) {
    var swap = labels[other.number][0] < labels[one.number][0], first = swap ? other : one, second = swap ? one : other;
    if (first.row === second.row) return edges(first, labels, width)[1] + GAP <= edges(second, labels, width)[0];
    if (!stems) return true;
    if (first.row < second.row) return edges(first, labels, width)[1] + GAP / 2 <= labels[second.number][0] * width;
    return labels[first.number][0] * width + GAP / 2 <= edges(second, labels, width)[0];
  }

  // The labels that have room for greater sizes, too, where they are placed, each with the first width at which it has.
  function extended(labels, sizes, placed, widths) {
    var now = labels.slice(), found = [], spots = placed.slice().sort(function (one, other) { return one.number - other.number; });
    widths.forEach(function (width) {
      spots.forEach(function (spot) {
        var number = spot.number, edge;
        if (now[number] !== labels[number] || spot.width > width || sizes[number] <= labels[number][1]) return;
        now[number] = [labels[number][0], sizes[number]];
        edge = edges(spot, now, width);
        if (edge[0] >= 0 && edge[1] <= width && spots.every(function (other) {
          return other === spot || apart(spot, other, now, Math.max(width, other.width), true);
        })) found.push([number, width]);
        else now[number] = labels[number];
      });
    });
    return found;
  }

  // A name in two lines of at most `most` each: cut nowhere and as even as may be, else filled and cut behind a word;
  // empty where that leaves too little.
  function broken(text, most, size) {
    var words = text.split(" ").filter(Boolean), best = null, least = Infinity;
    words.forEach(function (_, at) {
      var lines = [words.slice(0, at + 1).join(" "), words.slice(at + 1).join(" ")];
      var longest = Math.max(size(lines[0]), size(lines[1]));
      if (longest <= most && longest < least) {
        least = longest;
        best = lines;
      }
    });
    if (best) return best;
    var first = filled(words, most, size, ""), rest = words.slice(first);
    var second = rest.slice(0, filled(rest, most, size, "…")).join(" ");
    first = words.slice(0, first).join(" ");
    if ((first + second).length < SHORTEST) return ["", ""];
    return second ? [first, second + "…"] : [first + "…", ""];
  }

  function filled(words, most, size, end) {
    var fits = 0;
    words.forEach(function (_, at) {
      if (size(words.slice(0, at + 1).join(" ") + end) <= most) fits = at + 1;
    });
    return fits;
  }

  // Behind which mark of a row a text has room; null where it has none.
  function room(marks, size, width) {
    var last = 0, ends = marks.slice().sort(function (one, other) { return one[0] - other[0]; }).concat([[1, 1]]);
    for (var i = 0; i < ends.length; i++) {
      if ((ends[i][0] - last) * width >= size + 2 * GAP) return last;
      last = Math.max(last, ends[i][1]);
    }
    return null;
  }

  // How high each dot lies: on the lowest level on which it touches no other.
  function stacked(places, width, size, most) {
    var ends = [];
    return places.map(function (share) {
      var at = share * width, level = 0;
      while (level < ends.length && at - ends[level] < size - 1e-9) level++;
      level = Math.min(level, most - 1);
      ends[level] = at;
      return level;
    });
  }

  // The first of the round numbers 1, 2, 5, 10 and so on that is no less than what is needed.
  function round(least) {
    for (var power = 1; ; power *= 1000)
      for (var i = 0; i < ROUND.length; i++) if (ROUND[i] * power >= least) return ROUND[i] * power;
  }

  // The next smaller round number; 0 below 1.
  function below(size) {
    for (var power = 1, last = 0; ; power *= 1000)
      for (var i = 0; i < ROUND.length; i++) {
        if (ROUND[i] * power >= size) return last;
        last = ROUND[i] * power;
      }
  }

  // Round years from first to last, those before our era as readers count them: year 0 is 1 BCE.
  function years(first, last, step) {
    var found = [];
    for (var number = Math.floor((1 - first) / step); number > 0; number--) found.push(1 - step * number);
    if (first <= 1) found.push(1);
    for (var year = Math.max(Math.ceil(first / step), 1) * step; year <= last; year += step)
      if (year > 1 || first > 1) found.push(year);
    return found.filter(function (one) { return one >= first && one <= last; });
  }

  return { scale: scale, place: place, extended: extended, broken: broken, room: room, stacked: stacked, round: round, below: below, years: years };
})();
