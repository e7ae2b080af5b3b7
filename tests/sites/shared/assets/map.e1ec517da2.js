// The map answers the search: a dot is as large as the number of its events that are found, and the list has
// the same numbers. A place in the list and its dot are marked together.
(function () {
  "use strict";
  var view = window.timelineView, list = document.querySelector(".map-list");
  if (!list) return;
  var LARGEST = 0.95, SMALLEST = 0.3;
  var most = +list.getAttribute("data-most");
  var places = Array.prototype.map.call(list.children, function (item) {
    var key = item.getAttribute("data-place");
    return { key: key, item: item, dots: document.querySelectorAll('.map-picture [data-place="' + CSS.escape(key) + '"]') };
  });

  function counts(columns) {
    var hits = view.hits(), found = {};
    for (var i = 0; i < columns.lo.length; i++)
      for (var at = columns.starts[i]; (!hits || hits[i]) && at < columns.starts[i + 1]; at++) {
        var key = columns.groups[columns.named[at]] + "/" + columns.ids[columns.named[at]];
        found[key] = (found[key] || 0) + 1;
      }
    return found;
  }

  function draw() {
    view.whole(view.columns, function (columns) {
      var found = counts(columns);
      places.forEach(function (place) {
        var count = found[place.key] || 0;
        place.item.hidden = !count;
        place.item.querySelector(".count").textContent = view.digits(count);
        var radius = Math.round(100 * Math.max(SMALLEST, LARGEST * Math.sqrt(count / most))) / 100;
        place.dots.forEach(function (dot) {
          dot.classList.toggle("none", !count);
          dot.querySelector("circle").setAttribute("r", radius + "rem");
        });
      });
    });
  }

  places.forEach(function (place) {
    var all = [place.item].concat(Array.prototype.slice.call(place.dots));
    all.forEach(function (element) {
      ["pointerenter", "focusin", "pointerleave", "focusout"].forEach(function (name, step) {
        element.addEventListener(name, function () {
          all.forEach(function (one) {
            one.classList.toggle("here", step < 2);
          });
        });
      });
    });
  });

  if (view) view.drawn = draw;
})();
